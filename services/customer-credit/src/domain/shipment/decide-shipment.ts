import type { Money } from '@ordergate/money';
import { accountBlockedRule } from '../gate/account-blocked.rule.ts';
import { forcedHoldRule } from '../gate/forced-hold.rule.ts';
import { insuranceStopRule } from '../gate/insurance-stop.rule.ts';
import { amountText, dateReason, moneyReason, type Reason } from '../gate/reason.ts';
import type { KnownAccountFacts } from '../gate/rule.ts';
import type { CustomerOrder, OrderStatus } from '../order/customer-order.ts';
import { leftToShip, restOfOrder } from '../order/order-goods.ts';

/** What the warehouse asks. */
export interface AskedShipment {
  order: CustomerOrder;
  /** Null: all that is left of the order. */
  asked: Money | null;
  /** Goods have left under this shipmentId, without waiting for the answer. */
  hasLeft: boolean;
  /** Of an order that nobody knows nothing is left, in this currency. */
  accountCurrency: string;
}

export interface ShipmentDecided {
  outcome: 'authorized' | 'refused';
  /** What was asked for, in minor units. */
  value: Money;
  /** Empty when authorized. */
  reasons: readonly Reason[];
}

/** What may have come since the order was approved. */
const sinceApproved = [accountBlockedRule, insuranceStopRule, forcedHoldRule];
/** Refusals for which the order goes back to the gate: the approval is no longer what it was. */
export const decidedAgainCodes: readonly string[] = [
  'approval-expired',
  'account-blocked',
  'insurance-stop',
  'forced-hold',
];

/**
 * Whether goods may leave: under an approval that is in force, for no more than its ceiling still allows, and while nothing
 * has come since that stops the customer. Exactly what is left passes; an expired approval never does, whoever noticed.
 * @param facts null of an order that is not approved
 */
export function decideShipment(
  businessDay: string,
  facts: KnownAccountFacts | null,
  shipment: AskedShipment,
): ShipmentDecided {
  const { order, asked, accountCurrency } = shipment;
  const value = asked ?? { minor: restOfOrder(order), currency: order.currency ?? accountCurrency };
  const reasons = [approvalReason(businessDay, shipment, value), ...reasonsSince(facts)].filter(
    (reason) => reason !== null,
  );
  return { outcome: reasons.length === 0 ? 'authorized' : 'refused', value, reasons };
}

function reasonsSince(facts: KnownAccountFacts | null): (Reason | null)[] {
  return facts === null ? [] : sinceApproved.map((rule) => rule(facts) as Reason | null);
}

function approvalReason(businessDay: string, { order, asked, hasLeft }: AskedShipment, value: Money): Reason | null {
  const { approval, currency, status } = order;
  if (hasLeft) return missing('shipped', 'The goods have left already');
  if (approval !== null && businessDay > approval.validUntil) {
    const { validUntil } = approval;
    return dateReason('approval-expired', businessDay, validUntil, `The approval was valid until ${validUntil}`);
  }
  if (status !== 'approved' && status !== 'released') return missing(status, notApproved(order));
  if (approval === null) return missing('shipped', 'A final shipment has left: the order is closed');
  if (value.currency !== currency) {
    const message = `The approval is in ${currency}, the goods are valued in ${value.currency}`;
    return { code: 'approval-missing', message, measured: value.currency, threshold: currency!, unit: 'currency' };
  }
  const left = leftToShip(order);
  const isNothing = asked === null && value.minor === 0n;
  if (value.minor <= left && !isNothing) return null;

  const message = isNothing
    ? 'All of the order has left or is authorized'
    : `Only ${amountText(left, value.currency)} of the approval are left, not ${amountText(value.minor, value.currency)}`;
  return moneyReason('approval-exceeded', value.currency, value.minor, left, message);
}

const missing = (status: string, message: string): Reason => ({
  ...{ code: 'approval-missing', message, measured: status, threshold: 'approved', unit: 'status' },
});

const toldAs: Record<OrderStatus, string> = {
  approved: '',
  released: '',
  held: 'The order is held',
  declined: 'The order was declined',
  cancelled: 'The order is cancelled',
  expired: 'The approval has expired',
  none: 'No such order has come',
};

function notApproved({ status, heldFor }: CustomerOrder): string {
  return status === 'held' ? `${toldAs.held}: ${heldFor.join(', ')}`.slice(0, 500) : toldAs[status];
}
