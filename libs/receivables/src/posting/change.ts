import { divideHalfEven } from '@ordergate/money';
import type { Book } from '../book/book.ts';
import type { Allocation, Credit } from '../book/credit.ts';
import type { OpenItem } from '../book/open-item.ts';
import { addInvoiced } from '../book/totals.ts';
import type { Movement, Rates } from '../outcome.ts';

/** One event at work on a book. Every function here moves a row and its sum together, so that they cannot part. */
export interface Change {
  readonly book: Book;
  readonly rates: Rates;
  readonly movement: Movement;
}

/**
 * What of `booked` goes with `part` of `whole`: in proportion, rounded half-even; the last part takes the rest, so that
 * both reach zero together and no cent is left behind by rounding.
 */
export function bookedPart(part: bigint, whole: bigint, booked: bigint): bigint {
  return part === whole ? booked : divideHalfEven(booked * part, whole);
}

/** Takes a paid part off an item; returns it in the account's currency. */
export function relieve({ book, movement }: Change, item: OpenItem, part: bigint): bigint | null {
  const booked = item.bookedOpen === null ? null : bookedPart(part, item.open, item.bookedOpen);
  item.open -= part;
  book.changes.items.add(item);
  if (booked === null || item.bookedOpen === null) return null;
  item.bookedOpen -= booked;
  movement.receivables -= booked;
  return booked;
}

/** Takes a credited part off what the invoice stands for. */
export function lessenInvoiced({ book, movement }: Change, item: OpenItem, part: bigint): void {
  const booked = item.bookedInvoiced === null ? null : bookedPart(part, item.invoiced, item.bookedInvoiced);
  item.invoiced -= part;
  book.changes.items.add(item);
  if (booked === null || item.bookedInvoiced === null) return;
  item.bookedInvoiced -= booked;
  if (item.orderId !== null) addInvoiced(movement, item.orderId, -booked);
}

/** Takes what has paid something, or was never worth anything, out of a credit's rest. */
export function take({ book, movement }: Change, credit: Credit, part: bigint): void {
  const booked =
    credit.bookedUnallocated === null ? null : bookedPart(part, credit.unallocated, credit.bookedUnallocated);
  credit.unallocated -= part;
  book.changes.credits.add(credit);
  if (booked === null || credit.bookedUnallocated === null) return;
  credit.bookedUnallocated -= booked;
  movement.unallocatedCredits -= booked;
  if (credit.state === 'in-hand') movement.instrumentsInHand -= booked;
}

/** Notes what a credit paid of an item. */
export function allocate({ book, movement }: Change, credit: Credit, paid: Allocation): void {
  const earlier = credit.allocations.find(
    ({ invoiceId, instalmentNo }) => invoiceId === paid.invoiceId && instalmentNo === paid.instalmentNo,
  );
  if (credit.state === 'in-hand') movement.instrumentsInHand += paid.booked ?? 0n;
  if (!earlier) credit.allocations.push(paid);
  else {
    earlier.amount += paid.amount;
    earlier.creditAmount += paid.creditAmount;
    if (earlier.booked !== null) earlier.booked += paid.booked ?? 0n;
  }
  book.changes.allocations.set(earlier ?? paid, credit);
}

/** Takes back what a credit paid: the item is open again by exactly what was relieved. */
export function undoAllocation({ book, movement }: Change, credit: Credit, paid: Allocation): void {
  const item = book.items.get(paid.invoiceId)!.find(({ instalmentNo }) => instalmentNo === paid.instalmentNo)!;
  item.open += paid.amount;
  if (item.bookedOpen !== null) item.bookedOpen += paid.booked ?? 0n;
  movement.receivables += paid.booked ?? 0n;
  if (credit.state === 'in-hand') movement.instrumentsInHand -= paid.booked ?? 0n;
  book.changes.items.add(item);
  book.changes.allocations.delete(paid);
  book.changes.undoneAllocations.set(paid, credit);
}
