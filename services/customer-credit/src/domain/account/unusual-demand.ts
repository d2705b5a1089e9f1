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
  const window = rule.windowDays === undefined ? null : unusualWindow(earlier, day, Number(total), rule);
  if (window === null && !isUnusualOrder(earlier, Number(total), rule)) return null;
  return {
    orders,
    usualOrder: BigInt(median(earlier.totals)),
    inWindow: window && BigInt(window.sum),
    usualInWindow: window && BigInt(window.usual),
  };
}

const exceeds = (measured: number, usual: number, { factor }: DemandSpike): boolean =>
  BigInt(measured) * 100n > BigInt(usual) * factor;

/**
 * A hair above what the usual must stay below for `measured` to be unusual. Almost every order is within the usual, and
 * counting what lies above shows it without putting anything in order; what is near is looked at exactly.
 */
const usualBelow = (measured: number, { factor }: DemandSpike): number =>
  ((measured * 100) / Number(factor)) * (1 + 1e-9);

/** `above` of so many values are above a bound: so their median is, being the lower of the two in the middle. */
const medianIsAbove = (above: number, values: number): boolean => values - above <= (values - 1) >> 1;

type Figures = Pick<OrderHistory, 'days' | 'totals'> & { isFull: boolean };

function without({ days, totals }: OrderHistory, place: number): Figures {
  const isFull = totals.length >= ordersKept;
  if (place < 0) return { days, totals, isFull };
  return { days: days.toSpliced(place, 1), totals: totals.toSpliced(place, 1), isFull };
}

function isUnusualOrder({ totals }: Figures, total: number, rule: DemandSpike): boolean {
  const bound = usualBelow(total, rule);
  let above = 0;
  for (const earlier of totals) if (earlier > bound) above += 1;
  if (medianIsAbove(above, totals.length)) return false;
  const usual = median(totals);
  // Free orders say nothing about what is usual.
  return usual > 0 && exceeds(total, usual, rule);
}

/**
 * The sum of the window that ends with the order, against the median of the windows that ended on each earlier day with
 * orders. null when it is within the usual, or too few orders came before the window.
 */
function unusualWindow(
  figures: Figures,
  day: number,
  total: number,
  rule: DemandSpike,
): { sum: number; usual: number } | null {
  const windowDays = rule.windowDays!;
  const ends = endsOfWindows(figures, day - windowDays, rule);
  if (ends.length === 0) return null;
  const sum = sumUntil(figures, day, windowDays) + total;
  const bound = usualBelow(sum, rule);
  let above = 0;
  for (const end of ends) if (sumUntil(figures, end, windowDays, bound) > bound) above += 1;
  if (medianIsAbove(above, ends.length)) return null;
  const usual = median(ends.map((end) => sumUntil(figures, end, windowDays)));
  return usual > 0 && exceeds(sum, usual, rule) ? { sum, usual } : null;
}

/** The days with orders until `latest`; none when too few orders came until then. */
function endsOfWindows({ days, isFull }: Figures, latest: number, { windowDays, ordersMin }: DemandSpike): number[] {
  // What is older than the oldest order was forgotten when the history is full: such a window would be too small.
  const oldest = isFull ? Math.min(...days) + windowDays! : -Infinity;
  const ends: number[] = [];
  let orders = 0;
  for (const day of days) {
    if (day > latest) continue;
    orders += 1;
    if (day >= oldest && !ends.includes(day)) ends.push(day);
  }
  return orders < ordersMin ? [] : ends;
}

/** What was ordered in the window that ends on a day; counts no further when it is `enough`. */
function sumUntil({ days, totals }: Figures, end: number, windowDays: number, enough = Infinity): number {
  let sum = 0;
  for (let at = 0; at < days.length && sum <= enough; at += 1)
    if (days[at]! > end - windowDays && days[at]! <= end) sum += totals[at]!;
  return sum;
}

/** Of an even number of values the lower of the two in the middle: something that was ordered, and no rounding. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1]!;
}
