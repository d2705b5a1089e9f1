import type {
  ApprovalExpiredV1,
  OrderApprovedV1,
  OrderDeclinedV1,
  OrderHeldV1,
  OrderReleasedV1,
  ShipmentAuthorizedV1,
  ShipmentRefusedV1,
} from '@ordergate/contracts';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { parseMoney } from '@ordergate/money';
import { effectiveDecision, expire, type DecisionOutcome } from '../domain/decision.ts';
import type { OrderBook } from '../domain/order-book.ts';
import { answered, type ShipmentAnswer } from '../domain/shipment.ts';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';

type OrderDecision = OrderApprovedV1 | OrderHeldV1 | OrderReleasedV1 | OrderDeclinedV1;
type ShipmentDecision = ShipmentAuthorizedV1 | ShipmentRefusedV1;
type DecisionMessage = OrderDecision | ApprovalExpiredV1 | ShipmentDecision;

const writers: Record<string, (book: OrderBook, message: never) => void> = {
  'OrderApproved.v1': decide('approved'),
  'OrderHeld.v1': decide('held'),
  'OrderReleased.v1': decide('released'),
  'OrderDeclined.v1': decide('declined'),
  'ApprovalExpired.v1': expireApproval,
  'ShipmentAuthorized.v1': answerShipment('authorized'),
  'ShipmentRefused.v1': answerShipment('refused'),
};

/** What the gate decides goes into the book, also when the order itself has not come yet. */
export class OnCreditDecisions implements BatchHandler {
  readonly types = Object.keys(writers);

  async handle(deliveries: Delivery<DecisionMessage>[], { sql }: Chunk): Promise<Outgoing[]> {
    const book = await lockOrderBook(
      sql,
      deliveries.map(({ message }) => message),
    );
    for (const { type, message } of deliveries) writers[type]!(book, message as never);
    await saveOrderBook(sql, book);
    return [];
  }
}

function decide(outcome: DecisionOutcome) {
  return (book: OrderBook, message: OrderDecision): void => {
    const order = book.order(message.orderId, message.customerId);
    const { orderVersion = 0, seq } = message;
    const next = { outcome, version: orderVersion, seq, document: documentOf(message), expiredOn: null };
    const decision = effectiveDecision(order.decision, next);
    if (decision !== order.decision) book.write({ ...order, decision });
  };
}

/** What readers of an order want to know of its decision; the figures of the account stay with customer-credit. */
function documentOf(message: OrderDecision): string {
  const { decisionId, orderVersion, decidedAt, businessDay, decidedBy, reasons, releaseReason, note } = message;
  const approval = 'approval' in message ? message.approval : undefined;
  return JSON.stringify({
    decisionId,
    orderVersion,
    decidedAt,
    businessDay,
    decidedBy,
    reasons,
    approval,
    releaseReason,
    note,
  });
}

function expireApproval(book: OrderBook, { orderId, customerId, seq, expiredOn }: ApprovalExpiredV1): void {
  const order = book.order(orderId, customerId);
  const decision = expire(order.decision, { seq, expiredOn });
  if (decision !== order.decision) book.write({ ...order, decision });
}

function answerShipment(outcome: ShipmentAnswer['outcome']) {
  return (book: OrderBook, message: ShipmentDecision): void => {
    const order = book.order(message.orderId, message.customerId);
    const shipment = book.shipment(order, message.shipmentId);
    const { seq, value, reasons, decidedAt } = message;
    const next = answered(shipment, {
      outcome,
      seq,
      value: parseMoney(value),
      reasons: JSON.stringify(reasons),
      decidedAt: new Date(decidedAt),
    });
    if (next !== shipment) book.writeShipment(order, next);
  };
}
