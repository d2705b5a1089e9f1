import { describe, expect, it } from '@jest/globals';
import { unseenOrder } from '../order/customer-order.ts';
import type { CreditHold } from './credit-hold.ts';
import { inReleaseOrder, type HeldCase } from './release-order.ts';

interface Drawn {
  hour: number;
  amount: bigint | null;
  own: number | null;
  score: number;
}

const heldCase = (orderId: string, { hour, amount, own, score }: Drawn): HeldCase => ({
  order: { ...unseenOrder('C', orderId), placedAt: new Date(Date.UTC(2026, 2, 2, hour)) },
  hold: {
    totalInAccountCurrency: amount,
    urgency: { requestedDeliveryOn: null, priority: own },
    priority: score,
  } as CreditHold,
});

const held = [
  heldCase('late-and-small', { hour: 9, amount: 10n, own: null, score: 50 }),
  heldCase('early-and-large', { hour: 7, amount: 900n, own: 3, score: 10 }),
  heldCase('unknown-amount', { hour: 8, amount: null, own: 3, score: 20 }),
  heldCase('urgent', { hour: 10, amount: 500n, own: 8, score: 0 }),
  heldCase('as-late-and-small', { hour: 9, amount: 10n, own: 0, score: 0 }),
];

describe('When credit comes free, held orders are asked', () => {
  it.each([
    {
      order: 'oldest-first' as const,
      asked: ['early-and-large', 'unknown-amount', 'as-late-and-small', 'late-and-small', 'urgent'],
    },
    {
      order: 'smallest-first' as const,
      asked: ['as-late-and-small', 'late-and-small', 'urgent', 'early-and-large', 'unknown-amount'],
    },
    {
      order: 'priority' as const,
      asked: ['urgent', 'unknown-amount', 'early-and-large', 'as-late-and-small', 'late-and-small'],
    },
  ])('$order', ({ order, asked }) => {
    expect(inReleaseOrder(held, order).map(({ order: { orderId } }) => orderId)).toEqual(asked);
  });
});
