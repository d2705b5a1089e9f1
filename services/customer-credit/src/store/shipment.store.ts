import { rowSet, type Sql } from '@ordergate/database';

export interface ShipmentEvent {
  /** `ce_id` of the message that told it. */
  deliveryId: string;
  customerId: string;
  orderId: string;
  shipmentId: string;
  event: string;
}

const unnested = rowSet({ customer_id: 'text', order_id: 'text', shipment_id: 'text', event: 'text' });
const insertSql = `insert into shipment (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}
  on conflict do nothing returning customer_id, shipment_id, event`;

/** Counts each shipment and return once, whatever ids its messages have; returns the ids of the messages that count. */
export async function countShipments(sql: Sql, events: readonly ShipmentEvent[]): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const keyOf = (event: { customer_id: string; shipment_id: string; event: string }): string =>
    `${event.customer_id}\n${event.shipment_id}\n${event.event}`;
  const rows = events.map((event) => ({
    customer_id: event.customerId,
    order_id: event.orderId,
    shipment_id: event.shipmentId,
    event: event.event,
    deliveryId: event.deliveryId,
  }));
  const first = new Map(rows.toReversed().map((row) => [keyOf(row), row]));
  const inserted = await sql.query<{ customer_id: string; shipment_id: string; event: string }>(
    insertSql,
    unnested.arrays([...first.values()]),
  );
  return new Set(inserted.map((row) => first.get(keyOf(row))!.deliveryId));
}
