import type { Sql } from '@ordergate/database';

export interface OpenItemReading {
  invoiceId: string;
  instalmentNo: number;
  orderId: string | null;
  currency: string;
  /** Minor units, like `open` and `disputed`. */
  amount: bigint;
  open: bigint;
  disputed: bigint;
  issuedOn: string;
  dueOn: string;
}

/** A customer's open items, oldest due first, after the place that `after` names: due day, invoice, instalment. */
export function readOpenItems(
  sql: Sql,
  customerId: string,
  { limit, after }: { limit: number; after?: string[] },
): Promise<OpenItemReading[]> {
  const [dueOn = null, invoiceId = null, instalmentNo = null] = after ?? [];
  return sql.query<OpenItemReading>(
    `select invoice_id as "invoiceId", instalment_no as "instalmentNo", order_id as "orderId", currency,
       amount, open, disputed, issued_on as "issuedOn", due_on as "dueOn"
     from receivable_item
     where customer_id = $1 and open <> 0
       and ($2::date is null or (due_on, invoice_id, instalment_no) > ($2, $3::text, $4::int))
     order by due_on, invoice_id, instalment_no
     limit $5`,
    [customerId, dueOn, invoiceId, instalmentNo, limit],
  );
}

export interface DueSum {
  currency: string;
  dueOn: string;
  open: bigint;
  disputed: bigint;
}

/** What is open by currency and due day, of one customer or of all: all that ageing needs, in few rows. */
export async function readDueSums(sql: Sql, customerId: string | null): Promise<DueSum[]> {
  // sum() of bigint is numeric, which comes as text.
  const rows = await sql.query<{ currency: string; dueOn: string; open: string; disputed: string }>(
    `select currency, due_on as "dueOn", sum(open) as open, sum(disputed) as disputed from receivable_item
     where open <> 0 and ($1::text is null or customer_id = $1)
     group by currency, due_on order by currency, due_on`,
    [customerId],
  );
  return rows.map((row) => ({ ...row, open: BigInt(row.open), disputed: BigInt(row.disputed) }));
}
