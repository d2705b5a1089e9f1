import { customersHeldForGroups } from '../store/credit-group.store.ts';
import type { AccountWork } from './account-work.ts';
import { reevaluationOf } from './reevaluate-holds.ts';

/**
 * What a chunk frees in a credit group may be room for its other members: each that has an order held for the group is
 * asked in a transaction of its own, since a transaction of one account touches no other's row (SEMANTICS.md 5).
 */
export async function tellGroupMembers(work: AccountWork): Promise<void> {
  const freed = work.pools.freed();
  if (freed.size === 0) return;
  const committed = await customersHeldForGroups(work.chunk.sql, [...freed.keys()]);
  const inHand = work.holds
    .open()
    .filter(({ reasons }) => reasons.some(({ code }) => code === 'group-limit-exceeded'))
    .map(({ customerId }) => customerId);
  const causes = [...freed.values()];
  const byOne = new Set(causes.map(({ customerId }) => customerId)).size === 1 ? causes[0]!.customerId : null;
  for (const customerId of new Set([...committed, ...inHand])) {
    // Its own orders were asked where it freed the credit.
    if (customerId === byOne) continue;
    work.outgoing.push(
      reevaluationOf(customerId, `credit has come free in ${[...freed.keys()].join(', ')}`, causes[0]!),
    );
  }
}
