import type { Sql } from '@ordergate/database';
import type { CreditHold, HoldStatus } from '../domain/hold/credit-hold.ts';
import { toHold, type HoldRow } from './credit-hold.store.ts';

/** What the work-list is narrowed to; what is left out narrows nothing. Days are business days. */
export interface HoldFilter {
  statuses: readonly HoldStatus[];
  reason?: string | undefined;
  /** A user id, or null for what nobody works on. */
  assignedTo?: string | null | undefined;
  customerId?: string | undefined;
  /** Whose orders they are. */
  salesReps?: readonly string[] | undefined;
  segment?: string | undefined;
  riskClass?: string | undefined;
  openedBy?: string | undefined;
  reviewBy?: string | undefined;
  waitsForSecondPerson?: boolean | undefined;
}

export const holdSorts = ['priority', 'age', 'amount', 'excess', 'delivery', 'review'] as const;
export type HoldSort = (typeof holdSorts)[number];

/** The larger comes first. Amounts are compared in minor units, each in the currency of its account. */
const sortKeys: Readonly<Record<HoldSort, string>> = {
  priority: 'priority::int8',
  age: '-(extract(epoch from opened_at) * 1000)::int8',
  amount: 'coalesce(total_in_account_currency, 0)',
  excess: 'coalesce(excess, 0)',
  delivery: "('9999-12-31'::date - coalesce(requested_delivery_on, '9999-12-31'))::int8",
  review: "('9999-12-31'::date - coalesce(review_on, '9999-12-31'))::int8",
};

export interface HoldPage {
  sort: HoldSort;
  limit: number;
  after?: { sortKey: string; customerId: string; orderId: string } | undefined;
}

/** A hold with what it was sorted by. */
export type ListedHold = CreditHold & { sortKey: bigint };

/** One page of the work-list; the row too many, if there is one, is left to the caller. */
export async function listHolds(sql: Sql, filter: HoldFilter, { sort, limit, after }: HoldPage): Promise<ListedHold[]> {
  const { where, values } = conditions(filter);
  const key = sortKeys[sort];
  const rows = await sql.query<HoldRow & { sort_key: bigint }>(
    `select *, ${key} as sort_key from credit_hold where ${where}
       and ($${values.length + 1}::int8 is null or ${key} < $${values.length + 1}
         or (${key} = $${values.length + 1} and (customer_id, order_id) > ($${values.length + 2}, $${values.length + 3})))
     order by ${key} desc, customer_id, order_id limit $${values.length + 4}`,
    [...values, after?.sortKey ?? null, after?.customerId ?? null, after?.orderId ?? null, limit],
  );
  return rows.map((row) => ({ ...toHold(row), sortKey: row.sort_key }));
}

export interface HoldCounts {
  total: number;
  byStatus: Record<string, number>;
  /** A hold counts once under each of its reasons. */
  byReason: Record<string, number>;
  /** By business days since it was opened. */
  byAge: Record<string, number>;
}

/** How many there are, by status, reason and age. */
export async function countHolds(sql: Sql, filter: HoldFilter, businessDay: string): Promise<HoldCounts> {
  const { where, values } = conditions(filter);
  const rows = await sql.query<{ kind: 'status' | 'reason' | 'age'; name: string; holds: bigint }>(
    `with listed as (select status, reason_codes, $${values.length + 1}::date - opened_on as days from credit_hold where ${where})
     select 'status' as kind, status as name, count(*) as holds from listed group by status
     union all select 'reason', code, count(*) from listed cross join lateral (select distinct unnest(reason_codes)) as r (code) group by code
     union all select 'age', case when days <= 1 then '0-1' when days <= 3 then '2-3' when days <= 7 then '4-7'
       when days <= 30 then '8-30' else 'over-30' end, count(*) from listed group by 2
     order by 1, 3 desc, 2`,
    [...values, businessDay],
  );
  const of = (kind: string): Record<string, number> =>
    Object.fromEntries(rows.flatMap((row) => (row.kind === kind ? [[row.name, Number(row.holds)]] : [])));
  const byStatus = of('status');
  const total = Object.values(byStatus).reduce((sum, holds) => sum + holds, 0);
  return { total, byStatus, byReason: of('reason'), byAge: of('age') };
}

/** The holds of orders of these ids, open ones and then the newest first: two customers may use one id. */
export async function readHoldsOfOrders(
  sql: Sql,
  orderIds: readonly string[],
  customerId?: string,
): Promise<CreditHold[]> {
  const rows = await sql.query<HoldRow>(
    `select * from credit_hold where order_id = any($1::text[]) and ($2::text is null or customer_id = $2)
     order by (status in ('open', 'ready')) desc, updated_at desc`,
    [orderIds, customerId ?? null],
  );
  return rows.map(toHold);
}

/** Only what is asked for stands in the statement, so that open holds are found by their own index. */
function conditions(filter: HoldFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  const isOpenOnly = filter.statuses.every((status) => status === 'open' || status === 'ready');
  if (isOpenOnly) parts.push("status in ('open', 'ready')");
  add(filter.statuses, (statuses) => `status = any(${statuses}::text[])`);
  add(filter.reason, (reason) => `${reason} = any(reason_codes)`);
  if (filter.assignedTo === null) parts.push('assigned_to is null');
  else add(filter.assignedTo, (userId) => `assigned_to = ${userId}`);
  add(filter.customerId, (customerId) => `customer_id = ${customerId}`);
  add(filter.salesReps, (salesReps) => `sales_rep_id = any(${salesReps}::text[])`);
  add(filter.segment, (segment) => `segment = ${segment}`);
  add(filter.riskClass, (riskClass) => `risk_class = ${riskClass}`);
  add(filter.openedBy, (day) => `opened_on <= ${day}`);
  add(filter.reviewBy, (day) => `review_on <= ${day}`);
  if (filter.waitsForSecondPerson) parts.push('release_request is not null');
  return { where: parts.join(' and '), values };
}
