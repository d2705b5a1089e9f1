import { formatMoney, type Money, type WireMoney } from '@ordergate/money';
import { shipmentStatusOf, type ReturnedGoods, type Shipment, type ShipmentStatus } from '../domain/shipment.ts';
import type { OrderStatus } from '../domain/order-status.ts';
import type { OrderReading } from '../store/order-reading.store.ts';

/** An order as callers see it: the newest version as its sender wrote it, and what became of it. */
export interface OrderView {
  orderId: string;
  customerId: string;
  status: OrderStatus;
  /** The gate's last word, also when a newer version waits for its own. */
  decision?: object;
  cancelledAt?: string;
  cancelReason?: string;
  shipped?: WireMoney;
  shipments?: ShipmentView[];
}

export interface ShipmentView {
  shipmentId: string;
  /** Absent while the gate has not answered. */
  status?: ShipmentStatus;
  requestedAt?: string;
  /** What was asked for, answered, or has left: the latest of them. */
  value?: WireMoney;
  reasons?: unknown;
  decidedAt?: string;
  shippedAt?: string;
  final?: true;
  returned?: readonly ReturnedGoods[];
}

export function orderView({ order, status, document, decisionDocument, shipments }: OrderReading): OrderView {
  const { orderId, customerId, cancelledAt, cancelReason, decision, shipped } = order;
  return {
    ...document,
    orderId,
    customerId,
    status,
    ...(decision && { decision: { outcome: decision.outcome, ...decisionDocument, ...expiryOf(decision) } }),
    ...(cancelledAt && { cancelledAt: cancelledAt.toISOString() }),
    ...(cancelReason && { cancelReason }),
    ...(shipped && { shipped: formatMoney(shipped) }),
    ...(shipments.length > 0 && { shipments: shipments.map(shipmentView) }),
  };
}

const expiryOf = ({ expiredOn }: { expiredOn: string | null }) => expiredOn && { expiredOn };

export function shipmentView(shipment: Shipment): ShipmentView {
  const { shipmentId, requestedAt, requestedValue, answer, shippedAt, shippedValue, isFinal, returned } = shipment;
  const status = shipmentStatusOf(shipment);
  const value: Money | null = shippedValue ?? answer?.value ?? requestedValue;
  return {
    shipmentId,
    ...(status && { status }),
    ...(requestedAt && { requestedAt: requestedAt.toISOString() }),
    ...(value && { value: formatMoney(value) }),
    ...(answer && { reasons: JSON.parse(answer.reasons), decidedAt: answer.decidedAt.toISOString() }),
    ...(shippedAt && { shippedAt: shippedAt.toISOString() }),
    ...(isFinal && { final: true }),
    ...(returned.length > 0 && { returned }),
  };
}
