import { describe, expect, it } from '@jest/globals';
import {
  dayNumber,
  markOfSalesRep,
  ordersKept,
  placeOf,
  readHistory,
  salesRepAt,
  withOrder,
  withoutOrder,
} from './order-history.ts';

const order = (orderId: string, total: bigint, placedOn = '2026-11-21', salesRepId: string | null = 'R-1') => ({
  ...{ orderId, day: dayNumber(placedOn), total, salesRepId },
});
const historyOf = (...orders: ReturnType<typeof order>[]): string => orders.reduce(withOrder, '');
/** The amounts tell the orders apart. */
const totalsOf = (text: string): number[] => readHistory(text).totals;

describe('The history of an account’s orders', () => {
  it('is oldest first, with day, amount and representative', () => {
    const text = historyOf(order('O-1', 100_00n, '1970-01-02'), order('O-2', 5n, '1970-01-03', null));
    const history = readHistory(text);
    expect(history).toMatchObject({ days: [1, 2], totals: [100_00, 5] });
    expect([0, 1].map((at) => salesRepAt(history, at))).toEqual(['R-1', null].map(markOfSalesRep));
    expect(['O-1', 'O-2', 'O-', '1'].map((orderId) => placeOf(history, orderId))).toEqual([0, 1, -1, -1]);
  });

  it.each([
    { orderId: 'O-1', totals: [2, 3, 7] },
    { orderId: 'O-11', totals: [1, 3, 7] },
    { orderId: 'O-111', totals: [1, 2, 7] },
  ])('counts $orderId once, with its newest version', ({ orderId, totals }) => {
    const text = historyOf(order('O-1', 1n), order('O-11', 2n), order('O-111', 3n), order(orderId, 7n));
    expect(totalsOf(text)).toEqual(totals);
  });

  it('forgets a cancelled order, and does not mind one that it does not know', () => {
    const history = historyOf(order('O-1', 1n), order('O-2', 2n));
    expect(withoutOrder(history, 'O-1')).toBe(historyOf(order('O-2', 2n)));
    expect(withoutOrder(history, 'O-2')).toBe(historyOf(order('O-1', 1n)));
    expect(withoutOrder(history, 'O-3')).toBe(history);
    expect(withoutOrder('', 'O-1')).toBe('');
  });

  it('keeps the newest forty', () => {
    const orders = Array.from({ length: ordersKept + 2 }, (_, at) => order(`O-${at}`, BigInt(at)));
    const totals = totalsOf(historyOf(...orders));
    expect([totals.length, totals[0], totals.at(-1)]).toEqual([ordersKept, 2, ordersKept + 1]);
  });

  it('does not keep amounts that would not add up exactly', () =>
    expect(totalsOf(historyOf(order('O-1', 10n ** 14n), order('O-2', 10n ** 14n - 1n)))).toEqual([99_999_999_999_999]));

  it.each(['R-1', 'a representative whose id is as long as an id may be, sixty-four'])(
    'takes as little room for %s as for anybody',
    (salesRepId) => {
      const orderId = 'an order whose id is as long as an id may be, which is sixty-four.';
      expect(historyOf(order(orderId, 12_345_67n, '2026-11-21', salesRepId))).toHaveLength(
        'mark8___rep4qglj g11\n'.length,
      );
      expect(placeOf(readHistory(historyOf(order(orderId, 1n))), orderId)).toBe(0);
    },
  );

  it('tells sales representatives and orders apart', () => {
    const marks = Array.from({ length: 1_000 }, (_, at) => markOfSalesRep(`R-${at}`));
    expect(new Set(marks).size).toBe(1_000);
    const orders = Array.from({ length: ordersKept }, (_, at) => order(`O-${at}`, BigInt(at)));
    const history = readHistory(historyOf(...orders));
    expect(orders.map(({ orderId }) => placeOf(history, orderId))).toEqual(history.totals);
  });
});
