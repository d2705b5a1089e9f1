import { describe, expect, it } from '@jest/globals';
import { Amount } from './amount.ts';
import { languageOver } from './language.ts';

interface Order {
  total: bigint;
  currency: string;
  segment: string;
  days?: number;
  tags: string[];
}
const compile = languageOver<Order>({
  order: {
    total: { type: 'Amount', meaning: '', of: ({ total, currency }) => Amount.ofMinor(total, currency) },
    segment: { type: 'string', meaning: '', of: ({ segment }) => segment },
    days: { type: 'int', meaning: '', of: ({ days }) => (days === undefined ? undefined : BigInt(days)) },
    tags: { type: 'list<string>', meaning: '', of: ({ tags }) => tags },
  },
});
const order: Order = { total: 100_05n, currency: 'EUR', segment: 'export', days: 30, tags: ['new', 'large'] };
const answer = (text: string, facts: Order = order) => {
  const compiled = compile(text);
  return compiled.outcome === 'compiled' ? compiled.expression.isTrue(facts) : compiled;
};

describe('An expression', () => {
  it.each([
    { text: 'order.total > amount("100.04")', is: true, because: 'it is a cent more' },
    { text: 'order.total > amount("100.05")', is: false, because: 'exactly it is not more' },
    { text: 'order.total >= amount("100.050")', is: true, because: 'amounts are compared by value' },
    { text: 'order.total == amount("100.05")', is: true, because: 'they are the same' },
    { text: 'order.total + amount("0.95") - amount("1") == amount("100")', is: true, because: 'sums are exact' },
    { text: 'order.total * 2 > amount("200.09")', is: true, because: 'amounts are multiplied with whole numbers' },
    { text: 'percentOf(amount("1"), order.total) < 1.0', is: true, because: 'a share is a number' },
    { text: 'order.segment in ["export", "food"] && !(order.days > 30)', is: true, because: 'that is CEL' },
    { text: '"large" in order.tags && size(order.tags) == 2', is: true, because: 'lists can be asked' },
    { text: 'order.segment.startsWith("ex") && !order.segment.contains("z")', is: true, because: 'texts, too' },
    { text: 'daysBetween("2026-11-21", "2026-12-01") == 10', is: true, because: 'days are counted' },
    { text: 'has(order.days) ? order.days > 29 : false', is: true, because: 'the fact is there' },
  ])('$text is $is, since $because', ({ text, is }) => expect(answer(text)).toBe(is));

  it('knows no difference between currencies of two and of no digits', () =>
    expect(answer('order.total == amount("10005")', { ...order, currency: 'JPY' })).toBe(true));

  it('asks whether a fact is there', () => {
    const { days: _, ...without } = order;
    expect(answer('has(order.days) && order.days > 1', without)).toBe(false);
    expect(answer('order.days > 1', without)).toEqual({ failed: 'No such key: days' });
  });

  it.each([
    { text: 'percentOf(order.total, amount("0")) > 1.0', failed: 'percentOf has no answer for a whole of 0' },
    {
      text: 'daysBetween(order.segment, "2026-12-01") > 1',
      failed: 'daysBetween needs two days, not "export" and "2026-12-01"',
    },
    { text: '1 / (order.days - 30) > 0', failed: 'division by zero' },
  ])('$text says why it cannot be answered, and never throws', ({ text, failed }) =>
    expect(answer(text)).toEqual({ failed: expect.stringMatching(failed) }),
  );

  it('says what it reads', () => {
    const compiled = compile('order.segment == "x" || has(order.days)');
    expect(compiled).toMatchObject({ expression: { reads: new Set(['order.segment', 'order.days']) } });
  });
});

describe('An expression is refused', () => {
  it.each([
    { text: 'order.total > 100', problem: 'no such overload: Amount > int', because: 'a number is no amount' },
    { text: 'order.totl > amount("1")', problem: 'No such key: totl', because: 'there is no such fact' },
    { text: 'ordr.total > amount("1")', problem: 'Unknown variable: ordr', because: 'there is no such variable' },
    { text: 'order.segment == 5', problem: 'no such overload: string == int', because: 'it can never be' },
    { text: 'order.total', problem: 'must be true or false, but is of type Amount', because: 'it answers nothing' },
    { text: 'order.days >', problem: 'Unexpected token: EOF', because: 'it is not finished' },
    {
      text: 'order.total > amount("1,000")',
      problem: 'amount is called with an amount in quotes',
      because: 'it would fail each time',
    },
    {
      text: 'order.total > amount(order.segment)',
      problem: 'amount is called with an amount in quotes',
      because: 'it may fail',
    },
    {
      text: 'order["total"] > amount("1")',
      problem: 'facts are read with a dot',
      because: 'what is read must be known',
    },
    {
      text: 'order.tags.exists(t, t == "x")',
      problem: 'exists is not among the functions',
      because: 'loops in loops have no bound',
    },
    {
      text: 'order.segment.matches("(a+)+$")',
      problem: 'matches is not among the functions',
      because: 'nor has a regular expression',
    },
    { text: `order.days > ${'1 + '.repeat(150)}1`, problem: 'Exceeded maxAstNodes (200)', because: 'it is too long' },
    { text: `${'('.repeat(40)}true${')'.repeat(40)}`, problem: 'Exceeded maxDepth (30)', because: 'it is too deep' },
  ])('with $problem, since $because', ({ text, problem }) =>
    expect(answer(text)).toMatchObject({ outcome: 'refused', problem: expect.stringContaining(problem) }),
  );
});
