import { rowSet, type Sql } from '@ordergate/database';

export interface CustomerRecord {
  customerId: string;
  name: string;
  language: string;
  salesRepId: string | null;
  email: string | null;
  contacts: readonly object[];
  /** When the record changed at its source. */
  updatedAt: Date;
}

const columns = rowSet({
  customer_id: 'text',
  name: 'text',
  language: 'text',
  sales_rep_id: 'text',
  email: 'text',
  contacts: 'jsonb',
  updated_at: 'timestamptz',
});

/** Saves records, each customer at most once; a record older than the stored one changes nothing. */
export async function saveCustomers(sql: Sql, records: readonly CustomerRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => ({
    customer_id: record.customerId,
    name: record.name,
    language: record.language,
    sales_rep_id: record.salesRepId,
    email: record.email,
    contacts: JSON.stringify(record.contacts),
    updated_at: record.updatedAt,
  }));
  await sql.query(
    `insert into customer (${columns.names}) select * from ${columns.from('saved')}
     on conflict (customer_id) do update set name = excluded.name, language = excluded.language,
       sales_rep_id = excluded.sales_rep_id, email = excluded.email, contacts = excluded.contacts,
       updated_at = excluded.updated_at
     where customer.updated_at <= excluded.updated_at`,
    columns.arrays(rows),
  );
}

export async function deleteCustomers(sql: Sql, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length > 0)
    await sql.query('delete from customer where customer_id = any($1::text[])', [customerIds]);
}

/** The customer's legal name; null if no record of it has come. */
export async function readCustomerName(sql: Sql, customerId: string): Promise<string | null> {
  const [row] = await sql.query<{ name: string }>('select name from customer where customer_id = $1', [customerId]);
  return row?.name ?? null;
}
