import { minMinor } from '@ordergate/money';
import { itemsOf, type Book } from '../book/book.ts';
import { ignored, refused, type Ignored, type Refused } from '../outcome.ts';
import type { DisputeOpened, DisputeResolved } from '../receivable-event.ts';

/**
 * A dispute may come before its invoice: it is kept and counts from the posting on. Disputes move no sums, they only say
 * which part of what is open is excused.
 */
export function openDispute(book: Book, { disputeId, invoiceId, amount }: DisputeOpened): Ignored | Refused | null {
  if (book.disputes.has(disputeId)) return ignored('already-posted');
  const currency = book.items.get(invoiceId)?.[0]?.currency;
  if (amount && currency !== undefined && amount.currency !== currency)
    return refused(`amount must be in ${currency}, the currency of invoice ${invoiceId}`);

  const dispute = {
    disputeId,
    invoiceId,
    currency: amount?.currency ?? null,
    amount: amount?.minor ?? null,
    isResolved: false,
  };
  book.disputes.set(disputeId, dispute);
  book.changes.disputes.add(dispute);
  refreshDisputed(book, invoiceId);
  return null;
}

/** Without an amount the whole dispute is settled; with one, that part of it. */
export function resolveDispute(book: Book, { disputeId, amount }: DisputeResolved): Ignored | Refused | null {
  const dispute = book.disputes.get(disputeId);
  if (!dispute) return refused(`dispute ${disputeId} was never opened`);
  if (dispute.isResolved) return ignored('already-resolved');
  const items = itemsOf(book, dispute.invoiceId);
  const currency = dispute.currency ?? items[0]?.currency;
  if (amount && currency !== undefined && amount.currency !== currency)
    return refused(`amount must be in ${currency}, the currency of dispute ${disputeId}`);

  const contested = dispute.amount ?? items.reduce((sum, { open }) => sum + open, 0n);
  if (amount && amount.minor < contested) {
    dispute.amount = contested - amount.minor;
    dispute.currency = amount.currency;
  } else dispute.isResolved = true;
  book.changes.disputes.add(dispute);
  refreshDisputed(book, dispute.invoiceId);
  return null;
}

/** Lays the unresolved disputes of an invoice over what is open of it, oldest due first. */
export function refreshDisputed(book: Book, invoiceId: string): void {
  const items = itemsOf(book, invoiceId);
  const disputes = [...book.disputes.values()].filter((it) => it.invoiceId === invoiceId && !it.isResolved);
  const isWhole = disputes.some(({ amount }) => amount === null);
  let rest = disputes
    .filter(({ currency }) => currency === items[0]?.currency)
    .reduce((sum, { amount }) => sum + (amount ?? 0n), 0n);
  for (const item of items) {
    const disputed = isWhole ? item.open : minMinor(rest, item.open);
    rest -= minMinor(rest, item.open);
    if (item.disputed === disputed) continue;
    item.disputed = disputed;
    book.changes.items.add(item);
  }
}
