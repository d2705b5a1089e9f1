import { rowSet, type Sql } from '@ordergate/database';
import type { Money } from '@ordergate/money';
import type { Reason } from '../domain/gate/reason.ts';

/** What the warehouse asked about a shipment, and what it was told. Values in minor units. */
export interface ShipmentRequest {
  customerId: string;
  shipmentId: string;
  orderId: string;
  /** Null: all that was left of the order. */
  asked: Money | null;
  outcome: 'authorized' | 'refused';
  value: Money;
  reasons: readonly Reason[];
  /** Of the account's change. */
  seq: bigint;
  decidedAt: Date;
  businessDay: string;
}

export interface ShipmentKey {
  customerId: string;
  shipmentId: string;
}

/** What is known of a shipment: its request, and whether goods have left under its id. */
export interface KnownShipment extends ShipmentKey {
  request: ShipmentRequest | null;
  hasLeft: boolean;
}

interface RequestRow {
  customer_id: string;
  shipment_id: string;
  has_left: boolean;
  order_id: string | null;
  asked: bigint | null;
  asked_currency: string | null;
  outcome: ShipmentRequest['outcome'];
  value: bigint;
  currency: string;
  reasons: Reason[] | null;
  seq: bigint;
  decided_at: Date;
  business_day: string;
}

const keys = rowSet({ customer_id: 'text', shipment_id: 'text' });
const loadSql = `
  select w.customer_id, w.shipment_id, s.event is not null as has_left, r.order_id, r.asked, r.asked_currency, r.outcome, r.value,
    r.currency, r.reasons, r.seq, r.decided_at, r.business_day
  from ${keys.from('w')}
    left join shipment_request r on r.customer_id = w.customer_id and r.shipment_id = w.shipment_id
    left join shipment s on s.customer_id = w.customer_id and s.shipment_id = w.shipment_id and s.event = 'OrderShipped.v1'`;

/** What is known of the shipments that are named. Their accounts are locked, so nobody else changes it. */
export async function loadShipments(sql: Sql, wanted: readonly ShipmentKey[]): Promise<KnownShipment[]> {
  if (wanted.length === 0) return [];
  const rows = await sql.query<RequestRow>(
    loadSql,
    keys.arrays(wanted.map(({ customerId, shipmentId }) => ({ customer_id: customerId, shipment_id: shipmentId }))),
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    shipmentId: row.shipment_id,
    request: row.order_id === null ? null : toRequest(row, row.order_id),
    hasLeft: row.has_left,
  }));
}

const toRequest = (row: RequestRow, orderId: string): ShipmentRequest => ({
  customerId: row.customer_id,
  shipmentId: row.shipment_id,
  orderId,
  asked: row.asked === null ? null : { minor: row.asked, currency: row.asked_currency! },
  outcome: row.outcome,
  value: { minor: row.value, currency: row.currency },
  reasons: row.reasons ?? [],
  seq: row.seq,
  decidedAt: row.decided_at,
  businessDay: row.business_day,
});

const unnested = rowSet({
  customer_id: 'text',
  shipment_id: 'text',
  order_id: 'text',
  asked: 'int8',
  asked_currency: 'text',
  outcome: 'text',
  value: 'int8',
  currency: 'text',
  reasons: 'jsonb',
  seq: 'int8',
  decided_at: 'timestamptz',
  business_day: 'date',
});
const insertSql = `insert into shipment_request (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}`;

export async function saveShipmentRequests(sql: Sql, requests: readonly ShipmentRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map(({ asked, value, reasons, decidedAt, ...request }) => ({
    customer_id: request.customerId,
    shipment_id: request.shipmentId,
    order_id: request.orderId,
    asked: asked?.minor ?? null,
    asked_currency: asked?.currency ?? null,
    outcome: request.outcome,
    value: value.minor,
    currency: value.currency,
    reasons: reasons.length > 0 ? JSON.stringify(reasons) : null,
    seq: request.seq,
    decided_at: decidedAt.toISOString(),
    business_day: request.businessDay,
  }));
  await sql.query(insertSql, unnested.arrays(rows));
}
