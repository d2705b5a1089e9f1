import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterMovement, noExposure, totalOf } from '../account/exposure.ts';
import {
  addedBy,
  endsWithTheDay,
  isApproved,
  isExpired,
  shareOf,
  unseenOrder,
  type CustomerOrder,
  type OrderStatus,
} from './customer-order.ts';

const order = (differs: Partial<CustomerOrder>): CustomerOrder => ({
  ...unseenOrder('C-1', 'O-1'),
  currency: 'EUR',
  rate: '1',
  ...differs,
});

describe('An order’s share of the exposure: A approved, S shipped, I invoiced', () => {
  it.each([
    { approved: 100n, shipped: 0n, invoiced: 0n, open: 100n, uninvoiced: 0n, because: 'all of it is reserved' },
    { approved: 100n, shipped: 40n, invoiced: 0n, open: 60n, uninvoiced: 40n, because: 'what has left moves on' },
    {
      approved: 100n,
      shipped: 40n,
      invoiced: 40n,
      open: 60n,
      uninvoiced: 0n,
      because: 'what is invoiced is a receivable',
    },
    {
      approved: 100n,
      shipped: 0n,
      invoiced: 30n,
      open: 70n,
      uninvoiced: 0n,
      because: 'invoiced before it left counts once',
    },
    {
      approved: 100n,
      shipped: 40n,
      invoiced: 70n,
      open: 30n,
      uninvoiced: 0n,
      because: 'the larger of shipped and invoiced is used up',
    },
    {
      approved: 100n,
      shipped: 130n,
      invoiced: 0n,
      open: 0n,
      uninvoiced: 130n,
      because: 'too much shipped is exposure, never a negative rest',
    },
    {
      approved: 100n,
      shipped: 100n,
      invoiced: 130n,
      open: 0n,
      uninvoiced: 0n,
      because: 'a surplus invoiced is a receivable alone',
    },
    {
      approved: 0n,
      shipped: 50n,
      invoiced: 0n,
      open: 0n,
      uninvoiced: 50n,
      because: 'goods that left unapproved are exposure',
    },
    {
      approved: 0n,
      shipped: 50n,
      invoiced: 20n,
      open: 0n,
      uninvoiced: 30n,
      because: 'also when held after an amendment',
    },
  ])('A $approved, S $shipped, I $invoiced: $open open, $uninvoiced to invoice, since $because', (row) => {
    const { open: openOrders, uninvoiced: shippedNotInvoiced, because: _, ...amounts } = row;
    expect(shareOf(order(amounts), 'EUR')).toEqual({ ...noExposure, openOrders, shippedNotInvoiced });
  });

  it.each([
    { differs: { rate: null }, accountCurrency: 'EUR', because: 'there was no rate' },
    { differs: { currency: null }, accountCurrency: 'EUR', because: 'nothing is known of it yet' },
    { differs: {}, accountCurrency: null, because: 'the customer has no account' },
  ])('is nothing while $because', ({ differs, accountCurrency }) =>
    expect(shareOf(order({ approved: 100n, shipped: 50n, ...differs }), accountCurrency)).toEqual(noExposure),
  );

  it('is converted at the order’s own rate', () => {
    const foreign = order({ currency: 'USD', rate: '0.92', approved: 100_00n, shipped: 40_00n });
    expect(shareOf(foreign, 'EUR')).toEqual({ ...noExposure, openOrders: 55_20n, shippedNotInvoiced: 36_80n });
  });
});

describe('What an order adds if approved', () => {
  it.each([
    { total: 100n, shipped: 0n, invoiced: 0n, prepaid: false, adds: 100n, because: 'it is all new' },
    {
      total: 100n,
      shipped: 30n,
      invoiced: 10n,
      prepaid: false,
      adds: 70n,
      because: 'what has left is exposure already',
    },
    {
      total: 100n,
      shipped: 30n,
      invoiced: 60n,
      prepaid: false,
      adds: 40n,
      because: 'what is invoiced is exposure already',
    },
    { total: 100n, shipped: 100n, invoiced: 0n, prepaid: false, adds: 0n, because: 'everything has left' },
    { total: 100n, shipped: 120n, invoiced: 0n, prepaid: false, adds: 0n, because: 'it never gives credit back' },
    { total: 100n, shipped: 0n, invoiced: 0n, prepaid: true, adds: 0n, because: 'prepaid reserves nothing' },
    { total: 0n, shipped: 0n, invoiced: 0n, prepaid: false, adds: 0n, because: 'nothing costs nothing' },
  ])('$total with $shipped shipped, $invoiced invoiced: $adds, since $because', ({ adds, because: _, ...figures }) =>
    expect(addedBy(figures)).toBe(adds),
  );
});

