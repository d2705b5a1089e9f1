import { Environment } from '@marcbachmann/cel-js';
import { daysBetween, isDay } from '@ordergate/money';
import { Amount } from './amount.ts';

/** CEL with exact amounts and days. An expression is short, and nothing in it loops. */
export function environmentWithAmounts(): Environment {
  return new Environment({
    limits: { maxAstNodes: 200, maxDepth: 30, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 4 },
  })
    .registerType('Amount', { ctor: Amount, fields: {} })
    .registerFunction('amount(string): Amount', (text: string) => Amount.ofText(text))
    .registerFunction('percentOf(Amount, Amount): double', percentOf)
    .registerFunction('daysBetween(string, string): int', wholeDays)
    .registerOperator('Amount < Amount', (a: Amount, b: Amount) => a.units < b.units)
    .registerOperator('Amount <= Amount', (a: Amount, b: Amount) => a.units <= b.units)
    .registerOperator('Amount > Amount', (a: Amount, b: Amount) => a.units > b.units)
    .registerOperator('Amount >= Amount', (a: Amount, b: Amount) => a.units >= b.units)
    .registerOperator('Amount == Amount', (a: Amount, b: Amount) => a.units === b.units)
    .registerOperator('Amount + Amount', (a: Amount, b: Amount) => new Amount(a.units + b.units))
    .registerOperator('Amount - Amount', (a: Amount, b: Amount) => new Amount(a.units - b.units))
    .registerOperator('Amount * int', (a: Amount, times: bigint) => new Amount(a.units * times));
}

function percentOf(part: Amount, whole: Amount): number {
  if (whole.units === 0n) throw new RangeError('percentOf has no answer for a whole of 0');
  return Number((part.units * 1_000_000n) / whole.units) / 10_000;
}

function wholeDays(from: string, to: string): bigint {
  if (!isDay(from) || !isDay(to)) throw new RangeError(`daysBetween needs two days, not "${from}" and "${to}"`);
  return BigInt(daysBetween(from, to));
}
