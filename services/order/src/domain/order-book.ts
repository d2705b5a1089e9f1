import { isClaimed, unknownOrder, type Order } from './order.ts';
import { statusOf } from './order-status.ts';
import { unknownShipment, type Shipment } from './shipment.ts';
import type { Happening, TimelineEntry } from './timeline.ts';

/** Identifiers hold no space. */
const orderKey = (orderId: string, customerId: string): string => `${orderId} ${customerId}`;
const shipmentKey = (order: Order, shipmentId: string): string => `${order.orderId} ${order.customerId} ${shipmentId}`;

/** The pages of the order book that one batch names: as they are stored, and as the batch leaves them. */
export class OrderBook {
  private readonly stored = new Set<string>();
  private readonly orders = new Map<string, Order>();
  private readonly shipments = new Map<string, Shipment>();
  private readonly owners = new Map<string, string>();
  private readonly touchedOrders = new Set<string>();
  private readonly touchedShipments = new Set<string>();
  /** What the batch adds to timelines. */
  readonly entries: TimelineEntry[] = [];

  constructor(orders: readonly Order[], shipments: readonly Shipment[]) {
    for (const order of orders) {
      this.stored.add(orderKey(order.orderId, order.customerId));
      this.put(order);
    }
    for (const shipment of shipments) {
      this.shipments.set(`${shipment.orderId} ${shipment.customerId} ${shipment.shipmentId}`, shipment);
    }
  }

  order(orderId: string, customerId: string): Order {
    return this.orders.get(orderKey(orderId, customerId)) ?? unknownOrder(orderId, customerId);
  }

  /** The customer whose order it is; undefined while nobody has placed or cancelled it. */
  ownerOf(orderId: string): string | undefined {
    return this.owners.get(orderId);
  }

  shipment(order: Order, shipmentId: string): Shipment {
    return this.shipments.get(shipmentKey(order, shipmentId)) ?? unknownShipment(shipmentId, order);
  }

  /** Writes an order as it is after something has happened to it, and that into its timeline. */
  write(order: Order, happening: Happening): void {
    const { orderId, customerId } = order;
    const written = { ...order, entries: order.entries + 1 };
    this.touchedOrders.add(orderKey(orderId, customerId));
    this.put(written);
    this.entries.push({ ...happening, orderId, customerId, no: written.entries, status: statusOf(written) });
  }

  /** The same of one of its shipments. It is never without its order's row: whoever holds that row's lock has the shipment too. */
  writeShipment(order: Order, shipment: Shipment, happening: Happening): void {
    this.write(order, happening);
    this.shipments.set(shipmentKey(order, shipment.shipmentId), shipment);
    this.touchedShipments.add(shipmentKey(order, shipment.shipmentId));
  }

  newOrders(): Order[] {
    return this.touched((key) => !this.stored.has(key));
  }

  changedOrders(): Order[] {
    return this.touched((key) => this.stored.has(key));
  }

  changedShipments(): Shipment[] {
    return [...this.touchedShipments].map((key) => this.shipments.get(key)!);
  }

  /** In the order of their keys, as every writer locks them. */
  private touched(fits: (key: string) => boolean): Order[] {
    return [...this.touchedOrders]
      .filter(fits)
      .sort()
      .map((key) => this.orders.get(key)!);
  }

  private put(order: Order): void {
    this.orders.set(orderKey(order.orderId, order.customerId), order);
    if (isClaimed(order)) this.owners.set(order.orderId, order.customerId);
  }
}
