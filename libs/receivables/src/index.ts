export { applyReceivable } from './apply-receivable.ts';
export { convertUnconverted, unconverted } from './convert-unconverted.ts';
export type { Movement, Rates, ReceivableOutcome } from './outcome.ts';
export * from './receivable-event.ts';
export { emptyBook, itemsOf, openItems, creditOf, type Book } from './book/book.ts';
export { byDueDay, compareText, type OpenItem } from './book/open-item.ts';
export type { Allocation, Credit, CreditKind, CreditState, Earmark } from './book/credit.ts';
export type { Dispute } from './book/dispute.ts';
export { addInvoiced, noTotals, totalsOf, type Totals } from './book/totals.ts';
export {
  ageing,
  ageingBounds,
  oldestOverdueDays,
  overdue,
  overdueDays,
  type AgeingBucket,
  type Due,
} from './ageing.ts';
export { loadBooks } from './store/load-books.ts';
export { saveBooks } from './store/save-books.ts';
export { ReceivablesTables1790000000001 } from './store/receivables-tables.ts';
