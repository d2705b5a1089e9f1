import { rowSet, textArray, type Sql } from '@ordergate/database';
import {
  stubAccount,
  type Block,
  type CreditAccount,
  type CreditLimit,
  type SpecialTerms,
} from '../domain/account/credit-account.ts';
import { amountsFromJson, amountsInJson } from '../domain/amounts-json.ts';
import { nothingTold, type KeptStanding } from '../domain/account/kept-standing.ts';

interface AccountRow {
  customer_id: string;
  currency: string | null;
  limit_kind: CreditLimit['kind'];
  limit_minor: bigint | null;
  limit_valid_until: string | null;
  risk_class: string | null;
  screening: string;
  segment: string | null;
  sales_rep_id: string | null;
  credit_group_id: string | null;
  pool_id: string | null;
  pool_share: bigint;
  payment_terms_days: number | null;
  blocks: Block[];
  special_terms: object;
  standing: object;
  master_updated_at: Date | null;
  source_limits: Record<string, string>;
  open_orders: bigint;
  shipped_not_invoiced: bigint;
  receivables: bigint;
  instruments_in_hand: bigint;
  unallocated_credits: bigint;
  oldest_due_on: string | null;
  has_unconverted: boolean;
  open_holds: number;
  recent_orders: string | null;
  seq: bigint;
}

function limitOf({ limit_kind: kind, limit_minor: minor }: AccountRow): CreditLimit {
  return kind === 'amount' ? { kind, minor: minor! } : { kind };
}

function toAccount(row: AccountRow): CreditAccount {
  return {
    customerId: row.customer_id,
    currency: row.currency,
    limit: limitOf(row),
    limitValidUntil: row.limit_valid_until,
    riskClass: row.risk_class,
    screening: row.screening,
    segment: row.segment,
    salesRepId: row.sales_rep_id,
    creditGroupId: row.credit_group_id,
    poolId: row.pool_id,
    poolShare: row.pool_share,
    paymentTermsDays: row.payment_terms_days,
    blocks: row.blocks,
    terms: amountsFromJson<SpecialTerms>(row.special_terms),
    standing: { ...nothingTold, ...amountsFromJson<Partial<KeptStanding>>(row.standing) },
    masterUpdatedAt: row.master_updated_at,
    sourceLimits: row.source_limits,
    exposure: {
      openOrders: row.open_orders,
      shippedNotInvoiced: row.shipped_not_invoiced,
      receivables: row.receivables,
      instrumentsInHand: row.instruments_in_hand,
      unallocatedCredits: row.unallocated_credits,
    },
    oldestDueOn: row.oldest_due_on,
    hasUnconverted: row.has_unconverted,
    openHolds: row.open_holds,
    recentOrders: row.recent_orders,
    seq: row.seq,
  };
}

/**
 * Every account that is named, locked in id order; an unknown customer gets a stub first, so that there is a row to
 * lock. The lock is held until the transaction ends: credit is reserved in the transaction that decides.
 */
export async function lockAccounts(sql: Sql, customerIds: readonly string[]): Promise<Map<string, CreditAccount>> {
  const accounts = new Map<string, CreditAccount>();
  const lock = async (ids: readonly string[]): Promise<void> => {
    const rows = await sql.query<AccountRow>(
      'select * from credit_account where customer_id = any($1::text[]) order by customer_id for update',
      [textArray(ids)],
    );
    for (const row of rows) accounts.set(row.customer_id, toAccount(row));
  };
  await lock(customerIds);
  const missing = customerIds.filter((id) => !accounts.has(id));
  if (missing.length === 0) return accounts;
  const inserted = await sql.query<{ customer_id: string }>(
    `insert into credit_account (customer_id) select unnest($1::text[]) order by 1
     on conflict do nothing returning customer_id`,
    [missing],
  );
  for (const { customer_id: id } of inserted) accounts.set(id, stubAccount(id));
  const lostRace = missing.filter((id) => !accounts.has(id));
  if (lostRace.length > 0) await lock(lostRace);
  return accounts;
}

/** One account as it is committed, without a lock; undefined if nothing is known of the customer. */
export async function readAccount(sql: Sql, customerId: string): Promise<CreditAccount | undefined> {
  const [row] = await sql.query<AccountRow>('select * from credit_account where customer_id = $1', [customerId]);
  return row && toAccount(row);
}

/** Accounts as they are committed, without a lock. */
export async function readAccounts(sql: Sql, customerIds: readonly string[]): Promise<Map<string, CreditAccount>> {
  const rows = await sql.query<AccountRow>('select * from credit_account where customer_id = any($1::text[])', [
    customerIds,
  ]);
  return new Map(rows.map((row) => [row.customer_id, toAccount(row)]));
}

