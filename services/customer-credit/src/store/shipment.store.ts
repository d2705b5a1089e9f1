import { rowSet, type Sql } from '@ordergate/database';

export interface ShipmentEvent<Message> {
  toldBy: Message;
  customerId: string;
  orderId: string;
  shipmentId: string;
  event: string;
}

const unnested = rowSet({ customer_id: 'text', order_id: 'text', shipment_id: 'text', event: 'text' });
const insertSql = `insert into shipment (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}
  on conflict do nothing returning customer_id, shipment_id, event`;

/** Counts each shipment and return once, whatever ids its messages have; returns the messages that count. */
export async function countShipments<Message>(
  sql: Sql,
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
    toldBy: event.toldBy,
  }));
  const first = new Map(rows.toReversed().map((row) => [keyOf(row), row]));
  const inserted = await sql.query<{ customer_id: string; shipment_id: string; event: string }>(
    insertSql,
    unnested.arrays([...first.values()]),
  );
  return new Set(inserted.map((row) => first.get(keyOf(row))!.toldBy));
}
