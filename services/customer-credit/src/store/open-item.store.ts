import { divideHalfEven } from '@ordergate/money';
import type { Sql } from '@ordergate/database';
import type { CountedItem } from '../domain/account/open-items.ts';

interface ItemRow {
  customer_id: string;
  due_on: string;
  open: bigint;
  disputed: bigint;
  booked_open: bigint;
}

/** The open items of these accounts, as the gate counts them: a disputed part takes its share of the booked amount. */
export async function loadOpenItems(sql: Sql, customerIds: readonly string[]): Promise<Map<string, CountedItem[]>> {
  const items = new Map<string, CountedItem[]>();
  if (customerIds.length === 0) return items;
  const rows = await sql.query<ItemRow>(
    `select customer_id, due_on, open, disputed, booked_open
     from receivable_item where customer_id = any($1::text[]) and open > 0 and booked_open is not null`,
    [customerIds],
  );
  for (const { customer_id: customerId, due_on: dueOn, open, disputed, booked_open: booked } of rows) {
    const counted = { dueOn, open: booked, undisputed: divideHalfEven(booked * (open - disputed), open) };
    const known = items.get(customerId);
    if (known) known.push(counted);
    else items.set(customerId, [counted]);
  }
  return items;
}

/** What is open of these accounts' invoices by the order that they name, in minor units of the account's currency. */
export async function loadOpenByOrder(
  sql: Sql,
  customerIds: readonly string[],
): Promise<{ customerId: string; orderId: string | null; open: bigint }[]> {
  return sql.query(
    `select customer_id as "customerId", order_id as "orderId", sum(booked_open)::int8 as open
     from receivable_item where customer_id = any($1::text[]) and open > 0 and booked_open is not null
     group by customer_id, order_id`,
    [customerIds],
  );
}
