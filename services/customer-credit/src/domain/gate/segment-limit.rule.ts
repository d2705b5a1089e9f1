import { poolReason } from './limit-excess.ts';
import type { Rule } from './rule.ts';

/** What the customer owes in the order's segment must stay within the limit that is set for it there. */
export const segmentLimitRule: Rule = ({ account, order }) => {
  const { segmentLimit, hasUnconverted } = account;
  if (segmentLimit === null || order.adds === 0n || hasUnconverted) return null;

  return poolReason('segment-limit-exceeded', 'segment', segmentLimit);
};