describe('An approval is in force', () => {
  it.each<{ status: OrderStatus; inForce: boolean }>([
    { status: 'approved', inForce: true },
    { status: 'released', inForce: true },
    { status: 'held', inForce: false },
    { status: 'cancelled', inForce: false },
    { status: 'none', inForce: false },
  ])('$status: $inForce', ({ status, inForce }) => expect(isApproved(order({ status }))).toBe(inForce));
});

describe('An approval of 100.00 until 7 March', () => {
  const approval = { ceiling: 110_00n, validUntil: '2026-03-07' };
  it.each([
    { day: '2026-03-07', differs: {}, expired: false, ended: false, because: 'its last day is one of its days' },
    { day: '2026-03-08', differs: {}, expired: true, ended: true, because: 'nothing has left' },
    { day: '2026-03-08', differs: { shipped: 99_99n }, expired: true, ended: true, because: 'a cent is left' },
    { day: '2026-03-08', differs: { shipped: 100_00n }, expired: false, ended: false, because: 'all has left' },
    { day: '2026-03-08', differs: { invoiced: 99_99n }, expired: true, ended: true, because: 'a cent is reserved' },
    { day: '2026-03-08', differs: { invoiced: 100_00n }, expired: true, ended: false, because: 'all is invoiced' },
    { day: '2026-03-08', differs: { status: 'held' }, expired: false, ended: false, because: 'it was taken back' },
  ] as const)(
    'on $day: expired $expired, ended by the day $ended, since $because',
    ({ day, differs, expired, ended }) => {
      const its = order({ status: 'approved', total: 100_00n, approved: 100_00n, approval, ...differs });
      expect([isExpired(its, day), endsWithTheDay(its, day)]).toEqual([expired, ended]);
    },
  );
});

describe('Whatever happens to an order, in whatever order', () => {
  const minor = fc.bigInt({ min: 0n, max: 500n });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('approve' as const), minor }),
    fc.record({ kind: fc.constant('ship' as const), minor }),
    fc.record({ kind: fc.constant('return' as const), minor }),
    fc.record({ kind: fc.constant('invoice' as const), minor }),
    fc.record({ kind: fc.constant('credit' as const), minor }),
    fc.record({ kind: fc.constant('cancel' as const), minor }),
  );
  const less = (amount: bigint, part: bigint): bigint => (part > amount ? 0n : amount - part);
  function apply(to: CustomerOrder, { kind, minor: amount }: { kind: string; minor: bigint }): void {
    if (kind === 'approve') to.approved = amount;
    if (kind === 'ship') to.shipped += amount;
    if (kind === 'return') to.shipped = less(to.shipped, amount);
    if (kind === 'invoice') to.invoiced += amount;
    if (kind === 'credit') to.invoiced = less(to.invoiced, amount);
    if (kind === 'cancel') to.approved = 0n;
  }

  it('no bucket goes below zero, the movements sum to the share, and shipping moves without losing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom('1', '0.9137', '3.14159'), (steps, rate) => {
        const its = order({ currency: 'USD', rate });
        let ledger = { ...noExposure };
        for (const one of steps) {
          const before = shareOf(its, 'EUR');
          apply(its, one);
          const after = shareOf(its, 'EUR');
          expect(after.openOrders >= 0n && after.shippedNotInvoiced >= 0n).toBe(true);
          ledger = afterMovement(ledger, {
            ...noExposure,
            openOrders: after.openOrders - before.openOrders,
            shippedNotInvoiced: after.shippedNotInvoiced - before.shippedNotInvoiced,
          });
        }
        expect(ledger).toEqual(shareOf(its, 'EUR'));
      }),
      { numRuns: 500 },
    );
  });

  it('once shipped and invoiced in full nothing of it is left, in any parts and at any rate', () => {
    const parts = fc.array(minor, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.constantFrom('1', '0.9137', '151.33'), (amounts, rate) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0n);
        const its = order({ currency: 'USD', rate, total, approved: total });
        for (const amount of amounts) {
          its.shipped += amount;
          its.invoiced += amount;
        }
        expect(totalOf(shareOf(its, 'EUR'))).toBe(0n);
      }),
      { numRuns: 300 },
    );
  });
});
