import { convert, divideHalfEven } from '@ordergate/money';
import {
  convertUnconverted,
  itemsOf,
  openItems,
  unconverted,
  type Book,
  type Movement,
  type Rates,
} from '@ordergate/receivables';
import { oldestDueDay, type CountedItem } from '../domain/account/open-items.ts';
import { noExposure, type Exposure } from '../domain/account/exposure.ts';
import type { AccountWork } from './account-work.ts';

/** Converts into the account's currency at the day's rate; null for a stub and where there is no rate. */
export function ratesOf(work: AccountWork, customerId: string): Rates {
  const { currency: accountCurrency } = work.account(customerId);
  return {
    toAccountCurrency: (minor, currency) => {
      const rate = work.rate(currency, accountCurrency);
      return rate === null ? null : convert(minor, currency, accountCurrency!, rate);
    },
  };
}

/** What a book's movement means for the account's buckets. */
export function exposureOf({ receivables, instrumentsInHand, unallocatedCredits }: Movement): Exposure {
  return { ...noExposure, receivables, instrumentsInHand, unallocatedCredits };
}

/** The sum that an invoice stands for, in its own currency: less credit notes that name it, paid or not. */
export function invoicedBy(book: Book, invoiceId: string): bigint {
  return itemsOf(book, invoiceId).reduce((sum, { invoiced }) => sum + invoiced, 0n);
}

/** Keeps on the account what the gate asks first: how old the oldest open item is, and whether anything has no rate. */
export function noteOpenItems(work: AccountWork, book: Book): void {
  const account = work.account(book.customerId);
  const items = countedItems(book);
  account.oldestDueOn = oldestDueDay(items);
  account.hasUnconverted = isIncomplete(book);
  work.changeAccount(account);
  work.setOpenItems(book.customerId, items);
}

/** Whether something that counts has no rate. */
export function isIncomplete(book: Book): boolean {
  const { items, credits } = unconverted(book);
  return items.length > 0 || credits.length > 0;
}

/** Books what had no rate, now that there may be one. */
export function convertWaiting(work: AccountWork, book: Book): Movement {
  return convertUnconverted(book, ratesOf(work, book.customerId));
}

function countedItems(book: Book): CountedItem[] {
  return openItems(book).flatMap(({ dueOn, open, disputed, bookedOpen }) =>
    bookedOpen === null
      ? []
      : [{ dueOn, open: bookedOpen, undisputed: divideHalfEven(bookedOpen * (open - disputed), open) }],
  );
}
