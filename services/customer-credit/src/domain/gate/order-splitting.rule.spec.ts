import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { orderSplittingRule } from './order-splitting.rule.ts';
import type { SplitFacts } from './rule.ts';

const asked = (total: bigint | null, split: Omit<SplitFacts, 'salesRepId'> | null) =>
  orderSplittingRule(
    gateFacts({
      order: { total, split: split && { salesRepId: 'R-7', ...split } },
      parameters: { orderSplitting: { windowDays: 3, threshold: 100_00n } },
    }),
  );

describe('order-splitting', () => {
  it.each([
    { total: 60_00n, split: { orders: 2, total: 100_00n }, held: false, because: 'together exactly the threshold' },
    { total: 60_00n, split: { orders: 2, total: 100_01n }, held: true, because: 'together one cent more' },
    { total: 100_00n, split: { orders: 2, total: 160_00n }, held: true, because: 'exactly the threshold is within it' },
    { total: 100_01n, split: { orders: 2, total: 160_00n }, held: false, because: 'an order above it is not split' },
    { total: 90_00n, split: { orders: 1, total: 120_00n }, held: false, because: 'one order is no split' },
    { total: 90_00n, split: null, held: false, because: 'nobody knows its representative' },
    { total: null, split: { orders: 3, total: 300_00n }, held: false, because: 'without a rate it is not asked' },
  ])('$total of $split: held $held, since $because', ({ total, split, held }) =>
    expect(asked(total, split) !== null).toBe(held),
  );

  it('passes when the policy does not name it', () =>
    expect(
      orderSplittingRule(gateFacts({ order: { split: { salesRepId: 'R-7', orders: 9, total: 900_00n } } })),
    ).toBeNull());

  it('names how many they are and what they come to', () =>
    expect(asked(60_00n, { orders: 3, total: 180_00n })).toEqual({
      code: 'order-splitting',
      message: '3 orders by representative R-7 within 3 days, each within 100.00 EUR, come to 180.00 EUR',
      ...{ measured: '180.00', threshold: '100.00', unit: 'EUR' },
    }));
});
