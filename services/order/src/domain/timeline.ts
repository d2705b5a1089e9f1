import type { OrderStatus } from './order-status.ts';

export const happenings = [
  'placed',
  'amended',
  'cancelled',
  'approved',
  'held',
  'released',
  'declined',
  'approval-expired',
  'shipment-requested',
  'shipment-authorized',
  'shipment-refused',
  'goods-shipped',
  'goods-returned',
] as const;

/** Something that happened to an order: what, when, by whom, and why as far as there is a reason. */
export interface Happening {
  readonly what: (typeof happenings)[number];
  /** By the clock of who told it. */
  readonly at: Date;
  /** `policy`, `user:<id>`, or `source:<name>` of the system that sent it. */
  readonly by: string;
  /** What else people want to know of it: version, reasons, goods. Goes out as it is. */
  readonly details: object;
}

/** A line of an order's timeline. */
export interface TimelineEntry extends Happening {
  readonly orderId: string;
  readonly customerId: string;
  /** 1, 2, 3 … for each order, as the book heard of them; a reader who has seen 3 goes on with 4. */
  readonly no: number;
  /** Where the order stood then. */
  readonly status: OrderStatus;
}
