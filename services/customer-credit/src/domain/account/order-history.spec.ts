import { describe, expect, it } from '@jest/globals';
import { dayNumber, ordersKept, placeOf, readHistory, salesRepAt, withOrder, withoutOrder } from './order-history.ts';

const order = (orderId: string, total: bigint, placedOn = '2026-11-21', salesRepId: string | null = 'R-1') => ({
  ...{ orderId, day: dayNumber(placedOn), total, salesRepId },
});
const historyOf = (...orders: ReturnType<typeof order>[]): string => orders.reduce(withOrder, '');
const idsOf = (text: string): string[] => text.split('\n').flatMap((line) => line.split(' ')[0] || []);

describe('The history of an account’s orders', () => {
  it('is oldest first, with day, amount and representative', () => {
    const text = historyOf(order('O-1', 100_00n, '1970-01-02'), order('O-2', 5n, '1970-01-03', null));
    const history = readHistory(text);
    expect(history).toMatchObject({ days: [1, 2], totals: [100_00, 5] });
    expect([0, 1].map((at) => salesRepAt(history, at))).toEqual(['R-1', '']);
    expect(['O-1', 'O-2', 'O-', '1'].map((orderId) => placeOf(history, orderId))).toEqual([0, 1, -1, -1]);
  });

  it.each(['O-1', 'O-11', 'O-111'])('counts %s once, with its newest version', (orderId) => {
    const text = historyOf(order('O-1', 1n), order('O-11', 1n), order('O-111', 1n), order(orderId, 7n));
    expect(idsOf(text).sort()).toEqual(['O-1', 'O-11', 'O-111']);
    expect([idsOf(text).at(-1), readHistory(text).totals]).toEqual([orderId, [1, 1, 7]]);
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
    const ids = idsOf(historyOf(...orders));
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([ordersKept, 'O-2', `O-${ordersKept + 1}`]);
  });

  it('does not keep amounts that would not add up exactly', () =>
    expect(historyOf(order('O-1', 10n ** 14n), order('O-2', 10n ** 14n - 1n))).toBe('O-2 20778 99999999999999 R-1\n'));
});
