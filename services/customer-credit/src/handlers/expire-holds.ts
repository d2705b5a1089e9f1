import type { Cause } from '@ordergate/messaging';
import { isOpen } from '../domain/hold/credit-hold.ts';
import { holdExpired } from '../domain/hold/hold-expired.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { sectionsFor } from '../domain/policy/select-parameters.ts';
import type { AccountWork } from './account-work.ts';
import { askIfRead, expireHold } from './decide.ts';
import { subjectOf } from './facts-of.ts';

/**
 * Ends the holds that nobody has answered in time, of the orders in hand. One that nothing holds any more since this morning
 * is left to the re-evaluation of the day: that releases in the order of the policy.
 */
export function expireHolds(work: AccountWork, orders: readonly CustomerOrder[], cause: Cause): void {
  for (const order of orders) {
    const hold = work.holds.of(order);
    if (!isOpen(hold)) continue;
    const { holds } = sectionsFor(work.policy, subjectOf(work, work.account(order.customerId), order));
    const expired = holdExpired(hold.openedOn, work.businessDay, holds);
    if (expired === null) continue;
    const asked = askIfRead(work, order);
    if (asked?.reasons.length !== 0) expireHold(work, order, cause, asked, expired);
  }
}
