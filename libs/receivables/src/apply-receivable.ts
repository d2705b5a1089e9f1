import type { Book } from './book/book.ts';
import { noTotals } from './book/totals.ts';
import type { Ignored, Rates, ReceivableOutcome, Refused } from './outcome.ts';
import type { Change } from './posting/change.ts';
import { openDispute, refreshDisputed, resolveDispute } from './posting/disputes.ts';
import { bounceInstrument, clearInstrument, reversePayment } from './posting/end-credit.ts';
import { postInvoice } from './posting/post-invoice.ts';
import { postCreditNote, receive, writeOff } from './posting/receive-credit.ts';
import type { ReceivableEvent } from './receivable-event.ts';

/**
 * Applies one event to a customer's book, in place, and returns by how much its sums moved, in minor units of the
 * account's currency. The book must hold what `loadBooks` loads for the event. A refused or ignored event changes nothing.
 */
export function applyReceivable(book: Book, event: ReceivableEvent, rates: Rates): ReceivableOutcome {
  const change: Change = { book, rates, movement: noTotals() };
  const no = apply(change, event);
  if (no) return no;
  const contested = new Set([...book.disputes.values()].map(({ invoiceId }) => invoiceId));
  for (const invoiceId of contested) refreshDisputed(book, invoiceId);
  return { outcome: 'applied', movement: change.movement };
}

function apply(change: Change, event: ReceivableEvent): Ignored | Refused | null {
  switch (event.type) {
    case 'InvoicePosted.v1':
      return postInvoice(change, event);
    case 'CreditNotePosted.v1':
      return postCreditNote(change, event);
    case 'PaymentReceived.v1':
    case 'InstrumentReceived.v1':
      return receive(change, event);
    case 'PaymentReversed.v1':
      return reversePayment(change, event);
    case 'InstrumentCleared.v1':
      return clearInstrument(change, event);
    case 'InstrumentBounced.v1':
      return bounceInstrument(change, event);
    case 'DisputeOpened.v1':
      return openDispute(change.book, event);
    case 'DisputeResolved.v1':
      return resolveDispute(change.book, event);
    case 'WriteOffPosted.v1':
      return writeOff(change, event);
  }
}
