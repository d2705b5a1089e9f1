import type { Sql } from '@ordergate/database';
import { defaultDunning, type DunningPolicy } from '../domain/dunning/dunning-policy.ts';

/** What the active policy says about dunning; the default before the first. */
export async function loadDunningPolicy(sql: Sql): Promise<DunningPolicy> {
  const [row] = await sql.query<{ document: DunningPolicy }>('select document from dunning_policy');
  return row?.document ?? defaultDunning;
}

export async function saveDunningPolicy(sql: Sql, policy: DunningPolicy): Promise<void> {
  await sql.query(
    `insert into dunning_policy (version, document) values ($1, $2)
     on conflict (one_row) do update set version = excluded.version, document = excluded.document`,
    [policy.version, JSON.stringify(policy)],
  );
}
