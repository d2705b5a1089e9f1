import { fractionDigits } from '@ordergate/money';
import { grouped } from '../../../../replay/summary.ts';
import { together, type ByPayment, type Sum, type Tally } from '../../tally.ts';

/** The currency of charts: that with most of what was ordered. null: no order at all. */
export function mainCurrency({ all }: Tally): string | null {
  const worth = [...together(...Object.values(all)).minor].sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0));
  return worth[0]?.[0] ?? null;
}

/** In units of the currency, for the length of a bar. */
export const unitsOf = ({ minor }: Sum, currency: string): number =>
  Number(minor.get(currency) ?? 0n) / 10 ** fractionDigits(currency);

/** 6,306: as exact as a glance. */
export function roundUnits(sum: Sum, currency: string): string {
  const units = unitsOf(sum, currency);
  return units < 100 && units > 0 ? units.toFixed(fractionDigits(currency)) : grouped(Math.round(units));
}

export const roundWorth = (sum: Sum, currency: string): string => `${roundUnits(sum, currency)} ${currency}`;

/** What can be judged of orders whose answer changes. */
export interface Judged {
  all: Sum;
  right: Sum;
  wrong: Sum;
  /** A little late, or not known: neither. */
  neither: Sum;
}

export const judgedHolds = (held: ByPayment): Judged => judged(held, held['too-late'], held['on-time']);
export const judgedApprovals = (approved: ByPayment): Judged =>
  judged(approved, approved['on-time'], approved['too-late']);

function judged(sums: ByPayment, right: Sum, wrong: Sum): Judged {
  return { all: together(...Object.values(sums)), right, wrong, neither: together(sums.late, sums['not-known']) };
}

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
/** 2012-01-03 → 3 Jan 2012, 2012-01 → Jan 2012 */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-');
  return [date && String(Number(date)), monthNames[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** A scale from 0 to at least the value, in steps that people count in. */
export function scaleTo(value: number, steps = 4): { max: number; ticks: number[] } {
  if (value <= 0) return { max: 1, ticks: [0] };
  const rough = value / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough)!;
  const count = Math.ceil(value / step - 1e-9);
  return { max: count * step, ticks: Array.from({ length: count + 1 }, (_, at) => at * step) };
}
