import { rowSet, type Sql } from '@ordergate/database';
import type { WhoIsDunned } from '../domain/dunning/dunning-policy.ts';

export interface Customer {
  customerId: string;
  name: string;
  /** Of the credit account; invoices may be in others. */
  currency: string;
  language: string;
  /** What scopes of the policy go by. */
  segment: string | null;
  riskClass: string | null;
  creditGroupId: string | null;
  /** When the record changed at its source. */
  updatedAt: Date;
}

const columns = rowSet({
  customer_id: 'text',
  name: 'text',
  currency: 'text',
  language: 'text',
  segment: 'text',
  risk_class: 'text',
  credit_group_id: 'text',
  updated_at: 'timestamptz',
});

/** Saves records, each customer at most once; a record older than the stored one changes nothing. */
export async function saveCustomers(sql: Sql, customers: readonly Customer[]): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ customerId, riskClass, creditGroupId, updatedAt, ...rest }) => ({
    ...rest,
    customer_id: customerId,
    risk_class: riskClass,
    credit_group_id: creditGroupId,
    updated_at: updatedAt,
  }));
  await sql.query(
    `insert into customer (${columns.names}) select * from ${columns.from('saved')}
     on conflict (customer_id) do update set name = excluded.name, currency = excluded.currency,
       language = excluded.language, segment = excluded.segment, risk_class = excluded.risk_class,
       credit_group_id = excluded.credit_group_id, updated_at = excluded.updated_at
     where customer.updated_at <= excluded.updated_at`,
    columns.arrays(rows),
  );
}

export async function deleteCustomers(sql: Sql, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await sql.query('delete from customer where customer_id = any($1::text[])', [customerIds]);
}

/** What scopes of the policy go by, of these customers; one entry each, whether their record has come or not. */
export async function loadWhoIsDunned(sql: Sql, customerIds: readonly string[]): Promise<Map<string, WhoIsDunned>> {
  const rows = await sql.query<WhoIsDunned>(
    `select asked.customer_id as "customerId", segment, risk_class as "riskClass", credit_group_id as "creditGroupId"
     from unnest($1::text[]) as asked(customer_id) left join customer using (customer_id)`,
    [customerIds],
  );
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** Those of the customers whose standing is kept in another currency than their account. */
export async function customersInOtherCurrency(sql: Sql, customerIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ customer_id: string }>(
    `select customer_id from customer join customer_standing kept using (customer_id)
     where customer_id = any($1::text[]) and kept.currency <> customer.currency`,
    [customerIds],
  );
  return rows.map((row) => row.customer_id);
}

/** Whether there is anything to tell of a customer: a record, or an invoice that came before it. */
export async function isCustomerKnown(sql: Sql, customerId: string): Promise<boolean> {
  const [row] = await sql.query<{ is_known: boolean }>(
    `select exists (select from customer where customer_id = $1)
         or exists (select from receivable_item where customer_id = $1) as is_known`,
    [customerId],
  );
  return row!.is_known;
}
