import { rowSet, type Sql } from '@ordergate/database';

/** What a person's write came to; the HTTP call that waits for it answers with this. */
export interface CommandOutcome {
  commandId: string;
  customerId: string;
  status: number;
  body: object;
}

const unnested = rowSet({ command_id: 'text', customer_id: 'text', status: 'int', body: 'jsonb' });
const insertSql = `insert into command_outcome (stored_at, ${unnested.names})
  select $1, ${unnested.names} from ${unnested.from('n', 2)} on conflict do nothing`;

/** Stores outcomes in the transaction of what they tell about. */
export async function saveOutcomes(sql: Sql, at: Date, outcomes: readonly CommandOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ commandId, customerId, status, body }) => ({
    command_id: commandId,
    customer_id: customerId,
    status,
    body: JSON.stringify(body),
  }));
  await sql.query(insertSql, [at, ...unnested.arrays(rows)]);
}

/** The outcomes of those commands that are handled, by command id. */
export async function readOutcomes(
  sql: Sql,
  commandIds: readonly string[],
): Promise<Map<string, Pick<CommandOutcome, 'status' | 'body'>>> {
  const rows = await sql.query<{ command_id: string; status: number; body: object }>(
    'select command_id, status, body from command_outcome where command_id = any($1::text[])',
    [commandIds],
  );
  return new Map(rows.map(({ command_id: commandId, status, body }) => [commandId, { status, body }]));
}

/** The outcome, once the command is handled. */
export async function readOutcome(
  sql: Sql,
  commandId: string,
): Promise<Pick<CommandOutcome, 'status' | 'body'> | undefined> {
  return (await readOutcomes(sql, [commandId])).get(commandId);
}
