import { convert, money } from '@ordergate/money';
import { applyReceivable } from './apply-receivable.ts';
import { emptyBook, type Book } from './book/book.ts';
import type { Rates, ReceivableOutcome } from './outcome.ts';
import type { Movement } from './outcome.ts';
import { noTotals, addInvoiced } from './book/totals.ts';
import { receivableEvent, type ReceivableEvent } from './receivable-event.ts';

/** An account in EUR that knows the dollar at 0.9 and the yen not at all. */
export const euroRates: Rates = {
  toAccountCurrency: (minor, currency) => {
    if (currency === 'EUR') return minor;
    return currency === 'USD' ? convert(minor, 'USD', 'EUR', '0.9') : null;
  },
};

const eur = (amount: string, currency = 'EUR') => ({ amount, currency });
const customerId = 'C-1';

/** Messages as they come from the topic, with what matters to a test. */
export const given = {
  invoice: (invoiceId: string, total: string, more: object = {}): ReceivableEvent =>
    receivableEvent('InvoicePosted.v1', {
      invoiceId,
      customerId,
      total: eur(total),
      issuedOn: '2026-11-01',
      dueOn: '2026-12-01',
      ...more,
    }),
  payment: (paymentId: string, total: string, more: object = {}): ReceivableEvent =>
    receivableEvent('PaymentReceived.v1', {
      paymentId,
      customerId,
      total: eur(total),
      receivedOn: '2026-11-10',
      ...more,
    }),
  creditNote: (creditNoteId: string, total: string, more: object = {}): ReceivableEvent =>
    receivableEvent('CreditNotePosted.v1', {
      creditNoteId,
      customerId,
      total: eur(total),
      issuedOn: '2026-11-05',
      ...more,
    }),
  cheque: (instrumentId: string, total: string, more: object = {}): ReceivableEvent =>
    receivableEvent('InstrumentReceived.v1', {
      instrumentId,
      kind: 'cheque',
      customerId,
      total: eur(total),
      receivedOn: '2026-11-10',
      dueOn: '2027-01-10',
      ...more,
    }),
  cleared: (instrumentId: string): ReceivableEvent => ({ type: 'InstrumentCleared.v1', customerId, instrumentId }),
  bounced: (instrumentId: string): ReceivableEvent => ({ type: 'InstrumentBounced.v1', customerId, instrumentId }),
  reversed: (paymentId: string): ReceivableEvent => ({ type: 'PaymentReversed.v1', customerId, paymentId }),
  dispute: (disputeId: string, invoiceId: string, amount?: string): ReceivableEvent => ({
    type: 'DisputeOpened.v1',
    customerId,
    disputeId,
    invoiceId,
    ...(amount ? { amount: money(amount, 'EUR') } : {}),
  }),
  resolved: (disputeId: string, invoiceId: string, amount?: string): ReceivableEvent => ({
    type: 'DisputeResolved.v1',
    customerId,
    disputeId,
    invoiceId,
    ...(amount ? { amount: money(amount, 'EUR') } : {}),
  }),
  writeOff: (writeOffId: string, invoiceId: string, amount: string): ReceivableEvent => ({
    type: 'WriteOffPosted.v1',
    customerId,
    writeOffId,
    invoiceId,
    amount: money(amount, 'EUR'),
    on: '2026-12-31',
  }),
};

/** "INV-1" pays "60" of it: one allocation of a payment in EUR. */
export const forInvoice = (invoiceId: string, amount: string, currency = 'EUR') => ({
  invoiceId,
  amount: eur(amount, currency),
});
export const inCurrency = eur;

/** The book after these events, none of which may be refused. */
export function bookAfter(...events: ReceivableEvent[]): Book {
  const book = emptyBook(customerId);
  for (const event of events) {
    const outcome = applyReceivable(book, event, euroRates);
    if (outcome.outcome !== 'applied') throw new Error(`${event.type}: ${JSON.stringify(outcome)}`);
  }
  return book;
}

/** A movement's figures without the zeros. */
export function moved(outcome: ReceivableOutcome): Record<string, unknown> {
  if (outcome.outcome !== 'applied') return outcome;
  const { invoicedByOrder, ...sums } = outcome.movement;
  const figures = Object.entries(sums).filter(([, minor]) => minor !== 0n);
  return Object.fromEntries(
    invoicedByOrder.size > 0 ? [...figures, ['invoiced', Object.fromEntries(invoicedByOrder)]] : figures,
  );
}

/** Adds a movement to a running sum. */
export function accumulate(sum: Movement, movement: Movement): Movement {
  sum.receivables += movement.receivables;
  sum.instrumentsInHand += movement.instrumentsInHand;
  sum.unallocatedCredits += movement.unallocatedCredits;
  for (const [orderId, delta] of movement.invoicedByOrder) addInvoiced(sum, orderId, delta);
  return sum;
}

export const nothingMoved = noTotals;

/** "I/1": what is open of it, for all items of the book. */
export const openByItem = (book: Book): Record<string, bigint> =>
  Object.fromEntries(
    [...book.items.values()].flat().map((item) => [`${item.invoiceId}/${item.instalmentNo}`, item.open]),
  );
