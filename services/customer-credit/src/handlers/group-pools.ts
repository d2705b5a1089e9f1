import type { Sql } from '@ordergate/database';
import type { Cause } from '@ordergate/messaging';
import { chainOf, moveShare, poolFacts, type CreditGroup, type ShareOf } from '../domain/account/credit-group.ts';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { totalOf, type Exposure } from '../domain/account/exposure.ts';
import type { PoolFacts } from '../domain/gate/rule.ts';
import { saveGroupFigures } from '../store/credit-group.store.ts';
import { savePoolShares } from '../store/credit-account.store.ts';

/**
 * The pools that a chunk's accounts belong to: loaded and locked once, moved in memory with each account, saved with it.
 * An account that has changed its group takes its share along. Costs a chunk without groups nothing.
 */
export class GroupPools {
  private readonly groups: ReadonlyMap<string, CreditGroup>;
  private readonly shareOf: ShareOf;
  private readonly moved = new Set<CreditAccount>();
  private readonly changed = new Set<CreditGroup>();
  private readonly before = new Map<CreditGroup, bigint>();
  private readonly freedBy = new Map<CreditGroup, Cause>();

  constructor(groups: ReadonlyMap<string, CreditGroup>, shareOf: ShareOf) {
    this.groups = groups;
    this.shareOf = shareOf;
  }

  /** From the account's own group upwards. */
  chain({ creditGroupId }: CreditAccount): CreditGroup[] {
    return this.groups.size === 0 ? [] : chainOf(this.groups, creditGroupId);
  }

  /** What the account's pools say before an order that would add this much. */
  facts(account: CreditAccount, before: Exposure, adds: bigint): PoolFacts[] {
    const chain = this.chain(account);
    if (chain.length === 0 || account.currency === null) return [];
    const exposure = totalOf(before);
    const member = { currency: account.currency, share: account.poolShare, before: exposure, after: exposure + adds };
    return poolFacts(chain, member, this.shareOf);
  }

  /** Counts the account in its pools with what it owes now, and in those that it has left no more. */
  settle(account: CreditAccount, cause: Cause): void {
    if (this.groups.size === 0 || account.currency === null) return;
    const [group] = this.chain(account);
    if (account.poolId !== null && account.poolId !== group?.groupId) {
      this.move(account, chainOf(this.groups, account.poolId), 0n, cause);
      account.poolId = null;
    }
    if (!group) return;
    const share = this.shareOf(totalOf(account.exposure), account.currency, group.currency) ?? account.poolShare;
    if (account.poolId === group.groupId && share === account.poolShare) return;
    account.poolId = group.groupId;
    this.move(account, this.chain(account), share, cause);
  }

  private move(account: CreditAccount, chain: readonly CreditGroup[], share: bigint, cause: Cause): void {
    const exposures = chain.map(({ exposure }) => exposure);
    moveShare(chain, account.poolShare, share, this.shareOf);
    account.poolShare = share;
    this.moved.add(account);
    for (const [at, group] of chain.entries()) {
      this.changed.add(group);
      if (!this.before.has(group)) this.before.set(group, exposures[at]!);
      if (group.exposure < exposures[at]!) this.freedBy.set(group, cause);
    }
  }

  /** The groups that owe less than before, with what did it: there may be room for others. */
  freed(): ReadonlyMap<string, Cause> {
    const freed = [...this.freedBy].filter(([group]) => group.exposure < this.before.get(group)!);
    return new Map(freed.map(([{ groupId }, cause]) => [groupId, cause]));
  }

  async save(sql: Sql): Promise<void> {
    await Promise.all([savePoolShares(sql, [...this.moved]), saveGroupFigures(sql, [...this.changed])]);
  }
}
