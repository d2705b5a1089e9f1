import type { Cause } from '@ordergate/messaging';
import type { Book } from '@ordergate/receivables';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { undecidedCodes } from '../domain/gate/decide-order.ts';
import type { AccountWork } from './account-work.ts';
import { decideAgain } from './decide.ts';
import { compareWaiting } from './order-amounts.ts';
import { convertWaiting, exposureOf, noteOpenItems } from './receivables-work.ts';

/**
 * What could not be known of an account is known now: a customer is registered, or a rate has come. Books what waited
 * without a rate, then decides again what the gate could not decide, oldest first.
 */
export function settleAccount(work: AccountWork, book: Book | undefined, account: CreditAccount, cause: Cause): void {
  const orders = work.ordersOf(account.customerId);
  for (const order of orders) {
    if (order.currency === null || (order.rate !== null && order.uncompared.length === 0)) continue;
    work.changeOrder(account, order, cause, () => compareWaiting(work, order));
  }
  if (book) {
    work.move(account, exposureOf(convertWaiting(work, book)), cause);
    noteOpenItems(work, book);
  }
  for (const order of orders) {
    const isUndecided = order.heldFor.some((code) => undecidedCodes.includes(code));
    // A technical error is over when its message is corrected, not when a fact comes: there is no order to decide on yet.
    if (order.status === 'held' && isUndecided && !order.heldFor.includes('technical-error'))
      decideAgain(work, order, cause);
  }
}
