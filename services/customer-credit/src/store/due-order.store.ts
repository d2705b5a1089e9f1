import type { Sql } from '@ordergate/database';
import type { OrderKey } from './customer-order.store.ts';

/** Orders by customer and id, those after the one that was told last. */
export interface DuePage {
  after: OrderKey;
  most: number;
}

const page = (found: string): string => `
  with due as materialized (${found})
  select customer_id as "customerId", order_id as "orderId" from due where (customer_id, order_id) > ($1, $2)
  order by customer_id, order_id limit $3`;

/**
 * Orders whose approval was valid until one of the days from `since` to before the business day, and of which something is
 * neither shipped nor invoiced. By the summary of page ranges: those of a day lie together.
 */
export function expiredApprovals(
  sql: Sql,
  { since, businessDay }: { since: string; businessDay: string },
  { after, most }: DuePage,
): Promise<OrderKey[]> {
  return sql.query<OrderKey>(
    page(`select customer_id, order_id from customer_order where valid_until >= $4 and valid_until < $5
            and status in ('approved', 'released') and total > greatest(shipped, invoiced)`),
    [after.customerId, after.orderId, most, since, businessDay],
  );
}

/** Orders whose hold has been open since the day or longer. */
export function heldSince(sql: Sql, day: string, { after, most }: DuePage): Promise<OrderKey[]> {
  return sql.query<OrderKey>(
    page("select customer_id, order_id from credit_hold where status in ('open', 'ready') and opened_on <= $4"),
    [after.customerId, after.orderId, most, day],
  );
}

/** Orders whose goods have been out without an invoice since the day or longer. */
export function uninvoicedSince(sql: Sql, day: string, { after, most }: DuePage): Promise<OrderKey[]> {
  return sql.query<OrderKey>(page('select customer_id, order_id from customer_order where uninvoiced_since <= $4'), [
    after.customerId,
    after.orderId,
    most,
    day,
  ]);
}
