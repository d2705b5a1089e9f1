import { rowSet, type Sql } from '@ordergate/database';
import type { Standing } from '../domain/standing/standing.ts';

/** What is kept of a customer's standing. */
export interface KeptStanding {
  customerId: string;
  /** Of the credit account, if its record has come; else what the standing was kept in; null: not known. */
  currency: string | null;
  /** The day as of which it was last told; null: never. */
  toldOn: string | null;
  /** The last day on which it holds if nothing comes; null: for ever. */
  standsUntil: string | null;
  /** As last told, zeros when never; null: nothing has happened yet. */
  standing: Standing | null;
  /** The last notice since the level was 0; null: none. */
  dunnedOn: string | null;
}

interface Row {
  customer_id: string;
  account_currency: string | null;
  business_day: string | null;
  stands_until: string | null;
  currency: string | null;
  overdue: bigint;
  oldest_overdue_days: number;
  disputed: bigint;
  dunning_level: number;
  weighted_days_late: bigint;
  score: number | null;
  ageing: { bucket: string; amount: string }[];
  promised: { payOn: string; amount: string }[];
  dunned_on: string | null;
}

/** The standings of these customers, one entry each, whether anything is kept of it or not. */
export async function loadStandings(sql: Sql, customerIds: readonly string[]): Promise<Map<string, KeptStanding>> {
  const rows = await sql.query<Row>(
    `select asked.customer_id, customer.currency as account_currency, business_day, stands_until, kept.currency,
       overdue, oldest_overdue_days, disputed, dunning_level, weighted_days_late, score,
       ageing, promised, dunned_on
     from unnest($1::text[]) as asked(customer_id)
       left join customer using (customer_id) left join customer_standing kept using (customer_id)`,
    [customerIds],
  );
  return new Map(rows.map((row) => [row.customer_id, keptOf(row)]));
}

function keptOf(row: Row): KeptStanding {
  return {
    customerId: row.customer_id,
    currency: row.account_currency ?? row.currency,
    toldOn: row.business_day,
    standsUntil: row.stands_until,
    standing: row.currency === null ? null : standingOfRow(row, row.currency),
    dunnedOn: row.dunned_on,
  };
}

const standingOfRow = (row: Row, currency: string): Standing => ({
  currency,
  overdue: row.overdue,
  oldestOverdueDays: row.oldest_overdue_days,
  disputed: row.disputed,
  dunningLevel: row.dunning_level,
  weightedDaysLate: row.weighted_days_late,
  score: row.score,
  ageing: row.ageing.map(({ bucket, amount }) => ({ bucket, amount: BigInt(amount) })),
  promised: row.promised.map(({ payOn, amount }) => ({ payOn, amount: BigInt(amount) })),
});

export interface SavedStanding {
  customerId: string;
  /** The day as of which it was last told; null: never. */
  toldOn: string | null;
  /** The last day on which it holds if nothing comes; null: for ever. */
  standsUntil: string | null;
  standing: Standing;
  dunnedOn: string | null;
}

const columns = rowSet({
  customer_id: 'text',
  business_day: 'date',
  stands_until: 'date',
  currency: 'text',
  overdue: 'int8',
  oldest_overdue_days: 'int4',
  disputed: 'int8',
  dunning_level: 'int4',
  weighted_days_late: 'int8',
  score: 'int4',
  ageing: 'jsonb',
  promised: 'jsonb',
  dunned_on: 'date',
});

/** Saves standings, each customer at most once. */
export async function saveStandings(sql: Sql, saved: readonly SavedStanding[]): Promise<void> {
  if (saved.length === 0) return;
  const rows = saved.map(({ customerId, toldOn, standsUntil, standing, dunnedOn }) => ({
    customer_id: customerId,
    business_day: toldOn,
    stands_until: standsUntil,
    currency: standing.currency,
    overdue: standing.overdue,
    oldest_overdue_days: standing.oldestOverdueDays,
    disputed: standing.disputed,
    dunning_level: standing.dunningLevel,
    weighted_days_late: standing.weightedDaysLate,
    score: standing.score,
    ageing: standing.ageing.map(({ bucket, amount }) => ({ bucket, amount: amount.toString() })),
    promised: standing.promised.map(({ payOn, amount }) => ({ payOn, amount: amount.toString() })),
    dunned_on: dunnedOn,
  }));
  await sql.query(
    `insert into customer_standing (${columns.names}) select * from ${columns.from('saved')}
     on conflict (customer_id) do update set (business_day, stands_until, currency, overdue, oldest_overdue_days,
       disputed, dunning_level, weighted_days_late, score, ageing, promised, dunned_on) = (excluded.business_day,
       excluded.stands_until, excluded.currency, excluded.overdue, excluded.oldest_overdue_days, excluded.disputed,
       excluded.dunning_level, excluded.weighted_days_late, excluded.score, excluded.ageing, excluded.promised,
       excluded.dunned_on)`,
    columns.arrays(rows),
  );
}
