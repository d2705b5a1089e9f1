import { formatMinor } from '@ordergate/money';
import type { Chance } from './chance.ts';

/** What a system around Ordergate has to say. */
export interface Told {
  id: string;
  type: string;
  data: Record<string, unknown>;
  time: string;
}

interface Order {
  orderId: string;
  customerId: string;
  version: number;
  totalMinor: number;
  /** What has left, and how many shipments were asked for. */
  shippedMinor: number;
  shipments: number;
}

interface Shipment {
  shipmentId: string;
  order: Order;
  minor: number;
}

const businessDay = '2026-11-21';
const customersAtFirst = 48;
/** These get every other order: most of what can go wrong between two writers goes wrong with them. */
const hotCustomers = 4;
const currency = 'EUR';
/** More would wait than a payment can look through at once; the oldest is called off instead. */
const openOrdersMax = 400;
/** Changes of mind come soon. */
const recentOrders = 40;
const yeses = ['OrderApproved.v1', 'OrderReleased.v1'];
const noes = ['OrderHeld.v1', 'OrderDeclined.v1', 'ApprovalExpired.v1'];
/** Customers take turns in these, so that each of the hot ones is in another; null: in none. */
const creditGroups = ['G-north', 'G-south', 'G-alone', null] as const;

/**
 * A company whose customers order on tight limits: three or four orders fill one, so that a decision on stale or lost
 * figures shows at once. Three of four are in a credit group. What was approved is shipped in parts, each asked for, invoiced
 * and paid, which makes room for the next.
 */
export class Company {
  private readonly chance: Chance;
  private readonly now: () => Date;
  private readonly customers: string[] = [];
  private readonly groupOf = new Map<string, string | null>();
  /** Neither shipped nor called off, oldest first. */
  private readonly open = new Map<string, Order>();
  private readonly approved = new Set<string>();
  private readonly asked = new Map<string, Shipment>();
  private readonly authorized: Shipment[] = [];
  private readonly shipped: Shipment[] = [];
  private readonly invoiced: Shipment[] = [];
  private counted = 0;

  constructor(chance: Chance, now: () => Date) {
    this.chance = chance;
    this.now = now;
  }

  /** The first business day, and the customers of the first hour. */
  opening(): Told[] {
    return [
      this.told('BusinessDayStarted.v1', { businessDay }),
      ...Array.from({ length: customersAtFirst }, () => this.register()),
    ];
  }

  /** What the gate has said of an order or a shipment: goods leave only on a yes, as a rule. */
  hear({ type, orderId, shipmentId = '' }: { type: string; orderId: string; shipmentId?: string }): void {
    const shipment = this.asked.get(shipmentId);
    this.asked.delete(shipmentId);
    if (type === 'ShipmentAuthorized.v1' && shipment) this.authorized.push(shipment);
    else if (noes.includes(type)) this.approved.delete(orderId);
    else if (yeses.includes(type) && this.open.has(orderId)) this.approved.add(orderId);
  }

  /** The next thing that happens. */
  next(): Told[] {
    const die = this.chance.whole(1, 100);
    if (die <= 1) return this.newCustomer();
    if (die <= 3) return [this.changeLimit()];
    if (die <= 12) return this.amend();
    if (die <= 22) return this.cancel(this.someOrder());
    if (die <= 36) return this.ask();
    if (die <= 50) return this.ship();
    if (die <= 62) return this.invoice();
    if (die <= 74) return this.pay();
    if (this.open.size >= openOrdersMax) return this.cancel(this.open.values().next().value);
    return [this.place(this.someCustomer())];
  }

  private someCustomer(): string {
    const isHot = this.chance.next() < 0.5;
    return isHot ? this.customers[this.chance.whole(0, hotCustomers - 1)]! : this.chance.one(this.customers);
  }

  private register(): Told {
    const customerId = `C-${this.customers.length + 1}`;
    this.groupOf.set(customerId, creditGroups[this.customers.length % creditGroups.length]!);
    this.customers.push(customerId);
    return this.told('CustomerRegistered.v1', this.masterRecord(customerId));
  }

  /** Its first order is on its way before the gate can know it. */
  private newCustomer(): Told[] {
    const registered = this.register();
    return [this.place(String(registered.data['customerId'])), registered];
  }

  /** Now and then the customer is sold to another group. */
  private changeLimit(): Told {
    const customerId = this.someCustomer();
    if (this.chance.next() < 0.2) this.groupOf.set(customerId, this.chance.one(creditGroups));
    return this.told('CustomerChanged.v1', this.masterRecord(customerId));
  }

  private masterRecord(customerId: string): Record<string, unknown> {
    const creditGroupId = this.groupOf.get(customerId);
    return {
      ...{ customerId, name: `Customer ${customerId}`, currency, language: 'en', country: 'DE' },
      limit: { kind: 'amount', amount: money(this.chance.whole(20, 60) * 10_000) },
      ...(creditGroupId && { creditGroupId }),
      updatedAt: this.now().toISOString(),
    };
  }

