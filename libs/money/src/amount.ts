import { fractionDigits, isCurrency } from './currency.ts';

/** Numbers below 10^15 are exact as doubles, and turning one into a bigint is several times faster than parsing its text. */
const digitsExactAsNumber = 15;
const integerDigitsMax = 15;
const minus = 45;
const dot = 46;
const zero = 48;
const nine = 57;
const powersOfTen = Array.from({ length: 10 }, (_, exponent) => 10 ** exponent);

/**
 * What is wrong with `amount` as an amount of `currency`, as the end of a sentence ("must have at most 2 fraction digits for EUR");
 * null when it is right. Right are at most 15 integer digits and at most the currency's fraction digits; a minus sign is
 * allowed here, whether a field may be negative is the field's business.
 */
export function amountProblem(amount: string, currency: string): string | null {
  const start = amount.charCodeAt(0) === minus ? 1 : 0;
  const end = amount.length;
  let dotAt = -1;
  for (let at = start; at < end; at++) {
    const character = amount.charCodeAt(at);
    if (character >= zero && character <= nine) continue;
    if (character !== dot || dotAt >= 0 || at === start || at === end - 1)
      return 'must be a decimal number like "1234.50"';
    dotAt = at;
  }
  if (start === end) return 'must be a decimal number like "1234.50"';
  if ((dotAt < 0 ? end : dotAt) - start > integerDigitsMax)
    return `must have at most ${integerDigitsMax} integer digits`;
  if (!isCurrency(currency)) return 'must be an amount of a known currency';
  const digits = fractionDigits(currency);
  if (dotAt >= 0 && end - dotAt - 1 > digits) {
    return digits === 0
      ? `must have no fraction digits for ${currency}`
      : `must have at most ${digits} fraction digits for ${currency}`;
  }
  return null;
}

/** The amount in minor units: ("1234.5", "EUR") → 123450n. Throws RangeError with `amountProblem`'s sentence when it is none. */
export function minorOf(amount: string, currency: string): bigint {
  const problem = amountProblem(amount, currency);
  if (problem !== null) throw new RangeError(`${JSON.stringify(amount.slice(0, 40))} ${problem}`);

  const digits = fractionDigits(currency);
  const dotAt = amount.indexOf('.');
  const missingDigits = dotAt < 0 ? digits : digits - (amount.length - dotAt - 1);
  if (amount.length + missingDigits > digitsExactAsNumber + 1) {
    return BigInt(amount.replace('.', '') + '0'.repeat(missingDigits));
  }
  let minor = 0;
  for (let at = amount.charCodeAt(0) === minus ? 1 : 0; at < amount.length; at++) {
    if (at !== dotAt) minor = minor * 10 + (amount.charCodeAt(at) - zero);
  }
  minor *= powersOfTen[missingDigits]!;
  return BigInt(amount.charCodeAt(0) === minus ? -minor : minor);
}

/** Minor units as the wire's decimal string with all of the currency's digits: (1250n, "EUR") → "12.50". Throws RangeError for an unknown currency. */
export function formatMinor(minor: bigint, currency: string): string {
  const digits = fractionDigits(currency);
  if (digits === 0) return minor.toString();

  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