const figures = rowSet({
  customer_id: 'text',
  open_orders: 'int8',
  shipped_not_invoiced: 'int8',
  receivables: 'int8',
  instruments_in_hand: 'int8',
  unallocated_credits: 'int8',
  oldest_due_on: 'date',
  has_unconverted: 'bool',
  open_holds: 'int',
  recent_orders: 'text',
  seq: 'int8',
});
const saveFiguresSql = `update credit_account a set open_orders = n.open_orders,
  shipped_not_invoiced = n.shipped_not_invoiced, receivables = n.receivables,
  instruments_in_hand = n.instruments_in_hand, unallocated_credits = n.unallocated_credits,
  oldest_due_on = n.oldest_due_on, has_unconverted = n.has_unconverted, open_holds = n.open_holds, recent_orders = n.recent_orders, seq = n.seq
  from ${figures.from('n')} where a.customer_id = n.customer_id`;

/** Saves what orders and receivables move: buckets, counters, seq. */
export async function saveFigures(sql: Sql, accounts: readonly CreditAccount[]): Promise<void> {
  const rows = accounts.map((account) => ({
    customer_id: account.customerId,
    open_orders: account.exposure.openOrders,
    shipped_not_invoiced: account.exposure.shippedNotInvoiced,
    receivables: account.exposure.receivables,
    instruments_in_hand: account.exposure.instrumentsInHand,
    unallocated_credits: account.exposure.unallocatedCredits,
    oldest_due_on: account.oldestDueOn,
    has_unconverted: account.hasUnconverted,
    open_holds: account.openHolds,
    recent_orders: account.recentOrders,
    seq: account.seq,
  }));
  if (rows.length > 0) await sql.query(saveFiguresSql, figures.arrays(rows));
}

const shares = rowSet({ customer_id: 'text', pool_id: 'text', pool_share: 'int8' });
const saveSharesSql = `update credit_account a set pool_id = n.pool_id, pool_share = n.pool_share
  from ${shares.from('n')} where a.customer_id = n.customer_id`;

/** What accounts count for in their credit groups. */
export async function savePoolShares(
  sql: Sql,
  accounts: readonly Pick<CreditAccount, 'customerId' | 'poolId' | 'poolShare'>[],
): Promise<void> {
  const rows = accounts.map(({ customerId, poolId, poolShare }) => ({
    customer_id: customerId,
    pool_id: poolId,
    pool_share: poolShare,
  }));
  if (rows.length > 0) await sql.query(saveSharesSql, shares.arrays(rows));
}

const master = rowSet({
  customer_id: 'text',
  currency: 'text',
  limit_kind: 'text',
  limit_minor: 'int8',
  limit_valid_until: 'date',
  risk_class: 'text',
  screening: 'text',
  segment: 'text',
  sales_rep_id: 'text',
  credit_group_id: 'text',
  payment_terms_days: 'int',
  blocks: 'jsonb',
  special_terms: 'jsonb',
  master_updated_at: 'timestamptz',
  source_limits: 'jsonb',
});
const saveMasterSql = `update credit_account a set currency = n.currency, limit_kind = n.limit_kind,
  limit_minor = n.limit_minor, limit_valid_until = n.limit_valid_until, risk_class = n.risk_class,
  screening = n.screening, segment = n.segment, sales_rep_id = n.sales_rep_id, credit_group_id = n.credit_group_id,
  payment_terms_days = n.payment_terms_days, blocks = n.blocks, special_terms = n.special_terms, master_updated_at = n.master_updated_at,
  source_limits = n.source_limits from ${master.from('n')} where a.customer_id = n.customer_id`;

/** Saves what people and the master record change: limit, blocks, terms. */
export async function saveMaster(sql: Sql, accounts: readonly CreditAccount[]): Promise<void> {
  const rows = accounts.map((account) => ({
    customer_id: account.customerId,
    currency: account.currency,
    limit_kind: account.limit.kind,
    limit_minor: account.limit.kind === 'amount' ? account.limit.minor : null,
    limit_valid_until: account.limitValidUntil,
    risk_class: account.riskClass,
    screening: account.screening,
    segment: account.segment,
    sales_rep_id: account.salesRepId,
    credit_group_id: account.creditGroupId,
    payment_terms_days: account.paymentTermsDays,
    blocks: JSON.stringify(account.blocks),
    special_terms: JSON.stringify(amountsInJson(account.terms)),
    master_updated_at: account.masterUpdatedAt,
    source_limits: JSON.stringify(account.sourceLimits),
  }));
  if (rows.length > 0) await sql.query(saveMasterSql, master.arrays(rows));
}
