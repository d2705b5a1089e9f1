import type { Book } from './book.ts';
import type { Credit } from './credit.ts';

/** Sums of a book in minor units of the account's currency. What is unconverted counts 0. */
export interface Totals {
  receivables: bigint;
  instrumentsInHand: bigint;
  unallocatedCredits: bigint;
  /** Invoices less credit notes that name them, by order. */
  invoicedByOrder: Map<string, bigint>;
}

export const noTotals = (): Totals => ({
  receivables: 0n,
  instrumentsInHand: 0n,
  unallocatedCredits: 0n,
  invoicedByOrder: new Map(),
});

/** The sums of what is loaded; with a whole book, the sum of all movements so far. */
export function totalsOf(book: Book): Totals {
  const totals = noTotals();
  for (const item of [...book.items.values()].flat()) {
    totals.receivables += item.bookedOpen ?? 0n;
    if (item.orderId !== null) addInvoiced(totals, item.orderId, item.bookedInvoiced ?? 0n);
  }
  for (const credit of book.credits.values()) {
    totals.unallocatedCredits += credit.bookedUnallocated ?? 0n;
    totals.instrumentsInHand += inHand(credit);
  }
  return totals;
}

/**
 * What an instrument counts for until it clears: the items it paid at their own rates, and its rest at its rate. So
 * receiving and bouncing one leave the customer's exposure exactly as it was.
 */
export function inHand(credit: Credit): bigint {
  if (credit.state !== 'in-hand') return 0n;
  return credit.allocations.reduce((sum, { booked }) => sum + (booked ?? 0n), credit.bookedUnallocated ?? 0n);
}

/** Adds to an order's invoiced sum; an order whose sum did not change is not named. */
export function addInvoiced({ invoicedByOrder }: Totals, orderId: string, delta: bigint): void {
  const sum = (invoicedByOrder.get(orderId) ?? 0n) + delta;
  if (sum === 0n) invoicedByOrder.delete(orderId);
  else invoicedByOrder.set(orderId, sum);
}
