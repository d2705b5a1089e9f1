import { minMinor, type Money } from '@ordergate/money';
import { itemsOf, openItems } from '../book/book.ts';
import { creditKey, type Credit, type CreditKind, type CreditState } from '../book/credit.ts';
import { ignored, refused, type Ignored, type Refused } from '../outcome.ts';
import type {
  CreditNotePosted,
  InstrumentReceived,
  NamedAllocation,
  PaymentReceived,
  WriteOffPosted,
} from '../receivable-event.ts';
import { lessenInvoiced, type Change } from './change.ts';
import { settle, settleInvoice } from './settle.ts';

/**
 * Money or an instrument pays the invoices it names; if it names none, the oldest due items of its own currency. What is
 * left stays an unallocated credit: it lowers exposure, and pays nothing by itself later.
 */
export function receive(change: Change, event: PaymentReceived | InstrumentReceived): Ignored | Refused | null {
  const isPayment = event.type === 'PaymentReceived.v1';
  const [kind, id] = isPayment
    ? (['payment', event.paymentId] as const)
    : (['instrument', event.instrumentId] as const);
  if (change.book.credits.has(creditKey(kind, id))) return ignored('already-posted');
  const allocations = event.allocations ?? [];
  const violation = violationOf(event.total, allocations);
  if (violation) return refused(violation);

  const credit = enter(change, kind, id, event.total, {
    state: isPayment ? 'posted' : 'in-hand',
    receivedOn: event.receivedOn,
    dueOn: isPayment ? null : event.dueOn,
  });
  for (const { invoiceId, amount } of allocations) settleInvoice(change, credit, invoiceId, amount.minor);
  if (allocations.length > 0) return null;
  const payable = openItems(change.book).filter(({ currency }) => currency === credit.currency);
  settle(change, credit, payable, credit.amount);
  return null;
}

function violationOf(total: Money, allocations: readonly NamedAllocation[]): string | null {
  if (allocations.some(({ amount }) => amount.currency !== total.currency))
    return `allocations must be in ${total.currency}`;
  const sum = allocations.reduce((minor, { amount }) => minor + amount.minor, 0n);
  return sum <= total.minor ? null : 'allocations must not exceed the total';
}

/** A credit note pays the invoice it names and lessens what that invoice stands for; without one it is an unallocated credit. */
export function postCreditNote(change: Change, event: CreditNotePosted): Ignored | Refused | null {
  const { creditNoteId, invoiceId, total, issuedOn } = event;
  if (change.book.credits.has(creditKey('credit-note', creditNoteId))) return ignored('already-posted');
  const violation = invoiceId === undefined ? null : currencyViolation(change, invoiceId, total);
  if (violation) return refused(violation);

  const credit = enter(change, 'credit-note', creditNoteId, total, {
    state: 'posted',
    receivedOn: issuedOn,
    dueOn: null,
  });
  if (invoiceId === undefined) return null;
  lessenByCreditNote(change, invoiceId, credit);
  settleInvoice(change, credit, invoiceId, total.minor);
  return null;
}

/** Lessens what the invoice stands for, down to nothing; what the credit note gives beyond that was never invoiced. */
export function lessenByCreditNote(change: Change, invoiceId: string, credit: Credit): void {
  let rest = credit.amount;
  for (const item of itemsOf(change.book, invoiceId)) {
    const part = minMinor(rest, item.invoiced);
    if (part === 0n) continue;
    lessenInvoiced(change, item, part);
    rest -= part;
  }
}

/** A write-off gives up what is open, never more; what the invoice stands for stays, since the goods were delivered. */
export function writeOff(change: Change, event: WriteOffPosted): Ignored | Refused | null {
  const { writeOffId, invoiceId, amount, on } = event;
  if (change.book.credits.has(creditKey('write-off', writeOffId))) return ignored('already-posted');
  const items = itemsOf(change.book, invoiceId);
  if (items.length === 0) return refused(`invoice ${invoiceId} was never posted`);
  const open = items.reduce((sum, item) => sum + item.open, 0n);
  const violation = currencyViolation(change, invoiceId, amount);
  if (violation) return refused(violation);
  if (amount.minor > open) return refused(`amount exceeds what is open of invoice ${invoiceId}`);

  const credit = enter(change, 'write-off', writeOffId, amount, { state: 'posted', receivedOn: on, dueOn: null });
  settle(change, credit, items, amount.minor);
  return null;
}

function currencyViolation({ book }: Change, invoiceId: string, { currency }: Money): string | null {
  const invoiced = book.items.get(invoiceId)?.[0]?.currency ?? currency;
  return invoiced === currency ? null : `must be in ${invoiced}, the currency of invoice ${invoiceId}`;
}

interface CreditFacts {
  state: CreditState;
  receivedOn: string;
  dueOn: string | null;
}

function enter(
  { book, rates, movement }: Change,
  kind: CreditKind,
  creditId: string,
  total: Money,
  facts: CreditFacts,
): Credit {
  const { minor: amount, currency } = total;
  const booked = rates.toAccountCurrency(amount, currency);
  const credit: Credit = {
    ...facts,
    kind,
    creditId,
    currency,
    amount,
    unallocated: amount,
    bookedUnallocated: booked,
    earmarks: [],
    allocations: [],
  };
  book.credits.set(creditKey(kind, creditId), credit);
  book.changes.credits.add(credit);
  movement.unallocatedCredits += booked ?? 0n;
  if (credit.state === 'in-hand') movement.instrumentsInHand += booked ?? 0n;
  return credit;
}
