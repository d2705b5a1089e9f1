import { describe, expect, it } from '@jest/globals';
import { ageing, oldestOverdueDays, overdue } from './ageing.ts';

const today = '2026-11-21';
const due = (dueOn: string, open = 100n) => ({ dueOn, open });

describe('ageing', () => {
  it.each([
    { dueOn: '2026-12-31', bucket: 'not-due', because: 'it is not due yet' },
    { dueOn: '2026-11-21', bucket: 'not-due', because: 'due today is not overdue' },
    { dueOn: '2026-11-20', bucket: '1-30', because: 'due yesterday is 1 day overdue' },
    { dueOn: '2026-10-22', bucket: '1-30', because: 'day 30' },
    { dueOn: '2026-10-21', bucket: '31-60', because: 'day 31' },
    { dueOn: '2026-09-22', bucket: '31-60', because: 'day 60' },
    { dueOn: '2026-09-21', bucket: '61-90', because: 'day 61' },
    { dueOn: '2026-08-23', bucket: '61-90', because: 'day 90' },
    { dueOn: '2026-08-22', bucket: 'over-90', because: 'day 91' },
  ])('puts what is due on $dueOn into $bucket: $because', ({ dueOn, bucket }) => {
    const filled = ageing([due(dueOn)], today).filter(({ amount }) => amount > 0n);
    expect(filled).toEqual([{ bucket, amount: 100n }]);
  });

  it('names every bucket and sums within it', () => {
    expect(ageing([due('2026-11-01', 5n), due('2026-11-02', 7n)], today)).toEqual([
      { bucket: 'not-due', amount: 0n },
      { bucket: '1-30', amount: 12n },
      { bucket: '31-60', amount: 0n },
      { bucket: '61-90', amount: 0n },
      { bucket: 'over-90', amount: 0n },
    ]);
  });

  it('takes other bounds and other amounts', () => {
    const aged = ageing([due('2026-11-01')], today, { bounds: [0, 15], amountOf: ({ open }) => open * 2n });
    expect(aged).toEqual([
      { bucket: 'not-due', amount: 0n },
      { bucket: '1-15', amount: 0n },
      { bucket: 'over-15', amount: 200n },
    ]);
  });
});

describe('what is overdue', () => {
  const items = [due('2026-11-21'), due('2026-11-20'), due('2026-10-22'), due('2026-01-01', 0n)];

  it('leaves out what is due today and what is paid', () =>
    expect(overdue(items, today).map(({ dueOn }) => dueOn)).toEqual(['2026-11-20', '2026-10-22']));
  it('is as old as its oldest item', () => expect(oldestOverdueDays(items, today)).toBe(30));
  it('is 0 days old when there is nothing', () => expect(oldestOverdueDays([due(today)], today)).toBe(0));
});
