import type { DemandFacts } from '../gate/rule.ts';
import type { Parameters } from '../policy/parameters.ts';
import { isKept, ordersKept, placeOf, type OrderHistory } from './order-history.ts';

/** The order in question: not yet in the history, or there as an earlier version. */
export interface OrderAsked {
  orderId: string;
  day: number;
  total: bigint;
}

type DemandSpike = NonNullable<Parameters['demandSpike']>;

/**
 * What the order, and all of the window with it, are against the customer's own usual; null when they are within it, or too
 * few earlier orders say what is usual. The usual is a median, so that a single large order of the past does not move it.
 */
export function unusualDemand(
  history: OrderHistory,
  { orderId, day, total }: OrderAsked,
  rule: DemandSpike,
): DemandFacts | null {
  if (!isKept(total) || history.totals.length < rule.ordersMin) return null;
  const earlier = without(history, placeOf(history, orderId));
  const orders = earlier.totals.length;
  if (orders < rule.ordersMin) return null;
  const usualOrder = median(earlier.totals);
  const window = rule.windowDays === undefined ? null : unusualWindow(earlier, day, Number(total), rule);
  // Free orders say nothing about what is usual.
  const isUnusual = usualOrder > 0 && exceeds(Number(total), usualOrder, rule);
  if (window === null && !isUnusual) return null;
  return {
    orders,
    usualOrder: BigInt(usualOrder),
    inWindow: window && BigInt(window.sum),
    usualInWindow: window && BigInt(window.usual),
  };
}

const exceeds = (measured: number, usual: number, { factor }: DemandSpike): boolean =>
  BigInt(measured) * 100n > BigInt(usual) * factor;

type Figures = Pick<OrderHistory, 'days' | 'totals'> & { isFull: boolean };

function without({ days, totals }: OrderHistory, place: number): Figures {
  const isFull = totals.length >= ordersKept;
  if (place < 0) return { days, totals, isFull };
  return { days: days.toSpliced(place, 1), totals: totals.toSpliced(place, 1), isFull };
}

/**
 * The sum of the window that ends with the order, against the median of the windows that ended on each earlier day with
 * orders. null when it is within the usual, or too few orders came before the window.
 */
function unusualWindow(
  { days, totals, isFull }: Figures,
  day: number,
  total: number,
  rule: DemandSpike,
): { sum: number; usual: number } | null {
  const windowDays = rule.windowDays!;
  const sumUntil = (end: number): number => {
    let sum = 0;
    for (let at = 0; at < days.length; at += 1)
      if (days[at]! > end - windowDays && days[at]! <= end) sum += totals[at]!;
    return sum;
  };
  const sum = sumUntil(day) + total;
  // No window comes to less than the smallest order, and most orders are already within the usual by that.
  if (!exceeds(sum, Math.min(...totals), rule)) return null;
  const before = days.filter((one) => one <= day - windowDays);
  if (before.length < rule.ordersMin) return null;
  // What is older than the oldest order was forgotten when the history is full: such a window would be too small.
  const oldest = isFull ? Math.min(...days) : -Infinity;
  const ends = [...new Set(before)].filter((end) => end - windowDays >= oldest);
  if (ends.length === 0) return null;
  const usual = median(ends.map(sumUntil));
  return usual > 0 && exceeds(sum, usual, rule) ? { sum, usual } : null;
}

/** Of an even number of values the lower of the two in the middle: something that was ordered, and no rounding. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1]!;
}
