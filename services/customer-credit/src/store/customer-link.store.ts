import { rowSet, type Sql } from '@ordergate/database';

const unnested = rowSet({ customer_id: 'text', link: 'text' });
const insertSql = `insert into customer_link (customer_id, link)
  select n.customer_id, encode(sha256(convert_to(s.salt || ' ' || n.link, 'UTF8')), 'base64')
  from ${unnested.from('n')} cross join customer_link_salt s on conflict do nothing`;

const markSharedSql = `update customer_link as one set is_shared = true
  where not is_shared and link in (select link from customer_link where customer_id = any($1::text[]))
    and exists (select 1 from customer_link other where other.link = one.link and other.customer_id <> one.customer_id)`;

/**
 * Replaces what these customers have that others may have, too (`tax-id 123…`). Only hashes are stored. One transaction
 * after the other, so that of two customers who register at once one sees the other.
 */
export async function saveCustomerLinks(sql: Sql, customers: ReadonlyMap<string, readonly string[]>): Promise<void> {
  if (customers.size === 0) return;
  const ids = [...customers.keys()];
  await sql.query('select 1 from customer_link_salt for update');
  await sql.query('delete from customer_link where customer_id = any($1::text[])', [ids]);
  const rows = [...customers].flatMap(([id, links]) => links.map((link) => ({ customer_id: id, link })));
  if (rows.length === 0) return;
  await sql.query(insertSql, unnested.arrays(rows));
  await sql.query(markSharedSql, [ids]);
}

/** A customer that is linked to `linkedTo`, with its newest orders as they are committed. */
export interface LinkedCustomer {
  linkedTo: string;
  customerId: string;
  currency: string;
  recentOrders: string;
}

// What many have in common says little about who buys, and would have to be read for every order.
const sharedByMax = 50;

/** The customers that have something in common with these; most have nothing, and are not looked for. */
export async function loadLinkedCustomers(sql: Sql, customerIds: readonly string[]): Promise<LinkedCustomer[]> {
  return sql.query<LinkedCustomer>(
    `select distinct mine.customer_id as "linkedTo", a.customer_id as "customerId", a.currency,
       coalesce(a.recent_orders, '') as "recentOrders"
     from customer_link mine
     cross join lateral (
       select o.customer_id from customer_link o where o.link = mine.link order by o.customer_id limit ${sharedByMax + 1}
     ) other
     join credit_account a on a.customer_id = other.customer_id
     where mine.customer_id = any($1::text[]) and mine.is_shared and other.customer_id <> mine.customer_id
       and a.currency is not null
     order by 1, 2`,
    [customerIds],
  );
}
