import { rowSet, type Sql } from '@ordergate/database';
import type { Money } from '@ordergate/money';
import type { GoodsOut } from '../domain/shipment/uninvoiced-goods.ts';
import type { OrderKey } from './customer-order.store.ts';

export interface ShipmentEvent<Message> {
  toldBy: Message;
  customerId: string;
  orderId: string;
  shipmentId: string;
  event: string;
  value: Money;
}

const unnested = rowSet({
  customer_id: 'text',
  order_id: 'text',
  shipment_id: 'text',
  event: 'text',
  minor: 'int8',
  currency: 'text',
  business_day: 'date',
});
const insertSql = `insert into shipment (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}
  on conflict do nothing returning customer_id, shipment_id, event`;

/** Counts each shipment and return once, whatever ids its messages have; returns the messages that count. */
export async function countShipments<Message>(
  sql: Sql,
  businessDay: string,
  events: readonly ShipmentEvent<Message>[],
): Promise<ReadonlySet<Message>> {
  if (events.length === 0) return new Set();
  const keyOf = (event: { customer_id: string; shipment_id: string; event: string }): string =>
    `${event.customer_id}\n${event.shipment_id}\n${event.event}`;
  const rows = events.map((event) => ({
    customer_id: event.customerId,
    order_id: event.orderId,
    shipment_id: event.shipmentId,
    event: event.event,
    minor: event.value.minor,
    currency: event.value.currency,
    business_day: businessDay,
    toldBy: event.toldBy,
  }));
  const first = new Map(rows.toReversed().map((row) => [keyOf(row), row]));
  const inserted = await sql.query<{ customer_id: string; shipment_id: string; event: string }>(
    insertSql,
    unnested.arrays([...first.values()]),
  );
  return new Set(inserted.map((row) => first.get(keyOf(row))!.toldBy));
}

/** Goods that have left, of which order, as which shipment. */
export interface ShippedGoods extends GoodsOut {
  customerId: string;
  orderId: string;
  shipmentId: string;
}

const orders = rowSet({ customer_id: 'text', order_id: 'text' });

/** All that has left of these orders. */
export async function loadGoodsOut(sql: Sql, wanted: readonly OrderKey[]): Promise<ShippedGoods[]> {
  if (wanted.length === 0) return [];
  const rows = wanted.map(({ customerId, orderId }) => ({ customer_id: customerId, order_id: orderId }));
  return sql.query<ShippedGoods>(
    `select distinct s.customer_id as "customerId", s.order_id as "orderId", s.shipment_id as "shipmentId", s.minor, s.currency,
       s.business_day as "leftOn", s.alerted_on is not null as "isAlerted"
     from ${orders.from('w')} join shipment s using (customer_id, order_id)
     where s.event = 'OrderShipped.v1' and s.minor is not null order by 6, 3`,
    orders.arrays(rows),
  );
}

const alerted = rowSet({ customer_id: 'text', shipment_id: 'text' });

/** Somebody is told that no invoice has come for these. */
export async function markAlerted(sql: Sql, goods: readonly ShippedGoods[], businessDay: string): Promise<void> {
  if (goods.length === 0) return;
  const rows = goods.map(({ customerId, shipmentId }) => ({ customer_id: customerId, shipment_id: shipmentId }));
  await sql.query(
    `update shipment s set alerted_on = $3 from ${alerted.from('a')}
     where s.customer_id = a.customer_id and s.shipment_id = a.shipment_id and s.event = 'OrderShipped.v1'`,
    [...alerted.arrays(rows), businessDay],
  );
}
