import { rowSet, type Sql } from '@ordergate/database';
import type { Commitment } from '../domain/promise/commitment.ts';

/** A commitment with what only people ask for. */
export interface KeptCommitment extends Commitment {
  readonly customerId: string;
  /** `user:<id>`. */
  readonly madeBy: string;
  readonly madeAt: Date;
}

interface Row {
  customer_id: string;
  kind: Commitment['kind'];
  commitment_id: string;
  currency: string;
  instalments: { payOn: string; amount: string }[];
  receipts: { credit: string; amount: string }[];
  state: Commitment['state'];
  made_by: string;
  made_at: Date;
}

const keptOf = (row: Row): KeptCommitment => ({
  customerId: row.customer_id,
  kind: row.kind,
  id: row.commitment_id,
  currency: row.currency,
  instalments: row.instalments.map(({ payOn, amount }) => ({ payOn, amount: BigInt(amount) })),
  receipts: row.receipts.map(({ credit, amount }) => ({ credit, amount: BigInt(amount) })),
  state: row.state,
  madeBy: row.made_by,
  madeAt: row.made_at,
});

/** The open commitments of these customers, and those with one of `ids`, whatever became of them. */
export async function loadCommitments(
  sql: Sql,
  customerIds: readonly string[],
  ids: readonly string[] = [],
): Promise<KeptCommitment[]> {
  const rows = await sql.query<Row>(
    `select * from commitment where customer_id = any($1::text[]) and (state = 'open' or commitment_id = any($2::text[]))
     order by customer_id, made_at, commitment_id`,
    [customerIds, ids],
  );
  return rows.map(keptOf);
}

/** All commitments of a customer, the newest first, after the place that `after` names: the instant and the id. */
export async function readCommitments(
  sql: Sql,
  customerId: string,
  kind: Commitment['kind'],
  { limit, after }: { limit: number; after?: string[] },
): Promise<KeptCommitment[]> {
  const [madeAt = null, id = null] = after ?? [];
  const rows = await sql.query<Row>(
    `select * from commitment where customer_id = $1 and kind = $2
       and ($3::timestamptz is null or (made_at, commitment_id) < ($3, $4::text))
     order by made_at desc, commitment_id desc limit $5`,
    [customerId, kind, madeAt, id, limit],
  );
  return rows.map(keptOf);
}

export async function readCommitment(
  sql: Sql,
  customerId: string,
  kind: Commitment['kind'],
  id: string,
): Promise<KeptCommitment | undefined> {
  const [row] = await sql.query<Row>(
    'select * from commitment where customer_id = $1 and kind = $2 and commitment_id = $3',
    [customerId, kind, id],
  );
  return row && keptOf(row);
}

const columns = rowSet({
  customer_id: 'text',
  kind: 'text',
  commitment_id: 'text',
  currency: 'text',
  instalments: 'jsonb',
  receipts: 'jsonb',
  state: 'text',
  made_by: 'text',
  made_at: 'timestamptz',
});

/** Saves commitments, each at most once. What was agreed stays as it was; only what came in and the state change. */
export async function saveCommitments(sql: Sql, commitments: readonly KeptCommitment[]): Promise<void> {
  if (commitments.length === 0) return;
  const rows = commitments.map(({ customerId, kind, id, currency, instalments, receipts, state, madeBy, madeAt }) => ({
    ...{ customer_id: customerId, kind, commitment_id: id, currency, state, made_by: madeBy, made_at: madeAt },
    instalments: instalments.map(({ payOn, amount }) => ({ payOn, amount: amount.toString() })),
    receipts: receipts.map(({ credit, amount }) => ({ credit, amount: amount.toString() })),
  }));
  await sql.query(
    `insert into commitment (${columns.names}) select * from ${columns.from('saved')}
     on conflict (customer_id, kind, commitment_id) do update set receipts = excluded.receipts, state = excluded.state`,
    columns.arrays(rows),
  );
}
