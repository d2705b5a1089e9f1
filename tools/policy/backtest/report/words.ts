import { amountInWords, grouped } from '../../../replay/summary.ts';
import type { PaymentKind } from '../payment-outcome.ts';
import type { Sum } from '../tally.ts';

/** 1,234.50 USD + 20.00 EUR; the currency with most of it first. */
export function worthText({ minor }: Sum): string {
  const amounts = [...minor].filter(([, value]) => value !== 0n).sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0));
  return amounts.length === 0 ? '–' : amounts.map(([currency, value]) => amountInWords(value, currency)).join(' + ');
}

export const ordersText = ({ orders }: Sum): string => (orders === 0 ? '–' : grouped(orders));

export const countText = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** How each outcome is called where people read it. */
export const paymentText = (lateDays: number): Record<PaymentKind, string> => ({
  'on-time': 'paid on time',
  late: lateDays > 1 ? `1–${lateDays - 1} days late` : 'late',
  'too-late': `${lateDays}+ days late or never`,
  'not-known': 'not known',
});

export const percentText = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
