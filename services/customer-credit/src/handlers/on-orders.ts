import { Injectable } from '@nestjs/common';
import type {
  OrderAmendedV1,
  OrderCancelledV1,
  OrderPlacedV1,
  OrderShippedV1,
  ShipmentRequestedV1,
  ShipmentReturnedV1,
} from '@ordergate/contracts';
import { parseMoney } from '@ordergate/money';
import {
  deadLetter,
  type BatchHandler,
  type Cause,
  type Chunk,
  type Delivery,
  type Outgoing,
  type Undecided,
} from '@ordergate/messaging';
import { totalOf } from '../domain/account/exposure.ts';
import { technicalError } from '../domain/gate/technical-error.rule.ts';
import { closedAs } from '../domain/hold/credit-hold.ts';
import { isApproved, type CustomerOrder } from '../domain/order/customer-order.ts';
import { takeVersion, type OrderVersion } from '../domain/order/take-version.ts';
import { Policies } from '../policies.ts';
import { countShipments, type ShipmentEvent } from '../store/shipment.store.ts';
import { AccountWork } from './account-work.ts';
import { decide, holdForTechnicalError, keepApproval } from './decide.ts';
import { momentOf } from './hold-cases.ts';
import { restate } from './order-amounts.ts';
import { forgetOrder } from './order-histories.ts';
import { applyVersion, namedOrder, versionOf } from './order-version.ts';
import { Reevaluation } from './reevaluate-holds.ts';
import { shipGoods, takeBack } from './ship-goods.ts';
import { Shipments } from './shipments.ts';
import { tellGroupMembers } from './tell-group-members.ts';

type OrderMessage = OrderPlacedV1 | OrderCancelledV1 | ShipmentRequestedV1 | OrderShippedV1 | ShipmentReturnedV1;

/** Why the gate could not decide, for the order's sender. */
export const undecidedBecause: Record<Undecided['because'], string> = {
  malformed: 'The message does not fit its contract',
  conflicting: 'The message has the id of another one',
  parked: 'An earlier message of this customer waits for repair',
};

/** Orders come to the gate: decided, amended, cancelled; goods leave and come back. */
@Injectable()
export class OnOrders implements BatchHandler {
  readonly types: readonly string[] = [
    'OrderPlaced.v1',
    'OrderAmended.v1',
    'OrderCancelled.v1',
    'ShipmentRequested.v1',
    'OrderShipped.v1',
    'ShipmentReturned.v1',
  ];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<OrderMessage>[], chunk: Chunk): Promise<Outgoing[]> {
    const messages = deliveries.map(({ message }) => message);
    // A first version is of a new order; where it is not, the order's key is taken.
    const mayBeKnown = chunk.expectsRepeats ? deliveries : deliveries.filter(mayFreeCredit);
    const work = await AccountWork.load(
      chunk,
      this.policies,
      messages.map(({ customerId }) => customerId),
      mayBeKnown.map(({ message }) => message),
    );
    await work.withRatesFor(messages.flatMap(currencyOf));
    const shipments = await Shipments.load(chunk.sql, deliveries);
    const counted = await countShipments(chunk.sql, work.businessDay, deliveries.flatMap(shipmentEvent));
    const reevaluation = await Reevaluation.of(work, deliveries.filter(mayFreeCredit));
    for (const delivery of deliveries) {
      if (!mayFreeCredit(delivery)) {
        this.fold(work, delivery, shipments, counted);
        continue;
      }
      const account = work.account(delivery.customerId);
      const before = totalOf(account.exposure);
      this.fold(work, delivery, shipments, counted);
      if (totalOf(account.exposure) < before) reevaluation.ask(work, account, delivery);
    }
    await shipments.save(chunk.sql);
    await tellGroupMembers(work);
    return work.save();
  }

  /** A message that cannot be read, has another's id or must wait: its sender hears that the order is held for a technical reason. */
  async answerUndecided(undecided: Undecided[], chunk: Chunk): Promise<Outgoing[]> {
    const orders = undecided.flatMap((one) => {
      const named = namedOrder(one);
      return named ? [{ one, ...named }] : [];
    });
    if (orders.length === 0) return [];
    const work = await AccountWork.load(
      chunk,
      this.policies,
      orders.map(({ customerId }) => customerId),
      orders,
    );
    for (const { one, customerId, orderId, version } of orders) {
      const order = work.order(customerId, orderId);
      const isHeldForIt = order.heldFor.includes('technical-error');
      if (isApproved(order) || order.status === 'cancelled' || isHeldForIt || order.version >= (version ?? 1)) continue;
      const why = `${undecidedBecause[one.because]}: ${one.violations.join('; ')}`;
      holdForTechnicalError(work, order, one, technicalError(why), version);
    }
    return work.save();
  }

  private fold(
    work: AccountWork,
    delivery: Delivery<OrderMessage>,
    shipments: Shipments,
    counted: ReadonlySet<Delivery>,
  ): void {
    switch (delivery.type) {
      case 'OrderPlaced.v1':
      case 'OrderAmended.v1':
        return place(work, delivery as Delivery<OrderPlacedV1 | OrderAmendedV1>);
      case 'OrderCancelled.v1':
        return cancel(work, delivery as Delivery<OrderCancelledV1>);
      case 'ShipmentRequested.v1':
        return shipments.answer(work, delivery as Delivery<ShipmentRequestedV1>);
      case 'OrderShipped.v1':
        if (counted.has(delivery)) shipGoods(work, shipments, delivery as Delivery<OrderShippedV1>);
        return;
      case 'ShipmentReturned.v1':
        if (counted.has(delivery)) takeBack(work, delivery as Delivery<ShipmentReturnedV1>);
        return;
    }
  }
}

