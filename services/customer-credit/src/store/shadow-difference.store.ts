import { rowSet, type Sql } from '@ordergate/database';
import type { Reason } from '../domain/gate/reason.ts';

/** An order that the shadow policy would have answered otherwise, or for other reasons. */
export interface ShadowDifference {
  customerId: string;
  /** Of the live decision. */
  seq: bigint;
  shadowVersion: string;
  orderId: string;
  reasons: readonly Reason[];
  shadowReasons: readonly Reason[];
  decidedAt: Date;
}

const unnested = rowSet({
  customer_id: 'text',
  seq: 'int8',
  shadow_version: 'text',
  order_id: 'text',
  outcome: 'text',
  shadow_outcome: 'text',
  reasons: 'jsonb',
  shadow_reasons: 'jsonb',
  decided_at: 'timestamptz',
});
const insertSql = `insert into shadow_difference (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}`;

const outcomeOf = (reasons: readonly Reason[]): string => (reasons.length === 0 ? 'approved' : 'held');

export async function saveShadowDifferences(sql: Sql, differences: readonly ShadowDifference[]): Promise<void> {
  if (differences.length === 0) return;
  const rows = differences.map(({ reasons, shadowReasons, ...difference }) => ({
    customer_id: difference.customerId,
    seq: difference.seq,
    shadow_version: difference.shadowVersion,
    order_id: difference.orderId,
    outcome: outcomeOf(reasons),
    shadow_outcome: outcomeOf(shadowReasons),
    reasons: JSON.stringify(reasons),
    shadow_reasons: JSON.stringify(shadowReasons),
    decided_at: difference.decidedAt,
  }));
  await sql.query(insertSql, unnested.arrays(rows));
}

/** How many orders each reason holds in one policy and not in the other. */
export async function countShadowDifferences(
  sql: Sql,
  version: string,
): Promise<{ code: string; onlyLive: number; onlyShadow: number }[]> {
  return sql.query(
    `select code, count(*) filter (where in_live)::int as "onlyLive", count(*) filter (where not in_live)::int as "onlyShadow"
     from (
       select live ->> 'code' as code, true as in_live, shadow_reasons as other
         from shadow_difference, jsonb_array_elements(reasons) live where shadow_version = $1
       union all
       select shadow ->> 'code', false, reasons
         from shadow_difference, jsonb_array_elements(shadow_reasons) shadow where shadow_version = $1
     ) as reason
     where not exists (select 1 from jsonb_array_elements(other) o where o ->> 'code' = code)
     group by code order by code`,
    [version],
  );
}

export interface ListedDifference {
  customerId: string;
  seq: number;
  orderId: string;
  outcome: string;
  shadowOutcome: string;
  reasons: Reason[];
  shadowReasons: Reason[];
  decidedAt: Date;
}

/** Newest first, those before `before` when it is given. */
export async function listShadowDifferences(
  sql: Sql,
  version: string,
  { before, limit }: { before: { decidedAt: string; customerId: string; seq: string } | undefined; limit: number },
): Promise<ListedDifference[]> {
  return sql.query<ListedDifference>(
    `select customer_id as "customerId", seq::int as seq, order_id as "orderId", outcome, shadow_outcome as "shadowOutcome",
       reasons, shadow_reasons as "shadowReasons", decided_at as "decidedAt"
     from shadow_difference
     where shadow_version = $1 and ($2::timestamptz is null or (decided_at, customer_id, seq) < ($2, $3, $4::int8))
     order by decided_at desc, customer_id desc, seq desc limit $5`,
    [version, before?.decidedAt ?? null, before?.customerId ?? null, before?.seq ?? null, limit],
  );
}
