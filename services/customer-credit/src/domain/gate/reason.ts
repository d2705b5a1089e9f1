import { formatMinor } from '@ordergate/money';

/** Why an order is held, with the measured value and the threshold it passed. */
export interface Reason {
  code: string;
  message: string;
  measured?: string;
  threshold?: string;
  unit?: string;
}

/** "1,234.50 EUR" would need a locale; people read it in the notification's language, here it is exact. */
export function amountText(minor: bigint, currency: string): string {
  return `${formatMinor(minor, currency)} ${currency}`;
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
