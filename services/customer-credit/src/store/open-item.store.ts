import type { Sql } from '@ordergate/database';
import type { CountedItem } from '../domain/account/open-items.ts';

/** The open items of these accounts, as the gate counts them: a disputed part takes its share of the booked amount. */
export async function loadOpenItems(sql: Sql, customerIds: readonly string[]): Promise<Map<string, CountedItem[]>> {
  const items = new Map<string, CountedItem[]>();
  if (customerIds.length === 0) return items;
  const rows = await sql.query<{ customer_id: string; due_on: string; open: bigint; undisputed: bigint }>(
    `select customer_id, due_on, booked_open as open,
       round(booked_open::numeric * (open - disputed) / open)::int8 as undisputed
     from receivable_item where customer_id = any($1::text[]) and open > 0 and booked_open is not null`,
    [customerIds],
  );
  for (const { customer_id: customerId, due_on: dueOn, open, undisputed } of rows) {
    const counted = { dueOn, open, undisputed };
    const known = items.get(customerId);
    if (known) known.push(counted);
    else items.set(customerId, [counted]);
  }
  return items;
}
