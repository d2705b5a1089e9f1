import type { ShipmentRequestedV1 } from '@ordergate/contracts';
import { formatMoney, parseMoney, type Money } from '@ordergate/money';
import { deadLetter, type Cause, type Delivery, type Outgoing } from '@ordergate/messaging';
import type { Sql } from '@ordergate/database';
import type { KnownAccountFacts } from '../domain/gate/rule.ts';
import { isApproved, isExpired, type CustomerOrder } from '../domain/order/customer-order.ts';
import { noGoods, restOfOrder } from '../domain/order/order-goods.ts';
import { decidedAgainCodes, decideShipment, type ShipmentDecided } from '../domain/shipment/decide-shipment.ts';
import {
  loadShipments,
  saveShipmentRequests,
  type KnownShipment,
  type ShipmentKey,
  type ShipmentRequest,
} from '../store/shipment-request.store.ts';
import type { AccountWork } from './account-work.ts';
import { decide } from './decide.ts';
import { endApproval, goesBack } from './expire-approvals.ts';
import { factsOf } from './facts-of.ts';

const keyOf = ({ customerId, shipmentId }: ShipmentKey): string => `${customerId}\n${shipmentId}`;
const types: readonly string[] = ['ShipmentRequested.v1', 'OrderShipped.v1'];

/** The shipments that a chunk names: what was asked and told of them, loaded once, moved in memory message by message. */
export class Shipments {
  private readonly known = new Map<string, KnownShipment>();
  private readonly answered: ShipmentRequest[] = [];

  /** Asks nothing when no message is about a shipment. */
  static async load(sql: Sql, deliveries: readonly Delivery[]): Promise<Shipments> {
    const shipments = new Shipments();
    const named = new Map<string, ShipmentKey>();
    for (const { type, message } of deliveries) {
      if (!types.includes(type)) continue;
      const { customerId, shipmentId } = message as ShipmentKey;
      const key = { customerId, shipmentId };
      named.set(keyOf(key), key);
    }
    for (const one of await loadShipments(sql, [...named.values()])) shipments.known.set(keyOf(one), one);
    return shipments;
  }

  /** Goods leave: what was authorized for them is used; undefined when nothing was, or it has lapsed with the approval. */
  leave(order: CustomerOrder, shipmentId: string, businessDay: string): Money | undefined {
    const shipment = this.known.get(keyOf({ customerId: order.customerId, shipmentId }))!;
    this.known.set(keyOf(shipment), { ...shipment, hasLeft: true });
    const { request } = shipment;
    const isGood =
      request?.outcome === 'authorized' &&
      request.orderId === order.orderId &&
      request.seq > (order.goods ?? noGoods).lapsedUntil &&
      order.approval !== null &&
      businessDay <= order.approval.validUntil;
    return isGood ? request.value : undefined;
  }

  /** Answers once: the same question again gets the same answer, another under the same shipmentId is refused as a message. */
  answer(work: AccountWork, delivery: Delivery<ShipmentRequestedV1>): void {
    const { customerId, orderId, shipmentId, value } = delivery.message;
    const asked = value ? parseMoney(value) : null;
    const shipment = this.known.get(keyOf({ customerId, shipmentId }))!;
    const order = work.order(customerId, orderId);
    const violation = violationOf(work, order, shipment, asked);
    if (violation !== null) work.outgoing.push(deadLetter(delivery, violation));
    else if (shipment.request) work.outgoing.push(answerMessage(shipment.request, delivery));
    else this.decide(work, delivery, order, shipment, asked);
  }

  private decide(
    work: AccountWork,
    cause: Cause,
    order: CustomerOrder,
    shipment: KnownShipment,
    asked: Money | null,
  ): void {
    const account = work.account(order.customerId);
    const rate = work.rate(order.currency, account.currency);
    const facts = isApproved(order) ? factsOf(work, account, order, rate) : null;
    const decided = decideShipment(work.businessDay, facts as KnownAccountFacts | null, {
      order,
      asked,
      hasLeft: shipment.hasLeft,
      accountCurrency: account.currency!,
    });
    const toGate = isAskedAgain(order, decided);
    const hasExpired = isExpired(order, work.businessDay);
    if (hasExpired) endApproval(work, order, cause);
    const seq = work.nextSeq(account);
    if (decided.outcome === 'authorized') {
      const { authorized, ...goods } = order.goods ?? noGoods;
      const take = (): void => void (order.goods = { ...goods, authorized: authorized + decided.value.minor });
      work.changeOrder(account, order, cause, take, { seq });
    }
    const { customerId, shipmentId } = shipment;
    const key = { customerId, shipmentId, orderId: order.orderId };
    const request = { ...key, asked, ...decided, seq, decidedAt: work.chunk.at, businessDay: work.businessDay };
    this.known.set(keyOf(shipment), { ...shipment, request });
    this.answered.push(request);
    work.outgoing.push(answerMessage(request, cause));
    if (toGate && (!hasExpired || goesBack(work, order))) decide(work, order, cause, 'released');
  }

  save(sql: Sql): Promise<void> {
    return saveShipmentRequests(sql, this.answered);
  }
}

/** What the approval rested on has gone: the order is decided again, unless nothing of it is left to be decided about. */
function isAskedAgain(order: CustomerOrder, { reasons }: ShipmentDecided): boolean {
  return isApproved(order) && restOfOrder(order) > 0n && reasons.some(({ code }) => decidedAgainCodes.includes(code));
}

function violationOf(
  work: AccountWork,
  order: CustomerOrder,
  { shipmentId, request }: KnownShipment,
  asked: Money | null,
): string | null {
  if (request === null) {
    const hasCurrency = asked ?? order.currency ?? work.account(order.customerId).currency;
    return hasCurrency ? null : `order ${order.orderId} is not known, so the request must say what the goods are worth`;
  }
  const isSame =
    request.orderId === order.orderId &&
    request.asked?.minor === asked?.minor &&
    request.asked?.currency === asked?.currency;
  if (isSame) return null;
  return `shipment ${shipmentId} was asked for before with other content; ask under another shipmentId`;
}

function answerMessage(request: ShipmentRequest, causedBy: Cause): Outgoing {
  const { customerId, orderId, shipmentId, value, reasons, seq, decidedAt, outcome } = request;
  const said = { value: formatMoney(value), reasons, decidedAt: decidedAt.toISOString() };
  return {
    ...{ topic: 'credit-decisions', key: customerId, causedBy, about: orderId },
    type: outcome === 'authorized' ? 'ShipmentAuthorized.v1' : 'ShipmentRefused.v1',
    data: { seq: Number(seq), shipmentId, orderId, customerId, ...said },
  };
}
