import { rowSet, type Sql } from '@ordergate/database';
import { OrderBook } from '../domain/order-book.ts';
import type { Order } from '../domain/order.ts';
import type { Shipment } from '../domain/shipment.ts';
import { orderColumns, orderOf, rowOf, type OrderRow } from './order.row.ts';
import { appendEntries } from './timeline.store.ts';
import { shipmentColumns, shipmentOf, shipmentRowOf, type ShipmentRow } from './shipment.row.ts';

const orders = rowSet(orderColumns);
const shipments = rowSet(shipmentColumns);
const shipmentKeys = rowSet({ order_id: 'text', shipment_id: 'text' });

const lockOrdersSql = `
  select order_id, customer_id, order_version, content_hash, total_minor, total_currency, placed_at, sales_rep_id,
    cancelled_at, cancel_reason, decision_outcome, decision_version, decision_seq, expired_on,
    shipped_minor, shipped_currency, is_finally_shipped, heard_seq, entries
  from customer_order where order_id = any($1::text[]) order by order_id, customer_id for update`;
const loadShipmentsSql = `
  select s.* from shipment s join ${shipmentKeys.from('asked')} using (order_id, shipment_id)`;
const insertOrdersSql = `
  insert into customer_order (${orders.names}) select ${orders.names} from ${orders.from('written')}
  on conflict do nothing returning order_id`;
// A document that did not change is neither read nor written again.
const keepUnlessNew = ['document', 'decision_document'];
const updateOrdersSql = `
  update customer_order o set ${Object.keys(orderColumns)
    .filter((name) => name !== 'order_id' && name !== 'customer_id')
    .map((name) => `${name} = ${keepUnlessNew.includes(name) ? `coalesce(w.${name}, o.${name})` : `w.${name}`}`)
    .join(', ')}
  from ${orders.from('w')} where o.order_id = w.order_id and o.customer_id = w.customer_id`;
const writeShipmentsSql = `
  insert into shipment (${shipments.names}) select ${shipments.names} from ${shipments.from('written')}
  on conflict (order_id, customer_id, shipment_id) do update set ${Object.keys(shipmentColumns)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

export interface PageName {
  orderId: string;
  shipmentId?: string;
}

/** Locks what the book has on these orders, of whichever customer, in the order of their ids. */
export async function lockOrderBook(sql: Sql, pages: readonly PageName[]): Promise<OrderBook> {
  const named = pages
    .filter(({ shipmentId }) => shipmentId !== undefined)
    .map(({ orderId, shipmentId }) => ({ order_id: orderId, shipment_id: shipmentId }));
  const [orderRows, shipmentRows] = await Promise.all([
    sql.query<OrderRow>(lockOrdersSql, [[...new Set(pages.map(({ orderId }) => orderId))]]),
    // Runs after the lock on the same connection, so it sees what the former holder of the lock wrote.
    named.length === 0 ? [] : sql.query<ShipmentRow>(loadShipmentsSql, shipmentKeys.arrays(unique(named))),
  ]);
  return new OrderBook(orderRows.map(orderOf), shipmentRows.map(shipmentOf));
}

/** Writes what the batch changed. */
export async function saveOrderBook(sql: Sql, book: OrderBook): Promise<void> {
  await Promise.all([
    insertOrders(sql, book.newOrders()),
    updateOrders(sql, book.changedOrders()),
    writeShipments(sql, book.changedShipments()),
    appendEntries(sql, book.entries),
  ]);
}

async function insertOrders(sql: Sql, written: readonly Order[]): Promise<void> {
  if (written.length === 0) return;
  const inserted = await sql.query(insertOrdersSql, orders.arrays(written.map(rowOf)));
  if (inserted.length < written.length) throw new OrderCameMeanwhile();
}

async function updateOrders(sql: Sql, written: readonly Order[]): Promise<void> {
  if (written.length > 0) await sql.query(updateOrdersSql, orders.arrays(written.map(rowOf)));
}

async function writeShipments(sql: Sql, written: readonly Shipment[]): Promise<void> {
  if (written.length > 0) await sql.query(writeShipmentsSql, shipments.arrays(written.map(shipmentRowOf)));
}

function unique(keys: readonly { order_id: string; shipment_id: string | undefined }[]) {
  return [...new Map(keys.map((key) => [`${key.order_id} ${key.shipment_id}`, key])).values()];
}

/**
 * Another lane has written the same order since it was looked for: two customers use one orderId at the same time, or
 * a sender's partitioner is not Kafka's. The code is Postgres' serialization failure, so that the batch is made again.
 */
class OrderCameMeanwhile extends Error {
  readonly code = '40001';

  constructor() {
    super('An order of this batch was written by another lane meanwhile');
  }
}
