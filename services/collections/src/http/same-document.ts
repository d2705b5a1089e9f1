import type { Money } from '@ordergate/money';
import { creditOf, type Book, type Credit, type ReceivableEvent } from '@ordergate/receivables';

/** Whether a document that is known is the one that is posted again, or another one under its id. */
export function isSameDocument(book: Book, event: ReceivableEvent): boolean {
  switch (event.type) {
    case 'InvoicePosted.v1': {
      const items = book.items.get(event.invoiceId) ?? [];
      const sum = items.reduce((minor, { amount }) => minor + amount, 0n);
      return sum === event.total.minor && items[0]?.currency === event.total.currency;
    }
    case 'PaymentReceived.v1':
      return isOf(creditOf(book, 'payment', event.paymentId), event.total);
    case 'InstrumentReceived.v1':
      return isOf(creditOf(book, 'instrument', event.instrumentId), event.total);
    case 'DisputeOpened.v1':
      return book.disputes.get(event.disputeId)?.invoiceId === event.invoiceId;
    default:
      return true;
  }
}

const isOf = (credit: Credit | undefined, { minor, currency }: Money): boolean =>
  credit?.amount === minor && credit.currency === currency;
