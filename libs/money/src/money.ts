import { formatMinor, minorOf } from './amount.ts';

/** An exact amount: whole minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** Money on the wire and in HTTP bodies: `{ "amount": "12.50", "currency": "EUR" }`. */
export interface WireMoney {
  readonly amount: string;
  readonly currency: string;
}

/** ("12.50", "EUR") → 1250 cents. Throws RangeError when the amount does not fit the currency. */
export const money = (amount: string, currency: string): Money => ({ minor: minorOf(amount, currency), currency });

/** Wire → money. Throws RangeError when the amount does not fit the currency; what `@ordergate/contracts` has parsed always does. */
export const parseMoney = (wire: WireMoney): Money => money(wire.amount, wire.currency);

/** Money → wire, with all of the currency's fraction digits. */
export const formatMoney = ({ minor, currency }: Money): WireMoney => ({
  amount: formatMinor(minor, currency),
  currency,
});

export const zero = (currency: string): Money => ({ minor: 0n, currency });

/** Sum of two amounts of one currency. Throws RangeError when the currencies differ. */
export const add = (left: Money, right: Money): Money => ({
  minor: left.minor + inSameCurrency(left, right).minor,
  currency: left.currency,
});

/** Difference of two amounts of one currency; may be negative. Throws RangeError when the currencies differ. */
export const subtract = (left: Money, right: Money): Money => ({
  minor: left.minor - inSameCurrency(left, right).minor,
  currency: left.currency,
});

/** Below 0, 0 or above 0, as `Array.sort` wants it. Throws RangeError when the currencies differ. */
export function compare(left: Money, right: Money): number {
  const difference = left.minor - inSameCurrency(left, right).minor;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The larger of two amounts of one currency. Throws RangeError when the currencies differ. */
export const larger = (left: Money, right: Money): Money => (compare(left, right) >= 0 ? left : right);

/** The larger of two numbers of minor units; `Math.max` refuses bigint. */
export const maxMinor = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/** The smaller of two numbers of minor units. */
export const minMinor = (left: bigint, right: bigint): bigint => (left < right ? left : right);

function inSameCurrency(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`${left.currency} and ${right.currency} do not mix`);
  return right;
}
