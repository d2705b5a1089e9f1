import type { ReturnedGoods, Shipment, ShipmentAnswer } from '../domain/shipment.ts';
import { moneyOf } from './stored-money.ts';

export const shipmentColumns = {
  order_id: 'text',
  customer_id: 'text',
  shipment_id: 'text',
  requested_at: 'timestamptz',
  requested_minor: 'numeric',
  requested_currency: 'text',
  answer_outcome: 'text',
  answer_seq: 'int8',
  answer_minor: 'numeric',
  answer_currency: 'text',
  answer_reasons: 'json',
  answered_at: 'timestamptz',
  shipped_at: 'timestamptz',
  shipped_minor: 'numeric',
  shipped_currency: 'text',
  is_final: 'boolean',
  returned: 'json',
} as const;

export interface ShipmentRow {
  order_id: string;
  customer_id: string;
  shipment_id: string;
  requested_at: Date | null;
  requested_minor: string | null;
  requested_currency: string | null;
  answer_outcome: ShipmentAnswer['outcome'] | null;
  answer_seq: bigint;
  answer_minor: string;
  answer_currency: string;
  answer_reasons: unknown;
  answered_at: Date;
  shipped_at: Date | null;
  shipped_minor: string | null;
  shipped_currency: string | null;
  is_final: boolean;
  returned: ReturnedGoods[] | null;
}

export const shipmentOf = (row: ShipmentRow): Shipment => ({
  shipmentId: row.shipment_id,
  orderId: row.order_id,
  customerId: row.customer_id,
  requestedAt: row.requested_at,
  requestedValue: moneyOf(row.requested_minor, row.requested_currency),
  answer: answerOf(row),
  shippedAt: row.shipped_at,
  shippedValue: moneyOf(row.shipped_minor, row.shipped_currency),
  isFinal: row.is_final,
  returned: row.returned ?? [],
});

function answerOf(row: ShipmentRow): ShipmentAnswer | null {
  if (row.answer_outcome === null) return null;
  return {
    outcome: row.answer_outcome,
    seq: Number(row.answer_seq),
    value: { minor: BigInt(row.answer_minor), currency: row.answer_currency },
    reasons: JSON.stringify(row.answer_reasons),
    decidedAt: row.answered_at,
  };
}

export const shipmentRowOf = (shipment: Shipment): Record<keyof typeof shipmentColumns, unknown> => ({
  order_id: shipment.orderId,
  customer_id: shipment.customerId,
  shipment_id: shipment.shipmentId,
  requested_at: shipment.requestedAt,
  requested_minor: shipment.requestedValue?.minor ?? null,
  requested_currency: shipment.requestedValue?.currency ?? null,
  answer_outcome: shipment.answer?.outcome ?? null,
  answer_seq: shipment.answer?.seq ?? null,
  answer_minor: shipment.answer?.value.minor ?? null,
  answer_currency: shipment.answer?.value.currency ?? null,
  answer_reasons: shipment.answer?.reasons ?? null,
  answered_at: shipment.answer?.decidedAt ?? null,
  shipped_at: shipment.shippedAt,
  shipped_minor: shipment.shippedValue?.minor ?? null,
  shipped_currency: shipment.shippedValue?.currency ?? null,
  is_final: shipment.isFinal,
  returned: shipment.returned.length === 0 ? null : JSON.stringify(shipment.returned),
});
