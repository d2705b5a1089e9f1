import type { PoolFacts } from '../gate/rule.ts';
import type { CreditLimit, LimitRaised } from './credit-account.ts';

/** Customers, and groups under it, whose exposure is also checked as one pool. Minor units of the group's own currency. */
export interface CreditGroup {
  groupId: string;
  parentId: string | null;
  /** 0 at the top. */
  depth: number;
  currency: string;
  limit: CreditLimit;
  exposure: bigint;
  /** What it counts for in the group above it, in that one's currency. */
  shareInParent: bigint;
  limitRaised?: LimitRaised | undefined;
}

/** A member's part of a pool: what an account, or a group, counts for in the group above it. */
export type ShareOf = (minor: bigint, from: string, to: string) => bigint | null;

/** A group and every group above it, from the nearest up. */
export function chainOf(groups: ReadonlyMap<string, CreditGroup>, groupId: string | null): CreditGroup[] {
  const chain: CreditGroup[] = [];
  for (let group = groupId === null ? undefined : groups.get(groupId); group && !chain.includes(group);) {
    chain.push(group);
    group = group.parentId === null ? undefined : groups.get(group.parentId);
  }
  return chain;
}

/**
 * Moves a member's share from what it was to what it is, in its group and in every group above it. Where there is no rate
 * to the group above, that one keeps what it had.
 */
export function moveShare(chain: readonly CreditGroup[], before: bigint, after: bigint, shareOf: ShareOf): void {
  let moved = after - before;
  for (const [at, group] of chain.entries()) {
    group.exposure += moved;
    const parent = chain[at + 1];
    if (!parent) return;
    const share = shareOf(group.exposure, group.currency, parent.currency) ?? group.shareInParent;
    moved = share - group.shareInParent;
    group.shareInParent = share;
  }
}

interface Member {
  currency: string;
  /** What the pool counts for it now. */
  share: bigint;
  /** Its exposure before the order, and with it, in its own currency. */
  before: bigint;
  after: bigint;
}

/** Each pool of the chain as it stands before an order, and what the order would add to it. */
export function poolFacts(
  chain: readonly CreditGroup[],
  { currency, share, before, after }: Member,
  shareOf: ShareOf,
): PoolFacts[] {
  let [from, counted, then, now]: [string, bigint, bigint | null, bigint | null] = [currency, share, before, after];
  return chain.map((group) => {
    const [shareThen, shareNow] = [then, now].map((minor) =>
      minor === null ? null : shareOf(minor, from, group.currency),
    );
    const others = group.exposure - counted;
    const exposure = others + (shareThen ?? counted);
    const adds = shareThen == null || shareNow == null ? null : shareNow - shareThen;
    [from, counted] = [group.currency, group.shareInParent];
    [then, now] = [exposure, adds === null ? null : exposure + adds];
    return { id: group.groupId, currency: group.currency, limit: group.limit, validUntil: null, exposure, adds };
  });
}

/** Depths, exposures and shares of all groups anew, from what their own accounts count for. */
export function rebuildPools(
  groups: ReadonlyMap<string, CreditGroup>,
  ofAccounts: ReadonlyMap<string, bigint>,
  shareOf: ShareOf,
): void {
  for (const group of groups.values()) {
    group.depth = chainOf(groups, group.groupId).length - 1;
    group.exposure = ofAccounts.get(group.groupId) ?? 0n;
  }
  for (const group of [...groups.values()].sort((a, b) => b.depth - a.depth)) {
    const parent = group.parentId === null ? undefined : groups.get(group.parentId);
    group.shareInParent = parent
      ? (shareOf(group.exposure, group.currency, parent.currency) ?? group.shareInParent)
      : 0n;
    if (parent) parent.exposure += group.shareInParent;
  }
}