/** A first version only takes credit; what comes after it may give some back. */
function mayFreeCredit({ type, message }: Delivery<OrderMessage>): boolean {
  return type !== 'OrderPlaced.v1' || (message as OrderPlacedV1).orderVersion > 1;
}

function place(work: AccountWork, delivery: Delivery<OrderPlacedV1 | OrderAmendedV1>): void {
  const order = work.order(delivery.customerId, delivery.message.orderId);
  const incoming = versionOf(delivery.message);
  const taken = takeVersion(order, incoming, work.businessDay);
  switch (taken.outcome) {
    case 'ignored':
      return;
    case 'refused':
      work.outgoing.push(deadLetter(delivery, taken.violation));
      return;
    case 'keeps-approval':
      return keepApproval(work, order, delivery, () => applyVersion(order, incoming));
    case 'decide':
      return decideVersion(work, order, incoming, delivery);
  }
}

/** Asks the gate about a version; what the order stood for in another currency is told in the new one first. */
export function decideVersion(work: AccountWork, order: CustomerOrder, incoming: OrderVersion, cause: Cause): void {
  if (order.currency !== null && order.currency !== incoming.currency) {
    work.changeOrder(work.account(order.customerId), order, cause, () => restate(work, order, incoming));
  }
  applyVersion(order, incoming);
  decide(work, order, cause, 'approved');
}

function cancel(work: AccountWork, delivery: Delivery<OrderCancelledV1>): void {
  const order = work.order(delivery.customerId, delivery.message.orderId);
  if (order.status === 'cancelled') return;
  const account = work.account(order.customerId);
  const wasHeld = order.status === 'held';
  work.changeOrder(account, order, delivery, () => {
    Object.assign(order, { status: 'cancelled', approved: 0n, approval: null, heldFor: [] });
  });
  if (wasHeld) cancelHold(work, order, delivery);
  forgetOrder(account, order);
  work.changeAccount(account);
}

/** The case is over; no decision tells it, so its history does. */
function cancelHold(work: AccountWork, order: CustomerOrder, delivery: Delivery<OrderCancelledV1>): void {
  const hold = work.holds.of(order)!;
  const seq = work.nextSeq(work.account(order.customerId));
  const { reason = null } = delivery.message;
  const [happenedBy, before] = [`source:${delivery.source}`.slice(0, 200), { status: hold.status }];
  work.holds.set(work, closedAs(hold, 'cancelled', momentOf(work, seq)), delivery, {
    ...{ kind: 'cancelled', happenedBy, why: reason, before, after: { status: 'cancelled' } },
  });
}

function shipmentEvent(delivery: Delivery<OrderMessage>): ShipmentEvent<Delivery>[] {
  const { type, message } = delivery;
  if (!('shipmentId' in message) || 'requestedAt' in message) return [];
  const { customerId, orderId, shipmentId } = message;
  const event = 'returnedAt' in message ? `returned ${message.returnedAt}` : type;
  return [{ toldBy: delivery, customerId, orderId, shipmentId, event, value: parseMoney(message.value) }];
}

function currencyOf(message: OrderMessage): (readonly [string, string])[] {
  const amount = 'total' in message ? message.total : 'value' in message ? message.value : null;
  return amount ? [[message.customerId, amount.currency]] : [];
}
