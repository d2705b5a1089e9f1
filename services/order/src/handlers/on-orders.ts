import type {
  OrderAmendedV1,
  OrderCancelledV1,
  OrderPlacedV1,
  OrderShippedV1,
  ShipmentRequestedV1,
  ShipmentReturnedV1,
} from '@ordergate/contracts';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { parseMoney } from '@ordergate/money';
import type { OrderBook } from '../domain/order-book.ts';
import { requestShipment, shipGoods, takeBack } from '../domain/shipment.ts';
import { takeVersion } from '../domain/take-version.ts';
import type { Happening } from '../domain/timeline.ts';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';
import { orderVersionOf } from './order-version-of.ts';

type OrderMessage =
  OrderPlacedV1 | OrderAmendedV1 | OrderCancelledV1 | ShipmentRequestedV1 | OrderShippedV1 | ShipmentReturnedV1;

/** Who told it and when, for the timeline. */
type Told = Pick<Happening, 'at' | 'by'>;
/** Takes a message into the book; returns what is wrong with it, null if nothing is. */
type Writer = (book: OrderBook, message: never, told: Told) => string | null;

const writers: Record<string, Writer> = {
  'OrderPlaced.v1': writeVersion('placed'),
  // An amend of an unknown order is a place.
  'OrderAmended.v1': writeVersion('amended'),
  'OrderCancelled.v1': cancel,
  'ShipmentRequested.v1': writeRequest,
  'OrderShipped.v1': writeGoods,
  'ShipmentReturned.v1': writeReturn,
};

/** What order systems and the warehouse say goes into the book. */
export class OnOrders implements BatchHandler {
  readonly types = Object.keys(writers);

  async handle(deliveries: Delivery<OrderMessage>[], { sql, at }: Chunk): Promise<Outgoing[]> {
    const book = await lockOrderBook(
      sql,
      deliveries.map(({ message }) => message),
    );
    const refused = deliveries.flatMap((delivery) => {
      const { type, message, time, source } = delivery;
      const told = { at: time ? new Date(time) : at, by: `source:${source}`.slice(0, 200) };
      const violation = violationOf(book, message) ?? writers[type]!(book, message as never, told);
      return violation === null ? [] : [deadLetter(delivery, violation)];
    });
    await saveOrderBook(sql, book);
    return refused;
  }
}

/** An orderId is one order in the whole deployment, whoever owes the money (SEMANTICS.md 7). */
function violationOf(book: OrderBook, { orderId, customerId }: OrderMessage): string | null {
  const owner = book.ownerOf(orderId);
  return owner === undefined || owner === customerId ? null : `orderId ${orderId} is in use by another customer`;
}

function writeVersion(what: 'placed' | 'amended') {
  return (book: OrderBook, message: OrderPlacedV1, told: Told): string | null => {
    const { orderId, customerId, orderVersion, total } = message;
    const taken = takeVersion(book.order(orderId, customerId), orderVersionOf(message));
    switch (taken.outcome) {
      case 'taken':
        book.write(taken.order, { ...told, what, details: { orderVersion, total } });
        return null;
      case 'ignored':
        return null;
      case 'refused':
        return taken.violation;
    }
  };
}

function cancel(book: OrderBook, { orderId, customerId, cancelledAt, reason }: OrderCancelledV1, told: Told): null {
  const order = book.order(orderId, customerId);
  if (order.cancelledAt !== null) return null;
  const at = new Date(cancelledAt);
  const cancelled = { ...order, cancelledAt: at, cancelReason: reason ?? null };
  book.write(cancelled, { ...told, what: 'cancelled', at, details: { reason } });
  return null;
}

function writeRequest(book: OrderBook, message: ShipmentRequestedV1, told: Told): string | null {
  const { orderId, customerId, shipmentId, value } = message;
  const order = book.order(orderId, customerId);
  const at = new Date(message.requestedAt);
  const request = { requestedAt: at, value: value ? parseMoney(value) : null };
  const taken = requestShipment(book.shipment(order, shipmentId), request);
  if (taken.outcome === 'taken') {
    const details = { shipmentId, value };
    book.writeShipment(order, taken.shipment, { ...told, what: 'shipment-requested', at, details });
  }
  return taken.outcome === 'refused' ? taken.violation : null;
}

function writeGoods(book: OrderBook, message: OrderShippedV1, told: Told): string | null {
  const { orderId, customerId, shipmentId, value, final } = message;
  const order = book.order(orderId, customerId);
  const at = new Date(message.shippedAt);
  const goods = { value: parseMoney(value), isFinal: final ?? false, shippedAt: at };
  const shipped = shipGoods(order, book.shipment(order, shipmentId), goods);
  if (shipped.outcome === 'taken') {
    const details = { shipmentId, value, final };
    book.writeShipment(shipped.order, shipped.shipment, { ...told, what: 'goods-shipped', at, details });
  }
  return shipped.outcome === 'refused' ? shipped.violation : null;
}

function writeReturn(book: OrderBook, message: ShipmentReturnedV1, told: Told): null {
  const { orderId, customerId, shipmentId, value, returnedAt } = message;
  const order = book.order(orderId, customerId);
  const taken = takeBack(book.shipment(order, shipmentId), { value, returnedAt });
  if (taken.outcome === 'taken') {
    const happening = { ...told, what: 'goods-returned', at: new Date(returnedAt), details: { shipmentId, value } };
    book.writeShipment(order, taken.shipment, happening as Happening);
  }
  return null;
}
