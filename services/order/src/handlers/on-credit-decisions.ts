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
import { isRepeated, type Order } from '../domain/order.ts';
import { answered, type ShipmentAnswer } from '../domain/shipment.ts';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';

type OrderDecision = OrderApprovedV1 | OrderHeldV1 | OrderReleasedV1 | OrderDeclinedV1;
type ShipmentDecision = ShipmentAuthorizedV1 | ShipmentRefusedV1;
type DecisionMessage = OrderDecision | ApprovalExpiredV1 | ShipmentDecision;

type Writer = (book: OrderBook, order: Order, message: never, toldAt: Date) => void;

const writers: Record<string, Writer> = {
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

  async handle(deliveries: Delivery<DecisionMessage>[], { sql, at }: Chunk): Promise<Outgoing[]> {
    const book = await lockOrderBook(
      sql,
      deliveries.map(({ message }) => message),
    );
    for (const { type, message, time } of deliveries) {
      const { orderId, customerId, seq } = message;
      const order = book.order(orderId, customerId);
      if (isRepeated(order, seq)) continue;
      writers[type]!(book, { ...order, heardSeq: seq }, message as never, time ? new Date(time) : at);
    }
    await saveOrderBook(sql, book);
    return [];
  }
}

function decide(outcome: Exclude<DecisionOutcome, 'expired'>) {
  return (book: OrderBook, order: Order, message: OrderDecision): void => {
    const { orderVersion: version = 0, seq, decidedAt, decidedBy } = message;
    const details = toldOf(message);
    const document = JSON.stringify({ ...details, decidedAt, decidedBy });
    const decision = effectiveDecision(order.decision, { outcome, version, seq, document, expiredOn: null });
    book.write({ ...order, decision }, { what: outcome, at: new Date(decidedAt), by: decidedBy, details });
  };
}

/** What readers of an order want to know of its decision; the figures of the account stay with customer-credit. */
function toldOf(message: OrderDecision) {
  const { decisionId, orderVersion, businessDay, reasons, releaseReason, note } = message;
  const approval = 'approval' in message ? message.approval : undefined;
  return { decisionId, orderVersion, businessDay, reasons, approval, releaseReason, note };
}

function expireApproval(book: OrderBook, order: Order, message: ApprovalExpiredV1, toldAt: Date): void {
  const { seq, expiredOn, freed } = message;
  const decision = expire(order.decision, { seq, expiredOn });
  const details = { expiredOn, freed };
  book.write({ ...order, decision }, { what: 'approval-expired', at: toldAt, by: 'policy', details });
}

function answerShipment(outcome: ShipmentAnswer['outcome']) {
  return (book: OrderBook, order: Order, message: ShipmentDecision): void => {
    const { shipmentId, seq, value, reasons } = message;
    const decidedAt = new Date(message.decidedAt);
    const answer = { outcome, seq, value: parseMoney(value), reasons: JSON.stringify(reasons), decidedAt };
    const details = { shipmentId, value, ...(outcome === 'refused' && { reasons }) };
    const happening = { what: `shipment-${outcome}`, at: decidedAt, by: 'policy', details } as const;
    book.writeShipment(order, answered(book.shipment(order, shipmentId), answer), happening);
  };
}
