import { describe, expect, it } from '@jest/globals';
import { dayNumber, ordersKept, readHistory, withOrder, withoutOrder } from './order-history.ts';
import { unusualDemand } from './unusual-demand.ts';

const order = (orderId: string, total: bigint, placedOn = '2026-11-21') => ({
  ...{ orderId, placedOn, total, salesRepId: 'R-1' },
});
const historyOf = (...orders: ReturnType<typeof order>[]): string => orders.reduce(withOrder, '');
const asked = (total: bigint, orderId = 'O-new') => ({ orderId, day: dayNumber('2026-11-21'), total });

describe('Unusual demand', () => {
  const spike = { factor: 3_00n, ordersMin: 5 };
  const usual = historyOf(...[100n, 90n, 110n, 100n, 5_000n].map((total, at) => order(`O-${at}`, total, '2026-10-01')));

  it.each([
    { total: 300n, found: null, because: 'exactly three times the usual is within it' },
    {
      total: 301n,
      found: { orders: 5, usualOrder: 100n, inWindow: null, usualInWindow: null },
      because: 'more is not; the one large order has not moved the usual',
    },
  ])('of $total is $found, since $because', ({ total, found }) =>
    expect(unusualDemand(readHistory(usual), asked(total), spike)).toEqual(found),
  );

  it.each([
    { history: withoutOrder(usual, 'O-0'), because: 'four orders are no habit' },
    { history: '', because: 'there is none' },
  ])('is not known when $because', ({ history }) =>
    expect(unusualDemand(readHistory(history), asked(9_999n), spike)).toBeNull(),
  );

  it('leaves the order’s own earlier version out', () =>
    expect(unusualDemand(readHistory(usual), asked(9_999n, 'O-0'), spike)).toBeNull());

  it('of an even number of orders takes the lower middle', () => {
    const even = withOrder(usual, order('O-5', 120n, '2026-10-02'));
    expect(unusualDemand(readHistory(even), asked(9_999n), spike)).toMatchObject({ orders: 6, usualOrder: 100n });
  });

  // Every Monday 100, from 2026-09-07 to 2026-10-12.
  const mondays = ['2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12'];
  const weekly = historyOf(...mondays.map((day, at) => order(`O-${at}`, 100n, day)));
  const week = { ...spike, windowDays: 7 };
  const thisWeek = (...totals: bigint[]): string =>
    totals.reduce((history, total, at) => withOrder(history, order(`N-${at}`, total, '2026-11-17')), weekly);

  it.each([
    { history: thisWeek(150n), total: 150n, found: null, because: 'three times the usual week is within it' },
    {
      history: thisWeek(150n),
      total: 151n,
      found: { orders: 7, usualOrder: 100n, inWindow: 301n, usualInWindow: 100n },
      because: 'together they are more, although neither is',
    },
  ])('of $total in a week is $found, since $because', ({ history, total, found }) =>
    expect(unusualDemand(readHistory(history), asked(total), week)).toEqual(found),
  );

  it('of a window is not known when all of the history lies in it', () => {
    const today = historyOf(...[0, 1, 2, 3, 4, 5].map((at) => order(`O-${at}`, 100n)));
    expect(unusualDemand(readHistory(today), asked(200n), week)).toBeNull();
  });

  it('does not count windows that reach back beyond what is kept', () => {
    const days = Array.from({ length: ordersKept }, (_, at) => `2026-09-${String(1 + (at >> 1)).padStart(2, '0')}`);
    const full = historyOf(...days.map((day, at) => order(`O-${at}`, 100n, day)));
    // Two orders a day: a whole week is 1,400, one at the beginning of what is kept would be as little as 200.
    expect(unusualDemand(readHistory(full), asked(4_300n), week)).toMatchObject({ usualInWindow: 1_400n });
  });
});
