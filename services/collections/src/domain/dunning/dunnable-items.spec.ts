import { describe, expect, it } from '@jest/globals';
import type { OpenItem } from '@ordergate/receivables';
import { dunnableItems } from './dunnable-items.ts';

const businessDay = '2026-03-02';
const item = (invoiceId: string, open: bigint, dueOn: string, more: Partial<OpenItem> = {}) =>
  ({
    ...{ invoiceId, instalmentNo: 1, currency: 'EUR', open, disputed: 0n, issuedOn: '2026-01-01', dueOn },
    ...more,
  }) as OpenItem;
const old = item('I-1', 100n, '2026-02-01');
const young = item('I-2', 50n, '2026-03-01');
const promised = (eur: bigint) => new Map([['EUR', eur]]);
const asked = (items: OpenItem[], excused = promised(0n)) =>
  dunnableItems(items, excused, businessDay).map(({ invoiceId, amount }) => [invoiceId, amount]);

describe('What a customer may be reminded of', () => {
  it.each([
    { dueOn: '2026-03-03', dunned: false, because: 'it is not due' },
    { dueOn: '2026-03-02', dunned: false, because: 'due today is not overdue' },
    { dueOn: '2026-03-01', dunned: true, because: 'due yesterday is' },
  ])('an item due $dueOn: $dunned, since $because', ({ dueOn, dunned }) =>
    expect(asked([item('I', 10n, dueOn)])).toEqual(dunned ? [['I', 10n]] : []),
  );

  it.each([
    { disputed: 0n, amount: 100n },
    { disputed: 99n, amount: 1n },
    { disputed: 100n, amount: null },
  ])('of an item of which $disputed is contested is $amount', ({ disputed, amount }) =>
    expect(asked([{ ...old, disputed }])).toEqual(amount === null ? [] : [['I-1', amount]]),
  );

  it('is sorted oldest first', () =>
    expect(asked([young, old])).toEqual([
      ['I-1', 100n],
      ['I-2', 50n],
    ]));

  it.each([
    {
      excused: 1n,
      rest: [
        ['I-1', 99n],
        ['I-2', 50n],
      ],
      because: 'the oldest is excused first',
    },
    { excused: 100n, rest: [['I-2', 50n]], because: 'all of it is' },
    { excused: 101n, rest: [['I-2', 49n]], because: 'the rest goes to the next' },
    { excused: 150n, rest: [], because: 'everything is' },
    { excused: 900n, rest: [], because: 'more than everything is no more' },
  ])('leaves $rest when $excused is promised, since $because', ({ excused, rest }) =>
    expect(asked([young, old], promised(excused))).toEqual(rest),
  );

  it('a promise excuses what is not contested, and nothing in another currency', () => {
    expect(asked([{ ...old, disputed: 60n }, young], promised(50n))).toEqual([['I-2', 40n]]);
    expect(asked([item('I', 10n, '2026-02-01', { currency: 'USD' })], promised(50n))).toEqual([['I', 10n]]);
  });

  it('leaves what was promised as it was', () => {
    const before = promised(100n);
    asked([old], before);
    expect(before).toEqual(promised(100n));
  });
});
