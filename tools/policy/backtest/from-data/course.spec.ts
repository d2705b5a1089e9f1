import { describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../../../services/customer-credit/src/policy-file.ts';
import type { ColumnMap } from '../../../replay/column-map.ts';
import { creditLimits } from '../../../replay/credit-limits.ts';
import { planDays } from '../../../replay/plan-days.ts';
import type { Receivable } from '../../../replay/read-receivables.ts';
import type { ComparedOrder } from '../compared-order.ts';
import type { OwedOn } from '../backtest.ts';
import { replayInMemory } from './replay-in-memory.ts';

const map = {
  name: 'spec',
  defaults: { country: 'DE', language: 'de' },
  limit: { factor: '1', firstDays: 5 },
} as ColumnMap;
const policy = (rules: string) => readPolicy(`version: v1\n${rules}`, 'spec.yaml');

const row = (at: number, invoicedOn: string, fields: Partial<Receivable> = {}): Receivable => ({
  ...{ line: at + 2, customerId: 'C-1', invoiceId: `R-${at}`, invoicedOn, dueOn: invoicedOn },
  ...{ settledOn: null, minor: 10_000n, currency: 'EUR', isDisputed: false },
  ...fields,
});

/** Both answers to each order, in their order. */
function played(rows: Receivable[], before: string, after: string, period = { from: '2026-01-01', to: '2026-12-31' }) {
  const limits = creditLimits(rows, map.limit);
  const plan = { name: 'spec', rows, limits, days: planDays(rows, limits, map) };
  const orders: ComparedOrder[] = [];
  const owed: OwedOn[] = [];
  replayInMemory({
    ...{
      plan,
      before: policy(before),
      after: policy(after),
      ...period,
      judging: { knownUntil: '2026-12-31', lateDays: 30 },
    },
    onOrder: (order) => void orders.push(order),
    onDay: (day, sums) => void owed.push({ day, before: new Map(sums.before), after: new Map(sums.after) }),
  });
  return { answers: orders.map((one) => [one.orderId, one.before.join(), one.after.join()]), orders, owed };
}

const strict = 'rules: { order-value: { max: "150.00" } }';
const large = row(0, '2026-01-01', { minor: 20_000n, settledOn: '2026-03-01' });

describe('The course of a policy', () => {
  it('owes only what it approves: what it holds leaves room for later orders', () => {
    const { answers, owed } = played([large, row(1, '2026-02-01')], '', strict);
    expect(answers).toEqual([
      ['SO-R-0', '', 'order-value'],
      ['SO-R-1', 'credit-limit-exceeded', ''],
    ]);
    const on = (day: string) => owed.find((one) => one.day === day)!;
    expect([on('2026-01-01').before.get('EUR'), on('2026-01-01').after.get('EUR') ?? 0n]).toEqual([20_000n, 0n]);
    expect([on('2026-03-01').before.get('EUR'), on('2026-03-01').after.get('EUR')]).toEqual([0n, 10_000n]);
  });

  it('has no overdue items of orders that it held', () => {
    const overdue = 'rules: { oldest-open-item: { days: 5 } }';
    const both = 'rules: { oldest-open-item: { days: 5 }, order-value: { max: "150.00" } }';
    const small = row(1, '2026-02-01', { minor: 100n });
    const roomy = row(2, '2026-01-01', { minor: 100n, settledOn: '2026-01-02' });
    expect(played([large, roomy, small], overdue, both).answers).toEqual([
      ['SO-R-0', '', 'order-value'],
      ['SO-R-2', '', ''],
      ['SO-R-1', 'oldest-open-item', ''],
    ]);
  });

  it('leaves disputed items out, while they are disputed', () => {
    const overdue = 'rules: { oldest-open-item: { days: 5 } }';
    const disputed = row(0, '2026-01-01', { dueOn: '2026-01-02', isDisputed: true, settledOn: '2026-03-01' });
    const tight = row(1, '2026-02-01', { minor: 1n });
    const limit = row(2, '2026-01-01', { settledOn: '2026-01-03', minor: 100n });
    expect(played([disputed, limit, tight], overdue, overdue).answers.at(-1)).toEqual(['SO-R-1', '', '']);
    expect(played([{ ...disputed, isDisputed: false }, limit, tight], overdue, overdue).answers.at(-1)).toEqual([
      ...['SO-R-1', 'oldest-open-item', 'oldest-open-item'],
    ]);
  });

  it('reminds every morning as its levels say, and forgets when nothing is overdue', () => {
    const dunning =
      'rules: { dunning-level: { max: 1 } }\ndunning: { levels: [{ level: 1, days: 5 }, { level: 2, days: 10 }] }';
    const owing = row(0, '2026-01-01', { settledOn: '2026-02-01' });
    const asks = (at: number, day: string) => row(at, day, { minor: 1n, settledOn: day });
    const room = row(9, '2026-01-01', { minor: 1_000n, settledOn: '2026-01-01' });
    const rows = [owing, room, asks(1, '2026-01-10'), asks(2, '2026-01-11'), asks(3, '2026-02-01')];
    expect(played(rows, 'rules: { dunning-level: { max: 1 } }', dunning).answers.slice(2)).toEqual([
      ['SO-R-1', '', ''],
      ['SO-R-2', '', 'dunning-level'],
      ['SO-R-3', '', ''],
    ]);
  });

  it('asks for the score as collections has it', () => {
    const late = row(0, '2026-01-01', { settledOn: '2026-02-10' });
    const next = row(1, '2026-02-10', { minor: 1n });
    const behaviour = (score: number) => `rules: { payment-behaviour: { windowDays: 90, scoreMin: ${score} } }`;
    // Forty of sixty days late.
    expect(played([late, next], behaviour(33), behaviour(34)).answers.at(-1)).toEqual([
      'SO-R-1',
      '',
      'payment-behaviour',
    ]);
  });

  it('compares the orders of the days that are asked for, and plays those before', () => {
    const { answers } = played([large, row(1, '2026-02-01'), row(2, '2026-02-02')], '', strict, {
      ...{ from: '2026-02-01', to: '2026-02-01' },
    });
    expect(answers).toEqual([['SO-R-1', 'credit-limit-exceeded', '']]);
  });
});
