import { formatMinor } from '@ordergate/money';

/** Why an order is held, with the measured value and the threshold it passed. */
export interface Reason {
  code: string;
  message: string;
  measured?: string;
  threshold?: string;
  unit?: string;
  /** What it is about when that is not the account: a segment, a credit group. */
  subject?: string;
}

/** "1,234.50 EUR" would need a locale; people read it in the notification's language, here it is exact. */
export function amountText(minor: bigint, currency: string): string {
  return `${formatMinor(minor, currency)} ${currency}`;
}

/** Hundredths as a decimal number: 1250n → "12.5". Never negative. */
export function hundredthsText(hundredths: bigint): string {
  const [whole, fraction] = [hundredths / 100n, hundredths % 100n];
  return fraction === 0n ? String(whole) : `${whole}.${String(fraction).padStart(2, '0')}`.replace(/0$/, '');
}

/** A reason about money: measured and threshold in the account's currency. */
export function moneyReason(
  code: string,
  currency: string,
  measured: bigint,
  threshold: bigint,
  message: string,
): Reason {
  return {
    code,
    message,
    measured: formatMinor(measured, currency),
    threshold: formatMinor(threshold, currency),
    unit: currency,
  };
}

/** A reason about days. */
export function daysReason(code: string, measured: number, threshold: number, message: string): Reason {
  return { code, message, measured: String(measured), threshold: String(threshold), unit: 'days' };
}

/** A reason about a day of the calendar that has come or gone. */
export function dateReason(code: string, businessDay: string, threshold: string, message: string): Reason {
  return { code, message, measured: businessDay, threshold, unit: 'date' };
}

/** A reason about a share: measured and threshold in hundredths of a percent. */
export function percentReason(code: string, measured: bigint, threshold: bigint, message: string): Reason {
  return { code, message, measured: hundredthsText(measured), threshold: hundredthsText(threshold), unit: '%' };
}

/** Whether a reader sees the same: codes, subjects, figures and words, in this order. */
export function areSameReasons(reasons: readonly Reason[], others: readonly Reason[]): boolean {
  const said = ({ code, message, measured, threshold, unit, subject }: Reason): string =>
    [code, message, measured, threshold, unit, subject].join('\n');
  return reasons.length === others.length && reasons.every((reason, at) => said(reason) === said(others[at]!));
}
