import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayNumber, ordersKept, readHistory, withOrder, withoutOrder, type OrderHistory } from './order-history.ts';
import { unusualDemand, type OrderAsked } from './unusual-demand.ts';

const order = (orderId: string, total: bigint, placedOn = '2026-11-21') => ({
  ...{ orderId, day: dayNumber(placedOn), total, salesRepId: 'R-1' },
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

  /** As it is told in words, without a thought for how often it is asked. */
  function inWords({ days, totals }: OrderHistory, { day, total }: OrderAsked, rule: typeof week) {
    const lowerMiddle = (values: number[]): number => values.sort((a, b) => a - b)[(values.length - 1) >> 1]!;
    const windowUntil = (end: number): number =>
      totals
        .filter((_, at) => days[at]! > end - rule.windowDays && days[at]! <= end)
        .reduce((sum, one) => sum + one, 0);
    const isMore = (measured: number, usual: number): boolean =>
      usual > 0 && BigInt(measured) * 100n > BigInt(usual) * rule.factor;
    if (totals.length < rule.ordersMin) return null;
    const before = days.filter((one) => one <= day - rule.windowDays);
    const oldest = totals.length >= ordersKept ? Math.min(...days) + rule.windowDays : -Infinity;
    const ends = [...new Set(before)].filter((end) => end >= oldest);
    const usualOrder = lowerMiddle([...totals]);
    const sum = windowUntil(day) + Number(total);
    const usualInWindow = lowerMiddle(ends.map(windowUntil));
    const isUnusualWindow = before.length >= rule.ordersMin && ends.length > 0 && isMore(sum, usualInWindow);
    if (!isUnusualWindow && !isMore(Number(total), usualOrder)) return null;
    return {
      ...{ orders: totals.length, usualOrder: BigInt(usualOrder) },
      inWindow: isUnusualWindow ? BigInt(sum) : null,
      usualInWindow: isUnusualWindow ? BigInt(usualInWindow) : null,
    };
  }

  it('is found as it is told in words, whatever was ordered when', () => {
    const lately = dayNumber('2026-11-21');
    const orders = fc.array(fc.tuple(fc.integer({ min: lately - 40, max: lately + 2 }), fc.nat({ max: 60 })), {
      maxLength: ordersKept,
      size: 'max',
    });
    const rules = fc.record({
      factor: fc.bigInt({ min: 50n, max: 400n }),
      windowDays: fc.integer({ min: 1, max: 12 }),
      ordersMin: fc.integer({ min: 1, max: 8 }),
    });
    const run = fc.property(orders, rules, fc.bigInt({ min: 0n, max: 200n }), (past, rule, total) => {
      const days = past.map(([day]) => day);
      const history = { text: '', starts: [], days, totals: past.map(([, amount]) => amount) };
      const order = { orderId: 'O-new', day: lately, total };
      expect(unusualDemand(history, order, rule)).toEqual(inWords(history, order, rule));
    });
    fc.assert(run, { numRuns: 2_000 });
  });
});