  private place(customerId: string): Told {
    const orderId = `SO-${(this.counted += 1)}`;
    const order: Order = { orderId, customerId, version: 1, totalMinor: this.amount(), shippedMinor: 0, shipments: 0 };
    this.open.set(orderId, order);
    return this.told('OrderPlaced.v1', this.versionOf(order));
  }

  private amend(): Told[] {
    const order = this.someOrder();
    if (!order) return [];
    order.version += 1;
    order.totalMinor = this.amount();
    this.approved.delete(order.orderId);
    return [this.told('OrderAmended.v1', this.versionOf(order))];
  }

  private cancel(order: Order | undefined): Told[] {
    if (!order) return [];
    this.close(order);
    const { orderId, customerId } = order;
    return [this.told('OrderCancelled.v1', { orderId, customerId, cancelledAt: this.now().toISOString() })];
  }

  /** The warehouse asks for a part, for the rest, or for more than there is; now and then it asks again. */
  private ask(): Told[] {
    const order = this.open.get(this.chance.one([...this.approved, '']));
    if (!order) return [];
    const { orderId, customerId, totalMinor, shippedMinor } = order;
    const rest = Math.max(10, totalMinor - shippedMinor);
    const die = this.chance.whole(1, 10);
    const minor = die <= 4 ? Math.ceil(rest / 2) : die <= 8 ? rest : 2 * rest;
    const shipment = { shipmentId: `SH-${orderId}-${(order.shipments += 1)}`, order, minor };
    this.asked.set(shipment.shipmentId, shipment);
    const { shipmentId } = shipment;
    const data = { shipmentId, orderId, customerId, value: money(minor), requestedAt: this.now().toISOString() };
    const asks = this.chance.next() < 0.1 ? 2 : 1;
    return Array.from({ length: asks }, () => this.told('ShipmentRequested.v1', data));
  }

  /** What was authorized leaves; one in twenty goes without having been asked for. */
  private ship(): Told[] {
    const shipment = this.chance.next() < 0.05 ? this.unasked() : this.authorized.shift();
    if (!shipment) return [];
    const { shipmentId, order, minor } = shipment;
    const { orderId, customerId } = order;
    this.shipped.push(shipment);
    order.shippedMinor += minor;
    if (order.shippedMinor >= order.totalMinor) this.close(order);
    const data = { shipmentId, orderId, customerId, value: money(minor), shippedAt: this.now().toISOString() };
    return [this.told('OrderShipped.v1', data)];
  }

  private unasked(): Shipment | undefined {
    const order = this.open.get(this.chance.one([...this.approved, '']));
    return order && { shipmentId: `SH-${order.orderId}-${(order.shipments += 1)}`, order, minor: 10 };
  }

  private invoice(): Told[] {
    const shipment = this.shipped.shift();
    if (!shipment) return [];
    this.invoiced.push(shipment);
    const { shipmentId, order, minor } = shipment;
    const { orderId, customerId } = order;
    const invoice = { invoiceId: `I-${shipmentId}`, customerId, orderId, shipmentId, total: money(minor) };
    return [this.told('InvoicePosted.v1', { ...invoice, issuedOn: businessDay, dueOn: '2026-12-21' })];
  }

  private pay(): Told[] {
    const shipment = this.invoiced.shift();
    if (!shipment) return [];
    const { shipmentId, order, minor } = shipment;
    const total = money(minor);
    const allocations = [{ invoiceId: `I-${shipmentId}`, amount: total }];
    const payment = {
      paymentId: `P-${shipmentId}`,
      customerId: order.customerId,
      total,
      receivedOn: businessDay,
      allocations,
    };
    return [this.told('PaymentReceived.v1', payment)];
  }

  private close({ orderId }: Order): void {
    this.open.delete(orderId);
    this.approved.delete(orderId);
  }

  private versionOf({ orderId, version, customerId, totalMinor }: Order): Record<string, unknown> {
    const placedAt = this.now().toISOString();
    return { orderId, orderVersion: version, customerId, total: money(totalMinor), placedAt };
  }

  private someOrder(): Order | undefined {
    const recent = [...this.open.values()].slice(-recentOrders);
    return recent.length === 0 ? undefined : this.chance.one(recent);
  }

  private amount(): number {
    return this.chance.whole(2_000, 14_000) * 10;
  }

  private told(type: string, data: Record<string, unknown>): Told {
    return { id: `m-${(this.counted += 1)}`, type, data, time: this.now().toISOString() };
  }
}

const money = (minor: number) => ({ amount: formatMinor(BigInt(minor), currency), currency });
