import type { Sql } from '@ordergate/database';

/** Finance's work-list has one address, whoever sits there. Any other recipient is a sales representative, by its id. */
export const financeRecipientId = 'finance';

export interface Recipient {
  recipientId: string;
  name: string | null;
  email: string;
  language: string;
  /** Whether it is told of holds. */
  holds: 'every' | 'none';
}

interface Row {
  recipient_id: string;
  name: string | null;
  email: string;
  language: string;
  holds: 'every' | 'none';
}
const returned = 'recipient_id, name, email, language, holds';
const fromRow = ({ recipient_id: recipientId, ...rest }: Row): Recipient => ({ recipientId, ...rest });

/** Who is to be told of a hold, by customer: finance, and the customer's representative where an address is known. */
export async function loadHoldRecipients(sql: Sql, customerIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ customer_id: string; recipient_id: string }>(
    `select asked.customer_id, recipient.recipient_id
     from unnest($1::text[]) as asked(customer_id)
     left join customer using (customer_id)
     join recipient on recipient.recipient_id = $2 or recipient.recipient_id = customer.sales_rep_id
     where recipient.holds = 'every'`,
    [customerIds, financeRecipientId],
  );
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id);
  return new Map([...byCustomer].map(([customerId, group]) => [customerId, group.map((row) => row.recipient_id)]));
}

export async function readRecipient(sql: Sql, recipientId: string): Promise<Recipient | null> {
  const [row] = await sql.query<Row>(`select ${returned} from recipient where recipient_id = $1`, [recipientId]);
  return row ? fromRow(row) : null;
}

/** Name, address and language, as a person set them; preferences stay as they are. */
export async function saveRecipient(
  sql: Sql,
  { recipientId, name, email, language }: Omit<Recipient, 'holds'>,
  changedBy: string,
): Promise<Recipient> {
  const [row] = await sql.query<Row>(
    `insert into recipient (recipient_id, name, email, language, changed_by) values ($1, $2, $3, $4, $5)
     on conflict (recipient_id) do update set name = excluded.name, email = excluded.email,
       language = excluded.language, is_configured = false, changed_by = excluded.changed_by, changed_at = now()
     returning ${returned}`,
    [recipientId, name, email, language, changedBy],
  );
  return fromRow(row!);
}

/** An address from the environment. It follows the environment until a person has set another. */
export async function saveConfiguredRecipient(
  sql: Sql,
  recipientId: string,
  email: string,
  language: string,
): Promise<void> {
  await sql.query(
    `insert into recipient (recipient_id, email, language, is_configured) values ($1, $2, $3, true)
     on conflict (recipient_id) do update set email = excluded.email where recipient.is_configured`,
    [recipientId, email, language],
  );
}

/** What is left out stays. Null if there is no such recipient. */
export async function savePreferences(
  sql: Sql,
  recipientId: string,
  { language, holds }: Partial<Pick<Recipient, 'language' | 'holds'>>,
  changedBy: string,
): Promise<Recipient | null> {
  const [row] = await sql.query<Row>(
    `update recipient set language = coalesce($2, language), holds = coalesce($3, holds), changed_by = $4, changed_at = now()
     where recipient_id = $1 returning ${returned}`,
    [recipientId, language ?? null, holds ?? null, changedBy],
  );
  return row ? fromRow(row) : null;
}
