import { rowSet, type Sql } from '@ordergate/database';

/** One change of an account by a person or its master record: who, when, before, after and why are in `data`. */
export interface AccountChange {
  customerId: string;
  seq: bigint;
  /** The name of the message that tells it, or what it is where none does. */
  type: string;
  data: object;
  changedAt: Date;
}

const unnested = rowSet({ customer_id: 'text', seq: 'int8', type: 'text', data: 'jsonb', changed_at: 'timestamptz' });
const insertSql = `insert into account_change (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}`;

export async function saveAccountChanges(sql: Sql, changes: readonly AccountChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ customerId, seq, type, data, changedAt }) => ({
    ...{ customer_id: customerId, seq, type, changed_at: changedAt },
    data: JSON.stringify(data),
  }));
  await sql.query(insertSql, unnested.arrays(rows));
}

/** Newest first, those before `beforeSeq` when it is given. */
export async function readAccountChanges(
  sql: Sql,
  customerId: string,
  { beforeSeq, limit }: { beforeSeq: string | undefined; limit: number },
): Promise<AccountChange[]> {
  return sql.query<AccountChange>(
    `select customer_id as "customerId", seq, type, data, changed_at as "changedAt" from account_change
     where customer_id = $1 and ($2::int8 is null or seq < $2) order by seq desc limit $3`,
    [customerId, beforeSeq ?? null, limit],
  );
}
