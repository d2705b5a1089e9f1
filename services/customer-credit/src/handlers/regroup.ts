import type { LimitV1 } from '@ordergate/contracts';
import type { Sql } from '@ordergate/database';
import { holdLanes } from '@ordergate/messaging';
import { convert, parseMoney } from '@ordergate/money';
import { chainOf, rebuildPools, type CreditGroup, type ShareOf } from '../domain/account/credit-group.ts';
import { isGroupRaised, raisedBy } from '../domain/account/limit-raised.ts';
import { loadExchangeRates } from '../store/exchange-rate.store.ts';
import { savePoolShares } from '../store/credit-account.store.ts';
import { readAllGroups, readMembers, saveGroupChange, saveGroups, sumOfShares } from '../store/credit-group.store.ts';

interface Wanted {
  groupId: string;
  currency: string;
  limit: LimitV1;
  parentId?: string;
  reason: string;
  /** User id. */
  changedBy: string;
  businessDay: string;
  at: Date;
}

export type Regrouped =
  { outcome: 'changed'; group: CreditGroup } | { outcome: 'refused'; field: string; problem: string };

/**
 * Makes or changes a credit group. For a moment no lane has a chunk open, so that what its accounts owe is known exactly
 * and no chunk works on a pool that is being rebuilt; groups change rarely.
 */
export async function regroup(sql: Sql, wanted: Wanted): Promise<Regrouped> {
  const { groupId, currency, limit, parentId = null, businessDay } = wanted;
  if (limit.amount && limit.amount.currency !== currency)
    return refused('limit.amount.currency', `must be the group's ${currency}, not ${limit.amount.currency}`);
  await holdLanes(sql, 'customer-credit');
  const groups = await readAllGroups(sql);
  if (parentId !== null && !groups.has(parentId))
    return refused('parentId', `must be a credit group; there is no ${parentId}`);
  if (chainOf(groups, parentId).some((above) => above.groupId === groupId) || parentId === groupId)
    return refused('parentId', `must not be ${groupId} or a group below it`);
  const group: CreditGroup = {
    ...{ groupId, parentId, currency, depth: 0, exposure: 0n, shareInParent: 0n },
    limit: limit.kind === 'amount' ? { kind: 'amount', minor: parseMoney(limit.amount!).minor } : { kind: limit.kind },
  };
  const before = groups.get(groupId);
  if (before)
    group.limitRaised = isGroupRaised(before, group)
      ? raisedBy(before.limitRaised, businessDay, wanted.changedBy)
      : before.limitRaised;
  groups.set(groupId, group);
  const rates = await loadExchangeRates(sql, businessDay);
  const members = await readMembers(sql, groupId);
  const shareOf: ShareOf = (minor, from, to) => {
    const rate = rates.rate(from, to);
    return rate === null ? null : convert(minor, from, to, rate);
  };
  const foreign = [...members, ...[...groups.values()].filter((below) => below.parentId === groupId)].find(
    (member) => shareOf(0n, member.currency, currency) === null,
  );
  if (foreign) return noRate(foreign.currency, currency);
  if (parentId !== null && shareOf(0n, currency, groups.get(parentId)!.currency) === null)
    return noRate(currency, groups.get(parentId)!.currency);
  await savePoolShares(
    sql,
    members.map(({ customerId, currency: from, exposure }) => ({
      customerId,
      poolId: groupId,
      poolShare: shareOf(exposure, from, currency)!,
    })),
  );
  rebuildPools(groups, await sumOfShares(sql), shareOf);
  const changedBy = `user:${wanted.changedBy}`;
  await saveGroups(sql, [...groups.values()], changedBy, wanted.at);
  await saveGroupChange(sql, {
    before,
    after: group,
    reason: wanted.reason,
    changedBy,
    changedAt: wanted.at,
  });
  return { outcome: 'changed', group };
}

function noRate(from: string, to: string): Regrouped {
  return refused('currency', `cannot be compared: there is no rate from ${from} to ${to} that is at most 7 days old`);
}

function refused(field: string, problem: string): Regrouped {
  return { outcome: 'refused', field, problem };
}
