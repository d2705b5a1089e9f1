import { rowSet, type Sql } from '@ordergate/database';
import { amountsInJson } from '../domain/amounts-json.ts';
import type { CreditLimit, LimitRaised } from '../domain/account/credit-account.ts';
import type { CreditGroup } from '../domain/account/credit-group.ts';

interface GroupRow {
  group_id: string;
  parent_id: string | null;
  depth: number;
  currency: string;
  limit_kind: CreditLimit['kind'];
  limit_minor: bigint | null;
  exposure: bigint;
  share_in_parent: bigint;
  limit_raised: LimitRaised | null;
}

function toGroup(row: GroupRow): CreditGroup {
  return {
    groupId: row.group_id,
    parentId: row.parent_id,
    depth: row.depth,
    currency: row.currency,
    limit: row.limit_kind === 'amount' ? { kind: 'amount', minor: row.limit_minor! } : { kind: row.limit_kind },
    exposure: row.exposure,
    shareInParent: row.share_in_parent,
    limitRaised: row.limit_raised ?? undefined,
  };
}

const columns =
  'group_id, parent_id, depth, currency, limit_kind, limit_minor, exposure, share_in_parent, limit_raised';
const withAncestors = `with recursive up as (
    select group_id, parent_id from credit_group where group_id = any($1::text[])
    union select above.group_id, above.parent_id from credit_group above join up on above.group_id = up.parent_id
  ) select ${columns} from credit_group where group_id in (select group_id from up)`;

/** These groups and all above them, locked child before parent, each by id, so that no two chunks wait for each other. */
export async function lockGroups(sql: Sql, groupIds: readonly string[]): Promise<Map<string, CreditGroup>> {
  if (groupIds.length === 0) return new Map();
  const rows = await sql.query<GroupRow>(`${withAncestors} order by depth desc, group_id for update`, [groupIds]);
  return byId(rows);
}

/** The same as they are committed, without a lock. */
export async function readGroups(sql: Sql, groupIds: readonly string[]): Promise<Map<string, CreditGroup>> {
  return groupIds.length === 0 ? new Map() : byId(await sql.query<GroupRow>(withAncestors, [groupIds]));
}

export async function readAllGroups(sql: Sql): Promise<Map<string, CreditGroup>> {
  return byId(await sql.query<GroupRow>(`select ${columns} from credit_group order by depth, group_id`));
}

function byId(rows: readonly GroupRow[]): Map<string, CreditGroup> {
  return new Map(rows.map((row) => [row.group_id, toGroup(row)]));
}

const figures = rowSet({ group_id: 'text', exposure: 'int8', share_in_parent: 'int8' });
const saveFiguresSql = `update credit_group g set exposure = n.exposure, share_in_parent = n.share_in_parent
  from ${figures.from('n')} where g.group_id = n.group_id`;

/** Saves what orders and receivables move. */
export async function saveGroupFigures(sql: Sql, groups: readonly CreditGroup[]): Promise<void> {
  if (groups.length === 0) return;
  const rows = groups.map(({ groupId, exposure, shareInParent }) => ({
    group_id: groupId,
    exposure,
    share_in_parent: shareInParent,
  }));
  await sql.query(saveFiguresSql, figures.arrays(rows));
}

const whole = rowSet({
  group_id: 'text',
  parent_id: 'text',
  depth: 'int',
  currency: 'text',
  limit_kind: 'text',
  limit_minor: 'int8',
  exposure: 'int8',
  share_in_parent: 'int8',
  limit_raised: 'jsonb',
});
const saveSql = `insert into credit_group (${whole.names}, changed_by, changed_at)
  select ${whole.names}, $1, $2 from ${whole.from('n', 3)} order by depth
  on conflict (group_id) do update set parent_id = excluded.parent_id, depth = excluded.depth, currency = excluded.currency,
    limit_kind = excluded.limit_kind, limit_minor = excluded.limit_minor, exposure = excluded.exposure,
    share_in_parent = excluded.share_in_parent, limit_raised = excluded.limit_raised, changed_by = excluded.changed_by, changed_at = excluded.changed_at`;

/** Saves groups that a person has changed. */
export async function saveGroups(sql: Sql, groups: readonly CreditGroup[], changedBy: string, at: Date): Promise<void> {
  const rows = groups.map((group) => ({
    group_id: group.groupId,
    parent_id: group.parentId,
    depth: group.depth,
    currency: group.currency,
    limit_kind: group.limit.kind,
    limit_minor: group.limit.kind === 'amount' ? group.limit.minor : null,
    exposure: group.exposure,
    share_in_parent: group.shareInParent,
    limit_raised: group.limitRaised ? JSON.stringify(group.limitRaised) : null,
  }));
  await sql.query(saveSql, [changedBy, at, ...whole.arrays(rows)]);
}

export interface GroupMember {
  customerId: string;
  currency: string;
  /** In minor units of the account's currency. */
  exposure: bigint;
}

/** The groups that these customers are in, or are still counted in. */
export async function readGroupsOfCustomers(sql: Sql, customerIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ group_id: string }>(
    `select distinct group_id from credit_account cross join lateral (values (credit_group_id), (pool_id)) as its(group_id)
     where customer_id = any($1::text[]) and (credit_group_id is not null or pool_id is not null) and group_id is not null`,
    [customerIds],
  );
  return rows.map((row) => row.group_id);
}

/** The accounts of a group, by id. */
export async function readMembers(sql: Sql, groupId: string): Promise<GroupMember[]> {
  return sql.query<GroupMember>(
    `select customer_id as "customerId", currency,
       open_orders + shipped_not_invoiced + receivables + instruments_in_hand - unallocated_credits as exposure
     from credit_account where credit_group_id = $1 and currency is not null order by customer_id`,
    [groupId],
  );
}

/** Who has an order that is held for the limit of one of these groups, as members of it or of a group below it. */
export async function customersHeldForGroups(sql: Sql, groupIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ customer_id: string }>(
    `with recursive down as (
       select group_id from credit_group where group_id = any($1::text[])
       union select below.group_id from credit_group below join down on below.parent_id = down.group_id
     )
     select a.customer_id from credit_account a
     where a.credit_group_id in (select group_id from down) and a.open_holds > 0 and exists (
       select 1 from customer_order o
       where o.customer_id = a.customer_id and o.status = 'held' and 'group-limit-exceeded' = any(o.held_for)
     ) order by 1`,
    [groupIds],
  );
  return rows.map((row) => row.customer_id);
}

/** What the accounts of each group count for in it. */
export async function sumOfShares(sql: Sql): Promise<Map<string, bigint>> {
  const rows = await sql.query<{ pool_id: string; sum: bigint }>(
    'select pool_id, sum(pool_share)::int8 as sum from credit_account where pool_id is not null group by pool_id',
  );
  return new Map(rows.map(({ pool_id: groupId, sum }) => [groupId, sum]));
}

interface GroupChange {
  before: CreditGroup | undefined;
  after: CreditGroup;
  reason: string;
  changedBy: string;
  changedAt: Date;
}

/** Keeps who changed a group, when and why, with what it was. */
export async function saveGroupChange(
  sql: Sql,
  { before, after, reason, changedBy, changedAt }: GroupChange,
): Promise<void> {
  const text = (group: CreditGroup | undefined): string | null =>
    group === undefined ? null : JSON.stringify(amountsInJson(group));
  await sql.query(
    `insert into credit_group_change (group_id, changed_at, before, after, reason, changed_by) values ($1, $2, $3, $4, $5, $6)`,
    [after.groupId, changedAt, text(before), text(after), reason, changedBy],
  );
}
