import { emptyBook, type Book } from '@ordergate/receivables';
import {
  stubAccount,
  type CreditAccount,
} from '../../../../services/customer-credit/src/domain/account/credit-account.ts';
import type { CountedItem } from '../../../../services/customer-credit/src/domain/account/open-items.ts';
import { PaymentRecord } from './payment-record.ts';

/** One customer as the course of a policy has it. */
export interface Customer {
  readonly account: CreditAccount;
  readonly book: Book;
  readonly record: PaymentRecord;
  items: readonly CountedItem[];
  /** The day of the last reminder since the level was 0; null: none. */
  dunnedOn: string | null;
}

export const newCustomer = (customerId: string): Customer => ({
  account: stubAccount(customerId),
  book: emptyBook(customerId),
  record: new PaymentRecord(),
  items: [],
  dunnedOn: null,
});

/** What is settled asks for nothing any more, as the gate's own books are loaded without it. */
export function forgetSettled({ items, credits, disputes, changes }: Book): void {
  for (const item of changes.items) if (item.open === 0n) items.delete(item.invoiceId);
  for (const [key, { unallocated }] of credits) if (unallocated === 0n) credits.delete(key);
  for (const [id, { isResolved }] of disputes) if (isResolved) disputes.delete(id);
  for (const noted of [changes.items, changes.credits, changes.disputes]) noted.clear();
  for (const noted of [changes.allocations, changes.undoneAllocations]) noted.clear();
}
