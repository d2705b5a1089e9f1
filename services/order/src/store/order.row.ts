import type { Decision } from '../domain/decision.ts';
import type { Order, OrderVersion } from '../domain/order.ts';
import { statusOf } from '../domain/order-status.ts';
import { moneyOf } from './stored-money.ts';

export const orderColumns = {
  order_id: 'text',
  customer_id: 'text',
  status: 'text',
  order_version: 'int',
  content_hash: 'text',
  total_minor: 'numeric',
  total_currency: 'text',
  placed_at: 'timestamptz',
  sales_rep_id: 'text',
  document: 'json',
  cancelled_at: 'timestamptz',
  cancel_reason: 'text',
  decision_outcome: 'text',
  decision_version: 'int',
  decision_seq: 'int8',
  decision_document: 'json',
  expired_on: 'date',
  shipped_minor: 'numeric',
  shipped_currency: 'text',
  is_finally_shipped: 'boolean',
  heard_seq: 'int8',
  entries: 'int',
} as const;

/** Without the two documents: they are read only to be shown. */
export interface OrderRow {
  order_id: string;
  customer_id: string;
  order_version: number | null;
  content_hash: string;
  total_minor: string;
  total_currency: string;
  placed_at: Date;
  sales_rep_id: string | null;
  cancelled_at: Date | null;
  cancel_reason: string | null;
  decision_outcome: Decision['outcome'] | null;
  decision_version: number;
  decision_seq: bigint;
  expired_on: string | null;
  shipped_minor: string | null;
  shipped_currency: string | null;
  is_finally_shipped: boolean;
  heard_seq: bigint | null;
  entries: number;
}

export const orderOf = (row: OrderRow): Order => ({
  orderId: row.order_id,
  customerId: row.customer_id,
  newest: versionOf(row),
  cancelledAt: row.cancelled_at,
  cancelReason: row.cancel_reason,
  decision: decisionOf(row),
  shipped: moneyOf(row.shipped_minor, row.shipped_currency),
  isFinallyShipped: row.is_finally_shipped,
  heardSeq: row.heard_seq === null ? null : Number(row.heard_seq),
  entries: row.entries,
});

function versionOf(row: OrderRow): OrderVersion | null {
  if (row.order_version === null) return null;
  return {
    version: row.order_version,
    contentHash: row.content_hash,
    total: { minor: BigInt(row.total_minor), currency: row.total_currency },
    placedAt: row.placed_at,
    salesRepId: row.sales_rep_id,
    document: null,
  };
}

function decisionOf({ decision_outcome, decision_version, decision_seq, expired_on }: OrderRow): Decision | null {
  if (decision_outcome === null) return null;
  return {
    outcome: decision_outcome,
    version: decision_version,
    seq: Number(decision_seq),
    document: null,
    expiredOn: expired_on,
  };
}

export function rowOf(order: Order): Record<keyof typeof orderColumns, unknown> {
  const { newest, decision, shipped } = order;
  return {
    order_id: order.orderId,
    customer_id: order.customerId,
    status: statusOf(order),
    order_version: newest?.version ?? null,
    content_hash: newest?.contentHash ?? null,
    total_minor: newest?.total.minor ?? null,
    total_currency: newest?.total.currency ?? null,
    placed_at: newest?.placedAt ?? null,
    sales_rep_id: newest?.salesRepId ?? null,
    document: newest?.document ?? null,
    cancelled_at: order.cancelledAt,
    cancel_reason: order.cancelReason,
    decision_outcome: decision?.outcome ?? null,
    decision_version: decision?.version ?? null,
    decision_seq: decision?.seq ?? null,
    decision_document: decision?.document ?? null,
    expired_on: decision?.expiredOn ?? null,
    shipped_minor: shipped?.minor ?? null,
    shipped_currency: shipped?.currency ?? null,
    is_finally_shipped: order.isFinallyShipped,
    heard_seq: order.heardSeq,
    entries: order.entries,
  };
}
