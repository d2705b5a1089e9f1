import { describe, expect, it } from '@jest/globals';
import { dayNumber, readHistory, withOrder, type OrderHistory } from './order-history.ts';
import { splitOrders, type LinkedHistory } from './split-orders.ts';

describe('Split orders', () => {
  const rule = { windowDays: 3, threshold: 100n };
  const day = dayNumber('2026-11-21');
  const past = (total: bigint, differs: object = {}) => ({
    ...{ orderId: 'O-1', day, total, salesRepId: 'R-1', ...differs },
  });
  const historyOf = (others: ReturnType<typeof past>[]): OrderHistory => readHistory(others.reduce(withOrder, ''));
  const split = (others: ReturnType<typeof past>[], total = 60n, linked: LinkedHistory[] = []) =>
    splitOrders(historyOf(others), linked, { orderId: 'O-new', day, total, salesRepId: 'R-1' }, rule);

  it.each([
    { others: [past(40n)], total: null, because: 'together they are exactly the threshold' },
    { others: [past(41n)], total: 101n, because: 'together they are more' },
    { others: [past(41n, { salesRepId: 'R-2' })], total: null, because: 'another representative has sold it' },
    { others: [past(41n, { salesRepId: '' })], total: null, because: 'nobody knows who has sold it' },
    { others: [past(41n, { day: dayNumber('2026-11-19') })], total: 101n, because: 'it is two days ago' },
    { others: [past(41n, { day: dayNumber('2026-11-18') })], total: null, because: 'three days are too long ago' },
    {
      others: [past(41n, { day: dayNumber('2026-11-23') })],
      total: 101n,
      because: 'a later one that came earlier counts',
    },
    { others: [past(101n)], total: null, because: 'an order above the threshold is looked at by itself' },
    { others: [past(100n)], total: 160n, because: 'exactly the threshold is within it' },
    { others: [past(41n, { orderId: 'O-new' })], total: null, because: 'it is the same order' },
    { others: [past(30n), past(30n, { orderId: 'O-2' })], total: 120n, because: 'three of them pass it' },
  ])('come to $total, since $because', ({ others, total }) => expect(split(others)?.total ?? null).toBe(total));

  it('are none when the order itself is above the threshold', () => expect(split([past(99n)], 101n)).toBeNull());

  it('say who sold them and how many they are', () =>
    expect(split([past(30n), past(30n, { orderId: 'O-2' })])).toEqual({ salesRepId: 'R-1', orders: 3, total: 120n }));

  it.each([
    { rate: 1n, total: 101n, because: 'names of one buyer are one buyer' },
    { rate: 2n, total: 142n, because: 'amounts are told in the account’s currency' },
    { rate: 3n, total: null, because: 'told so, it is above the threshold by itself' },
    { rate: null, total: null, because: 'without a rate nothing is known of it' },
  ])('of linked customers come to $total, since $because', ({ rate, total }) => {
    const linked = { history: historyOf([past(41n)]), inAccountCurrency: (minor: bigint) => rate && minor * rate };
    expect(split([], 60n, [linked])?.total ?? null).toBe(total);
  });
});
