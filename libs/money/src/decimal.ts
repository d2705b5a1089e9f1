/** An exact decimal number: `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const decimalText = /^-?\d{1,18}(?:\.\d{1,12})?$/;

/** Whether `text` is a plain decimal number (`"1.0842"`, `"-3"`): at most 18 integer and 12 fraction digits, no exponent. */
export const isDecimal = (text: string): boolean => decimalText.test(text);

/** "1.0842" → 10842 × 10^-4. Throws RangeError when `text` is no plain decimal number. */
export function parseDecimal(text: string): Decimal {
  if (!isDecimal(text)) throw new RangeError(`${JSON.stringify(text.slice(0, 40))} is not a decimal number`);

  const dotAt = text.indexOf('.');
  if (dotAt < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, dotAt) + text.slice(dotAt + 1)), scale: text.length - dotAt - 1 };
}

/** Compares two decimal strings by value ("1.5" equals "1.50"): below 0, 0 or above 0. Throws RangeError when one is none. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [parseDecimal(left), parseDecimal(right)];
  const scale = Math.max(a.scale, b.scale);
  const difference = a.units * tenToThe(scale - a.scale) - b.units * tenToThe(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const powers = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));
export const tenToThe = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

/** Quotient rounded to the nearest integer, a tie to the even one, so that many roundings do not drift. Throws RangeError on 0. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return divideHalfEven(-numerator, -denominator);
  const quotient = numerator / denominator;
  const twiceRest = 2n * (numerator % denominator);
  const distance = twiceRest < 0n ? -twiceRest : twiceRest;
  if (distance < denominator || (distance === denominator && quotient % 2n === 0n)) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}
