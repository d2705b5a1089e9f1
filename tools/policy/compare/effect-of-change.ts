import { compareDecimals } from '@ordergate/money';
import type { Value } from './policy-parts.ts';

/** Whether more or fewer orders are held than before; null: neither can be said. */
export type Effect = 'stricter' | 'looser' | null;

/** What a larger value of a parameter means, and what it means to name none. */
const directions: Readonly<Record<string, { more: 'stricter' | 'looser'; none: 'stricter' | 'looser' }>> = {
  'review-overdue graceDays': { more: 'looser', none: 'looser' },
  'collateral-shortfall securedPercent': { more: 'stricter', none: 'looser' },
  'overdue-items days': { more: 'looser', none: 'looser' },
  'overdue-items amountMin': { more: 'looser', none: 'looser' },
  'overdue-items percentMin': { more: 'looser', none: 'stricter' },
  'oldest-open-item days': { more: 'looser', none: 'looser' },
  'dunning-level max': { more: 'looser', none: 'looser' },
  'order-value max': { more: 'looser', none: 'looser' },
  'payment-terms maxDays': { more: 'looser', none: 'looser' },
  'discount-authority maxPercent': { more: 'looser', none: 'looser' },
  'payment-behaviour daysLateMax': { more: 'looser', none: 'looser' },
  'payment-behaviour scoreMin': { more: 'stricter', none: 'looser' },
  'demand-spike factor': { more: 'looser', none: 'looser' },
  'demand-spike ordersMin': { more: 'looser', none: 'looser' },
  'instrument-tenor maxDays': { more: 'looser', none: 'looser' },
};

/** What a change of a rule's parameter, or of the rule itself (`parameter` null), does to orders. */
export function effectOfChange(
  rule: string,
  parameter: string | null,
  before: Value | null,
  after: Value | null,
): Effect {
  if (parameter === null) return after === null ? 'looser' : 'stricter';
  if (rule === 'risk-class') return effectOfClasses(before, after);
  const direction = directions[`${rule} ${parameter}`];
  if (!direction) return null;
  const opposite = direction.none === 'stricter' ? 'looser' : 'stricter';
  if (after === null) return direction.none;
  if (before === null) return opposite;
  const isMore = compareDecimals(String(after), String(before)) > 0;
  return isMore === (direction.more === 'stricter') ? 'stricter' : 'looser';
}

/** Who must pay before delivery: more classes are stricter; others than before are neither. */
function effectOfClasses(before: Value | null, after: Value | null): Effect {
  const [were, are] = [before, after].map((classes) => (Array.isArray(classes) ? (classes as string[]) : []));
  if (were!.every((one) => are!.includes(one))) return 'stricter';
  return are!.every((one) => were!.includes(one)) ? 'looser' : null;
}
