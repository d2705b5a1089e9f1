import { dateReason, type Reason } from './reason.ts';
import type { RuleOfMany } from './rule.ts';

const code = 'limit-expired';

/** A limit is granted for a time. On its last day it is still valid; what adds no exposure needs none. */
export const limitExpiredRule: RuleOfMany = ({ account, order, businessDay }) => {
  if (order.adds === 0n) return [];
  const { limitValidUntil, segmentLimit } = account;
  const reasons: Reason[] = [];
  if (limitValidUntil !== null && limitValidUntil < businessDay)
    reasons.push(dateReason(code, businessDay, limitValidUntil, `The credit limit was valid until ${limitValidUntil}`));
  if (segmentLimit !== null && segmentLimit.validUntil !== null && segmentLimit.validUntil < businessDay) {
    const { id, validUntil } = segmentLimit;
    const message = `The limit of segment ${id} was valid until ${validUntil}`;
    reasons.push({ ...dateReason(code, businessDay, validUntil, message), subject: id });
  }
  return reasons;
};
