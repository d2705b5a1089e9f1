import { totalOf } from '../account/exposure.ts';
import type { GateFacts, PoolFacts } from '../gate/rule.ts';
import { allowedWhenExceeded } from '../gate/limit-excess.ts';
import type { ExceededLimit } from './release-authority.ts';

/** Converts minor units into the account's currency; null without a rate. */
export type ToAccountCurrency = (minor: bigint, from: string) => bigint | null;

/** Every limit that the order would exceed: the account's, its segment's, those of its credit groups. */
export function exceededLimits({ account, order }: GateFacts, toAccountCurrency: ToAccountCurrency): ExceededLimit[] {
  if (order.adds === 0n || account.currency === null) return [];
  const own: PoolFacts = {
    id: account.customerId,
    currency: account.currency,
    limit: account.limit,
    validUntil: null,
    exposure: totalOf(account.exposure),
    adds: order.adds,
  };
  const exceeded = (code: string, pool: PoolFacts | null, subject: string | null): ExceededLimit[] => {
    if (!pool || pool.adds === null || pool.adds === 0n) return [];
    const wanted = pool.exposure + pool.adds;
    const limit = allowedWhenExceeded(pool.limit, wanted);
    if (limit === null) return [];
    const excess = wanted - limit;
    return [{ code, subject, excess, limit, inAccountCurrency: toAccountCurrency(excess, pool.currency) }];
  };
  return [
    ...exceeded('credit-limit-exceeded', own, null),
    ...exceeded('segment-limit-exceeded', account.segmentLimit, account.segmentLimit?.id ?? null),
    ...account.groups.flatMap((group) => exceeded('group-limit-exceeded', group, group.id)),
  ];
}
