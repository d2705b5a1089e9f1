import type { Money } from '@ordergate/money';
import { byReceivedDay, type Credit } from '../book/credit.ts';
import type { Book } from '../book/book.ts';
import type { OpenItem } from '../book/open-item.ts';
import { addInvoiced } from '../book/totals.ts';
import { ignored, refused, type Ignored, type Refused } from '../outcome.ts';
import type { InvoicePosted } from '../receivable-event.ts';
import { bookedPart, type Change } from './change.ts';
import { lessenByCreditNote } from './receive-credit.ts';
import { settleInvoice } from './settle.ts';

/** An invoice opens one item an instalment, then takes what was received for it before it came (SEMANTICS.md 19). */
export function postInvoice(change: Change, event: InvoicePosted): Ignored | Refused | null {
  const { book, rates } = change;
  const { invoiceId, total } = event;
  if (book.items.has(invoiceId)) return ignored('already-posted');
  const instalments = event.instalments ?? [{ dueOn: event.dueOn, amount: total }];
  const violation = violationOf(total, instalments);
  if (violation) return refused(violation);

  const items = instalments.map(({ dueOn, amount }, at): OpenItem => ({
    invoiceId,
    instalmentNo: at + 1,
    orderId: event.orderId ?? null,
    currency: total.currency,
    amount: amount.minor,
    open: amount.minor,
    invoiced: amount.minor,
    bookedAmount: null,
    bookedOpen: null,
    bookedInvoiced: null,
    disputed: 0n,
    issuedOn: event.issuedOn,
    dueOn,
  }));
  book.items.set(invoiceId, items);
  items.forEach((item) => book.changes.items.add(item));
  const booked = rates.toAccountCurrency(total.minor, total.currency);
  if (booked !== null) bookWhole(change, items, total.minor, booked);
  applyEarmarks(change, invoiceId);
  return null;
}

function violationOf(total: Money, parts: readonly { amount: Money }[]): string | null {
  if (parts.some(({ amount }) => amount.currency !== total.currency)) return `instalments must be in ${total.currency}`;
  const sum = parts.reduce((minor, { amount }) => minor + amount.minor, 0n);
  return sum === total.minor ? null : 'instalments must sum to the total';
}

/** Converted once, as a whole, and then split, so that the instalments sum to the invoice in both currencies. */
function bookWhole({ movement }: Change, items: readonly OpenItem[], total: bigint, booked: bigint): void {
  let [restMinor, restBooked] = [total, booked];
  for (const item of items) {
    const part = item.amount === 0n ? 0n : bookedPart(item.amount, restMinor, restBooked);
    restMinor -= item.amount;
    restBooked -= part;
    item.bookedAmount = item.bookedOpen = item.bookedInvoiced = part;
    movement.receivables += part;
    if (item.orderId !== null) addInvoiced(movement, item.orderId, part);
  }
}

/** Applies what credits hold ready for an invoice that is posted now, oldest credit first. */
export function applyEarmarks(change: Change, invoiceId: string): void {
  const waiting = [...change.book.credits.values()]
    .filter((credit) => isEarmarked(credit, invoiceId))
    .sort(byReceivedDay);
  for (const credit of waiting) {
    const amount = credit.earmarks.reduce((sum, it) => sum + (it.invoiceId === invoiceId ? it.amount : 0n), 0n);
    credit.earmarks = credit.earmarks.filter((it) => it.invoiceId !== invoiceId);
    change.book.changes.credits.add(credit);
    if (credit.kind === 'credit-note') {
      // In another currency than the invoice it named it cannot be meant for it: it stays the customer's credit.
      if (credit.currency !== change.book.items.get(invoiceId)![0]!.currency) continue;
      lessenByCreditNote(change, invoiceId, credit);
    }
    settleInvoice(change, credit, invoiceId, amount);
  }
}

const isEarmarked = (credit: Credit, invoiceId: string): boolean =>
  credit.earmarks.some((earmark) => earmark.invoiceId === invoiceId);

/** The invoices that some credit holds money ready for. */
export const earmarkedInvoices = (book: Book): Set<string> =>
  new Set([...book.credits.values()].flatMap(({ earmarks }) => earmarks.map(({ invoiceId }) => invoiceId)));
