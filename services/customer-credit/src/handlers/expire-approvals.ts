import { addDays, formatMoney, maxMinor } from '@ordergate/money';
import type { Cause } from '@ordergate/messaging';
import { endsWithTheDay, type CustomerOrder } from '../domain/order/customer-order.ts';
import type { AccountWork } from './account-work.ts';
import { decide } from './decide.ts';
import { parametersFor } from './facts-of.ts';

/**
 * Ends the approvals that have expired, of the orders in hand: first all of them, so that what they free is there for the
 * next decision, then each goes back to the gate, oldest first, if the policy wants it.
 */
export function expireApprovals(work: AccountWork, orders: readonly CustomerOrder[], cause: Cause): void {
  const ended = orders.filter((order) => endsWithTheDay(order, work.businessDay));
  for (const order of ended) endApproval(work, order, cause);
  for (const order of ended) if (goesBack(work, order)) decide(work, order, cause, 'released');
}

export function goesBack(work: AccountWork, order: CustomerOrder): boolean {
  return parametersFor(work, work.account(order.customerId), order).approval.onExpiry === 'decide-again';
}

/** Only what has not left is freed, and unused authorizations lapse. */
export function endApproval(work: AccountWork, order: CustomerOrder, cause: Cause): void {
  const account = work.account(order.customerId);
  const { customerId, orderId, approved, shipped, invoiced, currency } = order;
  const freed = { minor: maxMinor(0n, approved - maxMinor(shipped, invoiced)), currency: currency! };
  const data = { orderId, expiredOn: addDays(order.approval!.validUntil, 1), freed: formatMoney(freed) };
  const seq = work.recordChange(account, 'ApprovalExpired.v1', data);
  work.changeOrder(account, order, cause, () => Object.assign(order, { status: 'expired', approved: 0n }), { seq });
  work.outgoing.push({
    ...{ topic: 'credit-decisions', key: customerId, type: 'ApprovalExpired.v1' },
    ...{ data: { seq: Number(seq), customerId, ...data }, causedBy: cause, about: orderId },
  });
}
