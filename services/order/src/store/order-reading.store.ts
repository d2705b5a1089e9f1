import type { Sql } from '@ordergate/database';
import type { Order } from '../domain/order.ts';
import type { OrderStatus } from '../domain/order-status.ts';
import type { Shipment } from '../domain/shipment.ts';
import { orderOf, type OrderRow } from './order.row.ts';
import { shipmentOf, type ShipmentRow } from './shipment.row.ts';

/** An order with everything that is shown of it. */
export interface OrderReading {
  order: Order;
  status: OrderStatus;
  /** The newest version as its sender wrote it; null while none has come. */
  document: object | null;
  decisionDocument: object | null;
  shipments: Shipment[];
}

interface ReadingRow extends OrderRow {
  status: OrderStatus;
  document: object | null;
  decision_document: object | null;
}

/** The order of this id; while nobody has placed or cancelled it, what the gate said about it already. */
export async function findOrder(sql: Sql, orderId: string): Promise<OrderReading | null> {
  const [row] = await sql.query<ReadingRow>(
    `select * from customer_order where order_id = $1
     order by (order_version is not null or cancelled_at is not null) desc, customer_id limit 1`,
    [orderId],
  );
  if (!row) return null;
  const shipments = await sql.query<ShipmentRow>(
    'select * from shipment where order_id = $1 and customer_id = $2 order by shipment_id',
    [orderId, row.customer_id],
  );
  return readingOf(row, shipments.map(shipmentOf));
}

export interface OrderSearch {
  status?: OrderStatus | undefined;
  customerId?: string | undefined;
  /** Only orders of these sales representatives. */
  salesReps?: readonly string[] | undefined;
  limit: number;
  /** `placedAt` and `orderId` of the last order of the page before. */
  after?: string[] | undefined;
}

/** Orders by the instant they were placed, newest first; one more than `limit` if there are more. Without shipments. */
export async function searchOrders(sql: Sql, search: OrderSearch): Promise<OrderReading[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['order_version is not null'];
  if (search.status) conditions.push(`status = ${parameter(search.status)}`);
  if (search.customerId !== undefined) conditions.push(`customer_id = ${parameter(search.customerId)}`);
  if (search.salesReps) conditions.push(`sales_rep_id = any(${parameter(search.salesReps)}::text[])`);
  if (search.after) {
    const [placedAt, orderId] = search.after;
    conditions.push(`(placed_at, order_id) < (${parameter(placedAt)}::timestamptz, ${parameter(orderId)})`);
  }
  const rows = await sql.query<ReadingRow>(
    `select * from customer_order where ${conditions.join(' and ')}
     order by placed_at desc, order_id desc limit ${parameter(search.limit + 1)}`,
    values,
  );
  return rows.map((row) => readingOf(row, []));
}

const readingOf = (row: ReadingRow, shipments: Shipment[]): OrderReading => ({
  order: orderOf(row),
  status: row.status,
  document: row.document,
  decisionDocument: row.decision_document,
  shipments,
});
