import { fractionDigits } from './currency.ts';
import { divideHalfEven, parseDecimal, tenToThe } from './decimal.ts';

/**
 * Converts minor units of `from` into minor units of `to`, rounded half-even once, at the end.
 * `rate` is a decimal string: how many units of `to` one unit of `from` is worth ("0.92" for USD → EUR).
 * Throws RangeError for an unknown currency or a rate that is no decimal number.
 */
export function convert(minor: bigint, from: string, to: string, rate: string): bigint {
  if (from === to && rate === '1') return minor;
  const { units, scale } = parseDecimal(rate);
  return divideHalfEven(minor * units * tenToThe(fractionDigits(to)), tenToThe(fractionDigits(from) + scale));
}

/** `percent` (decimal string, "12.5") of the minor units, rounded half-even. Throws RangeError when it is no decimal number. */
export function percentOf(minor: bigint, percent: string): bigint {
  const { units, scale } = parseDecimal(percent);
  return divideHalfEven(minor * units, tenToThe(2 + scale));
}
