import type { Sql } from '@ordergate/database';
import type { Cause } from '@ordergate/messaging';
import { loadBooks, saveBooks, type Book } from '@ordergate/receivables';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { loadOrdersWithoutRate } from '../store/customer-order.store.ts';
import type { AccountWork } from './account-work.ts';
import { compareWaiting } from './order-amounts.ts';
import { convertWaiting, exposureOf, noteOpenItems } from './receivables-work.ts';

/** What could not be known of an account is known now: a customer is registered, or a rate has come. Books what waited for it. */
export function settleAccount(work: AccountWork, book: Book | undefined, account: CreditAccount, cause: Cause): void {
  for (const order of work.ordersOf(account.customerId)) {
    if (order.currency === null || (order.rate !== null && order.uncompared.length === 0)) continue;
    work.changeOrder(account, order, cause, () => compareWaiting(work, order));
  }
  if (!book) return;
  work.move(account, exposureOf(convertWaiting(work, book)), cause);
  noteOpenItems(work, book);
}

/** What waits for a rate of the accounts that a command settles, as far as anything does. */
export class Settling {
  private readonly books: Map<string, Book>;
  private readonly waiting: ReadonlySet<string>;

  private constructor(books: Map<string, Book>, waiting: ReadonlySet<string>) {
    this.books = books;
    this.waiting = waiting;
  }

  static async of(work: AccountWork, commands: readonly { customerId: string }[]): Promise<Settling> {
    const customerIds = [...new Set(commands.map(({ customerId }) => customerId))];
    const { sql } = work.chunk;
    const unconverted = customerIds.filter((customerId) => work.account(customerId).hasUnconverted);
    const orders = await loadOrdersWithoutRate(sql, customerIds);
    work.take(orders);
    await work.withAllRates(customerIds.length > 0);
    return new Settling(await loadBooks(sql, unconverted), new Set(orders.map(({ customerId }) => customerId)));
  }

  settle(work: AccountWork, account: CreditAccount, cause: Cause): void {
    const book = this.books.get(account.customerId);
    if (book || this.waiting.has(account.customerId)) settleAccount(work, book, account, cause);
  }

  save(sql: Sql): Promise<void> {
    return saveBooks(sql, this.books);
  }
}
