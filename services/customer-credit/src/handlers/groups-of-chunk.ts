import type { Cause, Chunk, Delivery } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { readGroupsOfCustomers } from '../store/credit-group.store.ts';

const known = new WeakMap<Chunk, Promise<readonly string[]>>();

/**
 * The credit groups of all customers that a transaction is about, whichever of its handlers gets to them. All are locked
 * with the first handler that loads accounts: one that locked only its own would wait for another lane that waits for it.
 */
export async function groupsOfChunk(
  chunk: Chunk,
  inHand: ReadonlyMap<string, CreditAccount>,
): Promise<readonly string[]> {
  let ofAll = known.get(chunk);
  if (!ofAll) known.set(chunk, (ofAll = groupsOfAll(chunk, inHand)));
  return [...new Set([...(await ofAll), ...groupsOf(inHand)])];
}

async function groupsOfAll(chunk: Chunk, inHand: ReadonlyMap<string, CreditAccount>): Promise<readonly string[]> {
  const customers = new Set(chunk.about.map(({ customerId }) => customerId));
  const others = [...customers].filter((customerId) => !inHand.has(customerId));
  return [
    ...groupsOf(inHand),
    ...chunk.about.flatMap(groupNamedBy),
    ...(others.length > 0 ? await readGroupsOfCustomers(chunk.sql, others) : []),
  ];
}

function groupsOf(accounts: ReadonlyMap<string, CreditAccount>): string[] {
  const groups: string[] = [];
  for (const { creditGroupId, poolId } of accounts.values()) {
    if (creditGroupId !== null) groups.push(creditGroupId);
    if (poolId !== null && poolId !== creditGroupId) groups.push(poolId);
  }
  return groups;
}

/** A customer's record may move it into another group. */
function groupNamedBy(one: Cause): string[] {
  const { type, message } = one as Partial<Delivery<{ creditGroupId?: string }>>;
  const groupId = type?.startsWith('Customer') ? message?.creditGroupId : undefined;
  return groupId === undefined ? [] : [groupId];
}
