import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unseenOrder, type CustomerOrder, type OrderStatus } from './customer-order.ts';
import { leftToShip, noGoods, restOfOrder, withGoods, type OrderGoods } from './order-goods.ts';

const approval = { ceiling: 110_00n, validUntil: '2026-12-21' };
const goods = (differs: Partial<OrderGoods>): OrderGoods => ({ ...noGoods, ...differs });

/** 100.00 EUR, approved up to 110.00. */
const order = (differs: Partial<CustomerOrder> = {}): CustomerOrder => ({
  ...unseenOrder('C-1', 'O-1'),
  ...{ status: 'approved', currency: 'EUR', rate: '1', total: 100_00n, approved: 100_00n, approval },
  ...differs,
});

describe('What may still be shipped', () => {
  it.each([
    { of: order(), left: 110_00n, because: 'the ceiling allows it, not the amount' },
    { of: order({ shipped: 60_00n }), left: 50_00n, because: 'what has left is taken from the ceiling' },
    { of: order({ goods: goods({ authorized: 60_00n }) }), left: 50_00n, because: 'so is what is authorized' },
    { of: order({ shipped: 60_00n, invoiced: 100_00n }), left: 50_00n, because: 'invoices do not matter' },
    {
      of: order({ shipped: 30_00n, goods: goods({ authorized: 60_00n }) }),
      left: 20_00n,
      because: 'both are taken from the ceiling',
    },
    { of: order({ shipped: 150_00n }), left: 0n, because: 'more than the ceiling has left, and nothing is less' },
    { of: order({ status: 'released' }), left: 110_00n, because: 'a release is an approval' },
    {
      of: order({ approved: 0n, prepaid: true }),
      left: 110_00n,
      because: 'a prepaid order reserves nothing, and ships',
    },
    { of: order({ approval: null }), left: 0n, because: 'a final shipment has left' },
    ...(['held', 'declined', 'cancelled', 'expired', 'none'] as const).map((status: OrderStatus) => ({
      of: order({ status }),
      left: 0n,
      because: `it is ${status}`,
    })),
  ])('is $left, since $because', ({ of, left }) => expect(leftToShip(of)).toBe(left));

  it.each([
    { of: order(), rest: 100_00n, because: 'the order is for no more than that' },
    { of: order({ shipped: 30_00n, goods: goods({ authorized: 60_00n }) }), rest: 10_00n, because: 'the rest is out' },
    { of: order({ shipped: 101_00n }), rest: 0n, because: 'more has left' },
  ])('unless it is named, is $rest, since $because', ({ of, rest }) => expect(restOfOrder(of)).toBe(rest));
});

describe('After a change of the order', () => {
  const after = (of: CustomerOrder) => withGoods(of, 9n, '2026-11-23').goods;

  it.each([
    { of: order(), becomes: null, because: 'nothing has to do with goods' },
    { of: order({ invoiced: 100_00n }), becomes: null, because: 'an invoice alone says nothing of goods' },
    {
      of: order({ shipped: 1n }),
      becomes: goods({ uninvoicedSince: '2026-11-23' }),
      because: 'goods are out without an invoice from this day on',
    },
    {
      of: order({ shipped: 2n, invoiced: 1n, goods: goods({ uninvoicedSince: '2026-11-20' }) }),
      becomes: goods({ uninvoicedSince: '2026-11-20' }),
      because: 'some of them still are',
    },
    {
      of: order({ shipped: 2n, invoiced: 2n, goods: goods({ uninvoicedSince: '2026-11-20' }) }),
      becomes: noGoods,
      because: 'all are invoiced',
    },
    {
      of: order({ goods: goods({ authorized: 5n, lapsedUntil: 3n }) }),
      becomes: goods({ authorized: 5n, lapsedUntil: 3n }),
      because: 'authorizations last as long as the approval',
    },
    ...(['held', 'declined', 'cancelled', 'expired'] as const).map((status: OrderStatus) => ({
      of: order({ status, goods: goods({ authorized: 5n, lapsedUntil: 3n }) }),
      becomes: goods({ lapsedUntil: 9n }),
      because: `authorizations lapse with the approval of an order that is ${status}`,
    })),
    {
      of: order({ approval: null, goods: goods({ authorized: 5n }) }),
      becomes: goods({ lapsedUntil: 9n }),
      because: 'nothing more may leave after the final shipment',
    },
    {
      of: order({ status: 'held', goods: goods({ lapsedUntil: 3n }) }),
      becomes: goods({ lapsedUntil: 3n }),
      because: 'nothing was authorized that could lapse',
    },
  ])('goods are $becomes, since $because', ({ of, becomes }) => expect(after(of)).toEqual(becomes));
});

describe('Whatever is authorized, shipped and taken back', () => {
  const minor = fc.bigInt({ min: 0n, max: 60_00n });

  it('what is left and what stands authorized or has left are the ceiling, or more has left than that', () =>
    fc.assert(
      fc.property(minor, minor, (authorized, shipped) => {
        const its = order({ shipped, goods: goods({ authorized }) });
        const out = authorized + shipped;
        expect(leftToShip(its) + out).toBe(out > approval.ceiling ? out : approval.ceiling);
      }),
    ));
});
