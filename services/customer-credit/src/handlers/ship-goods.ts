import type { OrderShippedV1, ShipmentReturnedV1 } from '@ordergate/contracts';
import { formatMinor, parseMoney } from '@ordergate/money';
import type { Delivery } from '@ordergate/messaging';
import { amountText } from '../domain/gate/reason.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { leftToShip } from '../domain/order/order-goods.ts';
import { riskAlert } from './account-messages.ts';
import type { AccountWork } from './account-work.ts';
import { expireApprovals } from './expire-approvals.ts';
import { parametersFor } from './facts-of.ts';
import { countAmount } from './order-amounts.ts';
import type { Shipments } from './shipments.ts';

/**
 * Goods left: they become exposure whether they were approved or not (SEMANTICS.md 8), and settle what was authorized for
 * them; of more than that somebody is told. A final shipment frees the rest, and no more goods may follow.
 */
export function shipGoods(work: AccountWork, shipments: Shipments, delivery: Delivery<OrderShippedV1>): void {
  const { orderId, shipmentId, value, final } = delivery.message;
  const order = work.order(delivery.customerId, orderId);
  const authorized = shipments.leave(order, shipmentId, work.businessDay)?.minor;
  const allowed = authorized ?? allowedUnasked(work, order);
  const shippedBefore = order.shipped;
  work.changeOrder(work.account(order.customerId), order, delivery, () => {
    countAmount(work, order, 'shipped', parseMoney(value));
    if (authorized !== undefined && order.goods !== null)
      order.goods = { ...order.goods, authorized: order.goods.authorized - authorized };
    if (final) Object.assign(order, { approved: 0n, approval: null });
  });
  if (order.shipped - shippedBefore > allowed || (allowed === 0n && authorized === undefined))
    alertUnchecked(work, order, allowed, delivery);
}

/** What may leave without a request: what the approval still covers, where the policy does not want the warehouse to ask. */
function allowedUnasked(work: AccountWork, order: CustomerOrder): bigint {
  if (order.approval === null || work.businessDay > order.approval.validUntil) return 0n;
  const { authorization } = parametersFor(work, work.account(order.customerId), order).shipments;
  return authorization === 'optional' ? leftToShip(order) : 0n;
}

function alertUnchecked(
  work: AccountWork,
  order: CustomerOrder,
  allowed: bigint,
  delivery: Delivery<OrderShippedV1>,
): void {
  const { shipmentId, value } = delivery.message;
  const { minor, currency } = parseMoney(value);
  const what = `Goods of ${amountText(minor, currency)} of order ${order.orderId} left as shipment ${shipmentId}`;
  const checked = order.currency === null ? '0' : formatMinor(allowed, order.currency);
  const alert = {
    kind: 'shipment-unauthorized',
    message: allowed > 0n ? `${what}; ${checked} were authorized` : `${what} without an authorization`,
    ...{ measured: value.amount, threshold: checked, unit: currency },
  };
  work.outgoing.push(riskAlert(work, work.account(order.customerId), delivery, alert));
}

/** What came back may leave again while the approval lasts; after it nothing of it stays reserved. */
export function takeBack(work: AccountWork, delivery: Delivery<ShipmentReturnedV1>): void {
  const { orderId, value } = delivery.message;
  const order = work.order(delivery.customerId, orderId);
  const { minor, currency } = parseMoney(value);
  work.changeOrder(work.account(order.customerId), order, delivery, () =>
    countAmount(work, order, 'shipped', { minor: -minor, currency }),
  );
  expireApprovals(work, [order], delivery);
}
