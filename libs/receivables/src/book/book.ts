import { creditKey, type Allocation, type Credit, type CreditKind } from './credit.ts';
import type { Dispute } from './dispute.ts';
import { byDueDay, type OpenItem } from './open-item.ts';

/** What must be written to make the database agree with the book. */
export interface BookChanges {
  readonly items: Set<OpenItem>;
  readonly credits: Set<Credit>;
  readonly disputes: Set<Dispute>;
  readonly allocations: Map<Allocation, Credit>;
  readonly undoneAllocations: Map<Allocation, Credit>;
}

/** A customer's receivables as far as they are loaded. `applyReceivable` changes it in place and notes what it changed. */
export interface Book {
  readonly customerId: string;
  /** By invoice, instalments in order. */
  readonly items: Map<string, OpenItem[]>;
  /** By `creditKey`. */
  readonly credits: Map<string, Credit>;
  readonly disputes: Map<string, Dispute>;
  readonly changes: BookChanges;
}

/** A book with nothing in it. */
export const emptyBook = (customerId: string): Book => ({
  customerId,
  items: new Map(),
  credits: new Map(),
  disputes: new Map(),
  changes: noChanges(),
});

export const noChanges = (): BookChanges => ({
  items: new Set(),
  credits: new Set(),
  disputes: new Set(),
  allocations: new Map(),
  undoneAllocations: new Map(),
});

/** Everything that is unpaid, oldest due first. */
export function openItems(book: Book): OpenItem[] {
  return [...book.items.values()]
    .flat()
    .filter((item) => item.open > 0n)
    .sort(byDueDay);
}

/** The instalments of an invoice, oldest due first; none when it has not been posted. */
export const itemsOf = (book: Book, invoiceId: string): OpenItem[] =>
  [...(book.items.get(invoiceId) ?? [])].sort(byDueDay);

/** The credit of that kind and id; undefined when it was never received. */
export const creditOf = (book: Book, kind: CreditKind, creditId: string): Credit | undefined =>
  book.credits.get(creditKey(kind, creditId));
