import { rowSet, type Sql } from '@ordergate/database';
import type { CreditHold, HoldStatus, ReleaseRequest } from '../domain/hold/credit-hold.ts';
import type { Reason } from '../domain/gate/reason.ts';
import type { OrderKey } from './customer-order.store.ts';

export interface HoldRow {
  customer_id: string;
  order_id: string;
  order_version: number | null;
  status: HoldStatus;
  opened_at: Date;
  opened_on: string;
  closed_on: string | null;
  seq: bigint;
  updated_at: Date;
  reasons: Reason[];
  currency: string | null;
  total: bigint | null;
  account_currency: string | null;
  total_in_account_currency: bigint | null;
  excess: bigint | null;
  priority: number;
  sales_rep_id: string | null;
  segment: string | null;
  risk_class: string | null;
  requested_delivery_on: string | null;
  order_priority: number | null;
  assigned_to: string | null;
  review_on: string | null;
  release_request: ReleaseRequest | null;
  is_retired: boolean;
}

export function toHold(row: HoldRow): CreditHold {
  return {
    customerId: row.customer_id,
    orderId: row.order_id,
    orderVersion: row.order_version,
    status: row.status,
    openedAt: row.opened_at,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    seq: row.seq,
    updatedAt: row.updated_at,
    reasons: row.reasons,
    total: row.total === null ? null : { minor: row.total, currency: row.currency! },
    accountCurrency: row.account_currency,
    totalInAccountCurrency: row.total_in_account_currency,
    excess: row.excess,
    priority: row.priority,
    salesRepId: row.sales_rep_id,
    segment: row.segment,
    riskClass: row.risk_class,
    urgency: { requestedDeliveryOn: row.requested_delivery_on, priority: row.order_priority },
    assignedTo: row.assigned_to,
    reviewOn: row.review_on,
    releaseRequest: row.release_request,
    isRetired: row.is_retired,
  };
}

const keys = rowSet({ customer_id: 'text', order_id: 'text' });

/** The holds of these orders. Their accounts are locked, so nobody else changes them. */
export async function loadHolds(sql: Sql, wanted: readonly OrderKey[]): Promise<CreditHold[]> {
  if (wanted.length === 0) return [];
  const rows = await sql.query<HoldRow>(
    `select h.* from ${keys.from('wanted')} join credit_hold h using (customer_id, order_id)`,
    keys.arrays(wanted.map(({ customerId, orderId }) => ({ customer_id: customerId, order_id: orderId }))),
  );
  return rows.map(toHold);
}

const unnested = rowSet({
  customer_id: 'text',
  order_id: 'text',
  order_version: 'int',
  status: 'text',
  opened_at: 'timestamptz',
  opened_on: 'date',
  closed_on: 'date',
  seq: 'int8',
  updated_at: 'timestamptz',
  reasons: 'jsonb',
  reason_codes: 'text',
  currency: 'text',
  total: 'int8',
  account_currency: 'text',
  total_in_account_currency: 'int8',
  excess: 'int8',
  priority: 'int',
  sales_rep_id: 'text',
  segment: 'text',
  risk_class: 'text',
  requested_delivery_on: 'date',
  order_priority: 'int',
  assigned_to: 'text',
  review_on: 'date',
  release_request: 'jsonb',
});
const columns = unnested.names.split(', ');
const values = columns.map((name) => (name === 'reason_codes' ? "string_to_array(reason_codes, ' ')" : name));
const saveSql = `insert into credit_hold (${unnested.names}) select ${values.join(', ')} from ${unnested.from('n')}
  on conflict (customer_id, order_id) do update set is_retired = false,
    ${columns
      .slice(2)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`;

/** Inserts or replaces the holds as they are now. */
export async function saveHolds(sql: Sql, holds: readonly CreditHold[]): Promise<void> {
  if (holds.length > 0) await sql.query(saveSql, unnested.arrays(holds.map(toRow)));
}

function toRow(hold: CreditHold) {
  return {
    customer_id: hold.customerId,
    order_id: hold.orderId,
    order_version: hold.orderVersion,
    status: hold.status,
    opened_at: hold.openedAt,
    opened_on: hold.openedOn,
    closed_on: hold.closedOn,
    seq: hold.seq,
    updated_at: hold.updatedAt,
    reasons: JSON.stringify(hold.reasons),
    reason_codes: hold.reasons.map(({ code }) => code).join(' '),
    currency: hold.total?.currency ?? null,
    total: hold.total?.minor ?? null,
    account_currency: hold.accountCurrency,
    total_in_account_currency: hold.totalInAccountCurrency,
    excess: hold.excess,
    priority: hold.priority,
    sales_rep_id: hold.salesRepId,
    segment: hold.segment,
    risk_class: hold.riskClass,
    requested_delivery_on: hold.urgency.requestedDeliveryOn,
    order_priority: hold.urgency.priority,
    assigned_to: hold.assignedTo,
    review_on: hold.reviewOn,
    release_request: hold.releaseRequest === null ? null : JSON.stringify(hold.releaseRequest),
  };
}

/** Marks the holds of these customers that closed by that business day; returns them, by id. */
export async function markRetired(sql: Sql, customerIds: readonly string[], lastClosedOn: string): Promise<OrderKey[]> {
  if (customerIds.length === 0) return [];
  const rows = await sql.query<OrderKey>(
    `update credit_hold set is_retired = true
     where customer_id = any($1::text[]) and closed_on <= $2 and not is_retired
     returning customer_id as "customerId", order_id as "orderId"`,
    [customerIds, lastClosedOn],
  );
  return rows.sort((a, b) => (a.customerId + a.orderId < b.customerId + b.orderId ? -1 : 1));
}
