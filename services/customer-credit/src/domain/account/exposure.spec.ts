import { describe, expect, it } from '@jest/globals';
import { afterMovement, movesNothing, noExposure, totalOf, type Exposure } from './exposure.ts';

const each: Exposure = {
  openOrders: 1n,
  shippedNotInvoiced: 20n,
  receivables: 300n,
  instrumentsInHand: 4_000n,
  unallocatedCredits: 50_000n,
};
const buckets = Object.keys(noExposure) as (keyof Exposure)[];

describe('Exposure', () => {
  it('is what the customer would owe, less the credits that are not assigned yet', () =>
    expect(totalOf(each)).toBe(4_321n - 50_000n));

  it.each(buckets)('moves %s and nothing else', (bucket) => {
    const movement = { ...noExposure, [bucket]: -7n };
    expect(afterMovement(each, movement)).toEqual({ ...each, [bucket]: each[bucket] - 7n });
    expect(movesNothing(movement)).toBe(false);
  });

  it('a movement between buckets keeps the total', () => {
    const shipped = { ...noExposure, openOrders: -1n, shippedNotInvoiced: 1n };
    expect(totalOf(afterMovement(each, shipped))).toBe(totalOf(each));
  });

  it('knows when nothing moves', () => expect(movesNothing({ ...noExposure })).toBe(true));
});
