import { describe, expect, it } from '@jest/globals';
import { unseenOrder, usualConditions, type CustomerOrder } from './customer-order.ts';
import { takeVersion, type OrderVersion } from './take-version.ts';

const day = '2026-11-21';
const terms = (paymentTermsDays: number) => ({ ...usualConditions, paymentTermsDays });
const placedAt = new Date('2026-11-01T10:00:00Z');

/** Version 2 of an order of 100.00 EUR, approved up to 110.00 until today. */
const approved = (differs: Partial<CustomerOrder> = {}): CustomerOrder => ({
  ...unseenOrder('C-1', 'O-1'),
  version: 2,
  contentHash: 'second',
  status: 'approved',
  currency: 'EUR',
  rate: '1',
  total: 100_00n,
  approved: 100_00n,
  approval: { ceiling: 110_00n, validUntil: day },
  conditions: terms(30),
  placedAt,
  ...differs,
});
const incoming = (differs: Partial<OrderVersion> = {}): OrderVersion => ({
  orderId: 'O-1',
  version: 3,
  contentHash: 'third',
  currency: 'EUR',
  total: 105_00n,
  conditions: terms(30),
  prepaid: false,
  placedAt,
  urgency: { requestedDeliveryOn: null, priority: null },
  ...differs,
});

describe('A version of an order that was not seen', () => {
  it.each([
    { version: 1, because: 'it is the first' },
    { version: 7, because: 'versions may have gaps, and an amendment of an unknown order is a place' },
  ])('$version is decided, since $because', ({ version }) =>
    expect(takeVersion(unseenOrder('C-1', 'O-1'), incoming({ version }), day)).toEqual({ outcome: 'decide' }),
  );

  it('is decided when goods have left already', () =>
    expect(takeVersion({ ...unseenOrder('C-1', 'O-1'), shipped: 5n }, incoming(), day)).toEqual({ outcome: 'decide' }));
});

describe('A version that came before', () => {
  it.each([
    { version: 1, contentHash: 'other', because: 'superseded' },
    { version: 2, contentHash: 'second', because: 'already-decided' },
  ])('$version is ignored: $because', ({ version, contentHash, because }) =>
    expect(takeVersion(approved(), incoming({ version, contentHash }), day)).toEqual({ outcome: 'ignored', because }),
  );

  it('is refused with other content, and told how to do it right', () => {
    const taken = takeVersion(approved(), incoming({ version: 2, contentHash: 'other' }), day);
    expect(taken).toMatchObject({ outcome: 'refused', violation: expect.stringMatching(/higher orderVersion/) });
  });

  it('is ignored once the order is cancelled, whatever it says: cancel is final', () => {
    const cancelled = approved({ status: 'cancelled', approved: 0n, approval: null });
    for (const version of [1, 2, 3])
      expect(takeVersion(cancelled, incoming({ version }), day)).toEqual({ outcome: 'ignored', because: 'cancelled' });
  });

  it('is ignored when the cancellation came before the place', () =>
    expect(takeVersion({ ...unseenOrder('C-1', 'O-1'), status: 'cancelled' }, incoming(), day)).toMatchObject({
      because: 'cancelled',
    }));
});

describe('An amendment of an approved order', () => {
  it.each([
    { change: { total: 110_00n }, keeps: true, because: 'exactly the ceiling is still within it' },
    { change: { total: 110_01n }, keeps: false, because: 'it is above the ceiling' },
    { change: { total: 100_00n }, keeps: true, because: 'nothing that counts has changed' },
    {
      change: { total: 100_00n, conditions: terms(90) },
      keeps: false,
      because: 'the same amount on other conditions is no decrease',
    },
    { change: { total: 105_00n, conditions: terms(90) }, keeps: false, because: 'other conditions are decided again' },
    { change: { total: 99_99n, conditions: terms(90) }, keeps: true, because: 'a decrease always passes' },
    { change: { total: 0n }, keeps: true, because: 'nothing is the largest decrease' },
    { change: { total: 1n, currency: 'USD' }, keeps: false, because: 'amounts of two currencies do not compare' },
    {
      change: { total: 99_00n, prepaid: true, conditions: { ...usualConditions, paymentMethod: 'prepaid' as const } },
      keeps: false,
      because: 'prepaid reserves nothing: another deal',
    },
  ])('to $change: keeps its approval $keeps, since $because', ({ change, keeps }) =>
    expect(takeVersion(approved(), incoming(change), day).outcome).toBe(keeps ? 'keeps-approval' : 'decide'),
  );

  it.each([
    { validUntil: '2026-11-21', total: 105_00n, keeps: true, because: 'the last day counts' },
    { validUntil: '2026-11-20', total: 105_00n, keeps: false, because: 'yesterday was the last day' },
    { validUntil: '2026-11-20', total: 99_00n, keeps: true, because: 'a decrease always passes' },
  ])('to $total, valid until $validUntil: keeps $keeps, since $because', ({ validUntil, total, keeps }) => {
    const order = approved({ approval: { ceiling: 110_00n, validUntil } });
    expect(takeVersion(order, incoming({ total }), day).outcome).toBe(keeps ? 'keeps-approval' : 'decide');
  });

  it('keeps a released order’s approval alike', () =>
    expect(takeVersion(approved({ status: 'released' }), incoming(), day)).toEqual({ outcome: 'keeps-approval' }));

  it('of a held order is decided anew, also when it asks for less', () => {
    const held = approved({ status: 'held', approved: 0n, approval: null, heldFor: ['credit-limit-exceeded'] });
    expect(takeVersion(held, incoming({ total: 1n }), day)).toEqual({ outcome: 'decide' });
  });
});
