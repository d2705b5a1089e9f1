import { isCurrency, isDay, amountProblem, type WireMoney } from '@ordergate/money';
import { isMap, isScalar } from 'yaml';
import { shown, type Read } from './reading.ts';

/** A day of the story: a date, or so many days from its current day. */
export type DayRef = string | number;

export type LimitRef = { kind: 'amount'; amount: WireMoney } | { kind: 'unlimited' } | { kind: 'none' };

const scalar =
  <T>(take: (value: unknown, source: string) => T | undefined, problem: string): Read<T> =>
  (given, name, reading) => {
    const node = reading.resolve(given);
    const value = isScalar(node) ? take(node.value, String(node.source ?? node.value)) : undefined;
    return value === undefined ? reading.note(given, `${name} ${shown(node)} ${problem}`) : value;
  };

/** Local to the story; the runner puts the story's own before it. */
export const id = scalar(
  (_, source) => (/^[A-Za-z0-9][A-Za-z0-9._/-]{0,27}$/.test(source) ? source : undefined),
  'must be an id: at most 28 of letters, digits and . _ / -',
);
export const text = scalar(
  (value, source) => (value === null || source.length > 500 ? undefined : source),
  'must be text of at most 500 characters',
);
export const flag = scalar((value) => (typeof value === 'boolean' ? value : undefined), 'must be true or false');
export const count = (min: number, max: number): Read<number> =>
  scalar(
    (value) => (Number.isInteger(value) && Number(value) >= min && Number(value) <= max ? Number(value) : undefined),
    `must be a whole number from ${min} to ${max}`,
  );
export const decimal = scalar(
  (_, source) => (/^-?\d{1,15}(\.\d{1,12})?$/.test(source) ? source : undefined),
  'must be a decimal number like "0.92"',
);
export const oneOf = <const T extends string>(...names: T[]): Read<T> =>
  scalar((value) => names.find((name) => name === value), `must be one of ${names.join(', ')}`);
export const currency = scalar(
  (value) => (typeof value === 'string' && isCurrency(value) ? value : undefined),
  'must be a currency like EUR',
);
export const day: Read<DayRef> = scalar(
  (value) => (Number.isInteger(value) ? Number(value) : typeof value === 'string' && isDay(value) ? value : undefined),
  'must be a date like 2026-03-02, or +N or -N days from the current day',
);

export const money: Read<WireMoney> = scalar(
  (value) => moneyOf(value),
  'must be an amount with its currency like 300 EUR, with no more digits than the currency has',
);
export const amountNotNegative: Read<WireMoney> = scalar((value) => {
  const amount = moneyOf(value);
  return amount?.amount.startsWith('-') ? undefined : amount;
}, 'must be an amount of 0 or more with its currency like 300 EUR, with no more digits than the currency has');

export const limit: Read<LimitRef> = scalar<LimitRef>((value) => {
  if (value === 'unlimited' || value === 'none') return { kind: value };
  const amount = moneyOf(value);
  return amount && !amount.amount.startsWith('-') ? { kind: 'amount', amount } : undefined;
}, 'must be an amount with its currency like 300 EUR, or unlimited, or none');

/** Any mapping: a policy is checked by who reads it. */
export const anyMapping: Read<Record<string, unknown>> = (given, name, reading) => {
  const node = reading.resolve(given);
  return isMap(node)
    ? (node.toJSON() as Record<string, unknown>)
    : reading.note(given, `${name} ${shown(node)} must be a mapping like { rules: { … } }`);
};

function moneyOf(value: unknown): WireMoney | undefined {
  const [, amount = '', code = ''] = typeof value === 'string' ? (/^(-?[\d.]+) ([A-Z]{3})$/.exec(value) ?? []) : [];
  return amountProblem(amount, code) === null ? { amount, currency: code } : undefined;
}
