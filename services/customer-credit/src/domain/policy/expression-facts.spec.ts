import { describe, expect, it } from '@jest/globals';
import { gateFacts } from '../gate/gate-facts.fixture.ts';
import { noStanding } from '../gate/facts-record.ts';
import { compileExpression, expressionFacts, readsAmounts } from './expression-facts.ts';

const facts = gateFacts({
  account: { paymentTermsDays: 30, standing: { dunningLevel: 2, daysLate: 4_33n, score: 55 }, blocks: [] },
  exposure: { openOrders: 10_00n, receivables: 20_00n },
  order: { discountPercent: 12_50n },
});
const isTrue = (text: string, of = facts) => {
  const compiled = compileExpression(text);
  return compiled.outcome === 'compiled' ? compiled.expression.isTrue(of) : compiled;
};

describe('The facts of an expression', () => {
  const every = Object.entries(expressionFacts).flatMap(([variable, named]) =>
    Object.keys(named).map((name) => `${variable}.${name}`),
  );
  it.each(every)('%s is there when everything is known', (name) => expect(isTrue(`has(${name})`)).toBe(true));

  it.each(['account.limit', 'account.score', 'account.paymentTermsDays', 'order.paymentTermsDays'])(
    '%s is absent when nobody knows it',
    (name) => {
      const unknown = { limit: { kind: 'unlimited' }, standing: noStanding, paymentTermsDays: null } as const;
      expect(isTrue(`has(${name})`, gateFacts({ account: unknown }))).toBe(false);
    },
  );

  it.each([
    'account.exposure == amount("30") && account.openOrders == amount("10")',
    'account.daysLate > 4.3 && account.dunningLevel == 2 && account.score == 55',
    'order.discountPercent == 12.5 && order.paymentTermsDays == 30',
    'order.segment == "" && account.riskClass == ""',
    'order.decidedOn == "2026-11-21" && account.limitKind == "amount"',
  ])('say what the gate sees: %s', (text) => expect(isTrue(text)).toBe(true));

  it.each([
    { text: 'order.total > amount("1")', reads: true },
    { text: 'account.score > 1', reads: false },
  ])('$text reads amounts: $reads', ({ text, reads }) => {
    const compiled = compileExpression(text);
    expect(compiled.outcome === 'compiled' && readsAmounts(compiled.expression)).toBe(reads);
  });
});
