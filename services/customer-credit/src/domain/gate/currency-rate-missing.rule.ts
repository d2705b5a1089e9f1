import type { PoolFacts, Rule } from './rule.ts';

const code = 'currency-rate-missing';

/** Without a rate of the last 7 days the amounts cannot be compared, so the gate fails closed until the rate comes. */
export const currencyRateMissingRule: Rule = ({ account, order }) => {
  const { currency, segmentLimit, groups, hasUnconverted } = account;
  if (order.total === null)
    return { code, message: `There is no rate from ${order.currency} to ${currency} that is at most 7 days old` };
  if (hasUnconverted) {
    const message = `Some receivables of the account have no rate to ${currency}, so its exposure is not known`;
    return { code, message };
  }
  const pool = isUnasked(order.adds, segmentLimit)
    ? segmentLimit
    : groups.find((group) => isUnasked(order.adds, group));
  if (!pool) return null;
  const message = `There is no rate from ${currency} to ${pool.currency} for the limit of ${pool.id} that is at most 7 days old`;
  return { code, message };
};

/** A limit is set, and what the order adds to it is not known. */
function isUnasked(adds: bigint, pool: PoolFacts | null): pool is PoolFacts {
  return pool !== null && adds > 0n && pool.adds === null && pool.limit.kind !== 'unlimited';
}
