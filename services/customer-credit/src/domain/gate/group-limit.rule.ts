import { poolReason } from './limit-excess.ts';
import type { RuleOfMany } from './rule.ts';

/** What a credit group owes as one pool must stay within its limit; so must every group above it, each a reason of its own. */
export const groupLimitRule: RuleOfMany = ({ account, order }) => {
  if (order.adds === 0n || account.hasUnconverted) return [];
  return account.groups.flatMap((group) => poolReason('group-limit-exceeded', 'credit group', group) ?? []);
};
