import type { Book } from './book/book.ts';
import { byReceivedDay, type Allocation, type Credit } from './book/credit.ts';
import type { OpenItem } from './book/open-item.ts';
import { addInvoiced, noTotals } from './book/totals.ts';
import type { Movement, Rates } from './outcome.ts';
import { bookedPart, type Change } from './posting/change.ts';
import { refreshDisputed } from './posting/disputes.ts';
import { applyEarmarks, earmarkedInvoices } from './posting/post-invoice.ts';

/** What could not be booked in the account's currency and therefore counts 0 in every sum, though something hangs on it. */
export function unconverted(book: Book): { items: OpenItem[]; credits: Credit[] } {
  const instruments = [...book.credits.values()].filter(({ state }) => state === 'in-hand');
  const heldFor = new Set(instruments.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)));
  const items = [...book.items.values()].flat().filter((item) => item.bookedAmount === null);
  return {
    items: items.filter(({ open, orderId, invoiceId }) => open > 0n || orderId !== null || heldFor.has(invoiceId)),
    credits: [...book.credits.values()].filter(
      (credit) => credit.bookedUnallocated === null && credit.unallocated > 0n,
    ),
  };
}

/**
 * Books what had no rate when it came, now that there may be one; returns by how much the sums moved. What still has no
 * rate stays as it is. The book must be loaded with `loadBooks`.
 */
export function convertUnconverted(book: Book, rates: Rates): Movement {
  const change: Change = { book, rates, movement: noTotals() };
  const paidBy = allocationsByItem(book);
  for (const items of book.items.values()) {
    const waiting = items.filter((item) => item.bookedAmount === null);
    if (waiting.length > 0) convertInvoice(change, waiting, paidBy);
  }
  for (const credit of book.credits.values()) convertCredit(change, credit);
  for (const invoiceId of [...earmarkedInvoices(book)].sort()) {
    if (!book.items.has(invoiceId)) continue;
    applyEarmarks(change, invoiceId);
    refreshDisputed(book, invoiceId);
  }
  return change.movement;
}

interface Paid {
  credit: Credit;
  allocation: Allocation;
}
const itemKey = (invoiceId: string, instalmentNo: number): string => `${instalmentNo} ${invoiceId}`;

function allocationsByItem(book: Book): Map<string, Paid[]> {
  // Sorted, so that roundings fall alike whether the book was loaded or has been in memory all along.
  const paid = [...book.credits.values()]
    .sort(byReceivedDay)
    .flatMap((credit) => credit.allocations.map((allocation) => ({ credit, allocation })));
  return Map.groupBy(paid, ({ allocation }) => itemKey(allocation.invoiceId, allocation.instalmentNo));
}

function convertInvoice(change: Change, items: readonly OpenItem[], paidBy: ReadonlyMap<string, Paid[]>): void {
  const total = items.reduce((sum, { amount }) => sum + amount, 0n);
  const booked = change.rates.toAccountCurrency(total, items[0]!.currency);
  if (booked === null) return;
  let [restMinor, restBooked] = [total, booked];
  for (const item of items) {
    const part = item.amount === 0n ? 0n : bookedPart(item.amount, restMinor, restBooked);
    restMinor -= item.amount;
    restBooked -= part;
    convertItem(change, item, part, paidBy.get(itemKey(item.invoiceId, item.instalmentNo)) ?? []);
  }
}

/** Books the item as if it had had its rate from the start: each part that was paid is relieved in turn. */
function convertItem({ book, movement }: Change, item: OpenItem, booked: bigint, paid: readonly Paid[]): void {
  let [restMinor, restBooked] = [item.amount, booked];
  for (const { credit, allocation } of paid) {
    allocation.booked = bookedPart(allocation.amount, restMinor, restBooked);
    restMinor -= allocation.amount;
    restBooked -= allocation.booked;
    book.changes.allocations.set(allocation, credit);
    if (credit.state === 'in-hand') movement.instrumentsInHand += allocation.booked;
  }
  item.bookedAmount = booked;
  item.bookedOpen = restBooked;
  item.bookedInvoiced = item.amount === 0n ? 0n : bookedPart(item.invoiced, item.amount, booked);
  book.changes.items.add(item);
  movement.receivables += restBooked;
  if (item.orderId !== null) addInvoiced(movement, item.orderId, item.bookedInvoiced);
}

function convertCredit({ book, rates, movement }: Change, credit: Credit): void {
  if (credit.bookedUnallocated !== null || credit.unallocated === 0n) return;
  const booked = rates.toAccountCurrency(credit.unallocated, credit.currency);
  if (booked === null) return;
  credit.bookedUnallocated = booked;
  book.changes.credits.add(credit);
  movement.unallocatedCredits += booked;
  if (credit.state === 'in-hand') movement.instrumentsInHand += booked;
}
