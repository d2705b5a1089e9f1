import { describe, expect, it } from '@jest/globals';
import {
  unseenOrder,
  usualConditions,
  type CustomerOrder,
} from '../../../../services/customer-credit/src/domain/order/customer-order.ts';
import type { Parameters } from '../../../../services/customer-credit/src/domain/policy/parameters.ts';
import { earlierOrders, OrdersThen } from './orders-then.ts';

const order = (orderId: string, day: string, total: bigint, fields: Partial<CustomerOrder> = {}): CustomerOrder => ({
  ...unseenOrder('C-1', orderId),
  ...{ status: 'approved', currency: 'EUR', rate: '1', total, placedAt: new Date(`${day}T10:00:00Z`) },
  ...fields,
});
const buyer = { currency: 'EUR', salesRepId: 'R-1' };
const spike = { demandSpike: { factor: 200n, ordersMin: 3 } } as unknown as Parameters;
const splitting = { orderSplitting: { windowDays: 3, threshold: 100n } } as unknown as Parameters;

describe('Earlier orders', () => {
  const usual = [1, 2, 3].map((day) => order(`SO-${day}`, `2026-03-0${day}`, 100n));
  const asked = order('SO-9', '2026-03-09', 201n);

  it('are those that were placed before, in whatever order they are stored', () => {
    const then = new OrdersThen(buyer, [asked, order('SO-10', '2026-03-10', 100_000n), ...usual.toReversed()]);
    expect(earlierOrders(then, [], 'SO-9', 201n, spike).demand).toMatchObject({ orders: 3, usualOrder: 100n });
    expect(earlierOrders(then, [], 'SO-9', 200n, spike).demand).toBeNull();
    expect(earlierOrders(then, [], 'SO-3', 201n, spike).demand).toBeNull();
  });

  it('are not those that were cancelled or had no rate', () => {
    const [first, ...others] = usual;
    for (const gone of [{ status: 'cancelled' } as const, { rate: null }]) {
      const then = new OrdersThen(buyer, [{ ...first!, ...gone }, ...others, asked]);
      expect(earlierOrders(then, [], 'SO-9', 201n, spike).demand).toBeNull();
    }
  });

  it('of linked customers count, by the same representative and before the order', () => {
    const own = new OrdersThen(buyer, [order('SO-9', '2026-03-09', 60n)]);
    const other = (day: string, salesRepId: string | null = null) =>
      new OrdersThen({ currency: 'EUR', salesRepId: 'R-1' }, [
        order('X-1', day, 60n, { customerId: 'C-2', conditions: { ...usualConditions, salesRepId } }),
      ]);
    const split = (linked: OrdersThen) => earlierOrders(own, [linked], 'SO-9', 60n, splitting).split;
    expect(split(other('2026-03-08'))).toEqual({ salesRepId: 'R-1', orders: 2, total: 120n });
    expect([split(other('2026-03-06')), split(other('2026-03-10')), split(other('2026-03-08', 'R-2'))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('of an order that is not stored any more are not known', () =>
    expect(earlierOrders(new OrdersThen(buyer, usual), [], 'SO-9', 201n, spike)).toEqual({
      demand: null,
      split: null,
    }));
});
