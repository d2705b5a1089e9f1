import type {
  OrderAmendedV1,
  OrderCancelledV1,
  OrderPlacedV1,
  OrderShippedV1,
  ShipmentRequestedV1,
} from '@ordergate/contracts';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { parseMoney } from '@ordergate/money';
import type { OrderBook } from '../domain/order-book.ts';
import { shipGoods } from '../domain/shipment.ts';
import { takeVersion } from '../domain/take-version.ts';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';
import { orderVersionOf } from './order-version-of.ts';

type OrderMessage = OrderPlacedV1 | OrderAmendedV1 | OrderCancelledV1 | ShipmentRequestedV1 | OrderShippedV1;

const writers: Record<string, (book: OrderBook, message: never) => string | null> = {
  'OrderPlaced.v1': writeVersion,
  // An amend of an unknown order is a place.
  'OrderAmended.v1': writeVersion,
  'OrderCancelled.v1': cancel,
  'ShipmentRequested.v1': requestShipment,
  'OrderShipped.v1': ship,
};

/** What order systems and the warehouse say goes into the book. */
export class OnOrders implements BatchHandler {
  readonly types = Object.keys(writers);

  async handle(deliveries: Delivery<OrderMessage>[], { sql }: Chunk): Promise<Outgoing[]> {
    const book = await lockOrderBook(
      sql,
      deliveries.map(({ message }) => message),
    );
    const refused = deliveries.flatMap((delivery) => {
      const violation = violationOf(book, delivery.message) ?? writers[delivery.type]!(book, delivery.message as never);
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

function writeVersion(book: OrderBook, message: OrderPlacedV1): string | null {
  const taken = takeVersion(book.order(message.orderId, message.customerId), orderVersionOf(message));
  switch (taken.outcome) {
    case 'taken':
      book.write(taken.order);
      return null;
    case 'ignored':
      return null;
    case 'refused':
      return taken.violation;
  }
}

function cancel(book: OrderBook, { orderId, customerId, cancelledAt, reason }: OrderCancelledV1): null {
  const order = book.order(orderId, customerId);
  if (order.cancelledAt === null) {
    book.write({ ...order, cancelledAt: new Date(cancelledAt), cancelReason: reason ?? null });
  }
  return null;
}

function requestShipment(book: OrderBook, message: ShipmentRequestedV1): null {
  const order = book.order(message.orderId, message.customerId);
  book.writeShipment(order, {
    ...book.shipment(order, message.shipmentId),
    requestedAt: new Date(message.requestedAt),
    requestedValue: message.value ? parseMoney(message.value) : null,
  });
  return null;
}

function ship(book: OrderBook, message: OrderShippedV1): string | null {
  const order = book.order(message.orderId, message.customerId);
  const goods = {
    value: parseMoney(message.value),
    isFinal: message.final ?? false,
    shippedAt: new Date(message.shippedAt),
  };
  const shipped = shipGoods(order, book.shipment(order, message.shipmentId), goods);
  switch (shipped.outcome) {
    case 'taken':
      book.writeShipment(shipped.order, shipped.shipment);
      return null;
    case 'ignored':
      return null;
    case 'refused':
      return shipped.violation;
  }
}
