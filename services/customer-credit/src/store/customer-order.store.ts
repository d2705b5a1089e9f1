import { appendingTo, rowSet, type Sql } from '@ordergate/database';
import { ordersKept } from '../domain/account/order-history.ts';
import {
  usualConditions,
  type CustomerOrder,
  type OrderConditions,
  type OrderStatus,
  type UncomparedAmount,
} from '../domain/order/customer-order.ts';
import type { OrderGoods } from '../domain/order/order-goods.ts';

type UncomparedRow = Omit<UncomparedAmount, 'minor' | 'countedAs'> & { minor: string; countedAs: string };

interface OrderRow {
  customer_id: string;
  order_id: string;
  order_version: number;
  content_hash: string;
  status: OrderStatus;
  currency: string | null;
  rate: string | null;
  total: bigint;
  approved: bigint;
  shipped: bigint;
  invoiced: bigint;
  uncompared: UncomparedRow[] | null;
  ceiling: bigint | null;
  valid_until: string | null;
  conditions: string;
  prepaid: boolean;
  placed_at: Date | null;
  held_for: string[];
  authorized: bigint | null;
  lapsed_until: bigint | null;
  uninvoiced_since: string | null;
  decided_seq: bigint | null;
}

function toOrder(row: OrderRow): CustomerOrder {
  return {
    customerId: row.customer_id,
    orderId: row.order_id,
    version: row.order_version,
    contentHash: row.content_hash,
    status: row.status,
    currency: row.currency,
    rate: row.rate,
    total: row.total,
    approved: row.approved,
    shipped: row.shipped,
    invoiced: row.invoiced,
    uncompared: (row.uncompared ?? []).map((one) => ({
      ...one,
      minor: BigInt(one.minor),
      countedAs: BigInt(one.countedAs),
    })),
    approval: row.ceiling === null ? null : { ceiling: row.ceiling, validUntil: row.valid_until! },
    conditions: conditionsOf(row.conditions),
    prepaid: row.prepaid,
    placedAt: row.placed_at,
    heldFor: row.held_for,
    goods: goodsOf(row),
    decidedSeq: row.decided_seq,
  };
}

function goodsOf({ authorized, lapsed_until, uninvoiced_since: uninvoicedSince }: OrderRow): OrderGoods | null {
  return authorized === null ? null : { authorized, lapsedUntil: lapsed_until!, uninvoicedSince };
}

function uncomparedText({ uncompared }: CustomerOrder): string | null {
  if (uncompared.length === 0) return null;
  return JSON.stringify(uncompared, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** Only what is not as usual is written: most orders name nothing. */
function conditionsText(conditions: OrderConditions): string {
  const named = Object.entries(conditions).filter(([name, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== usualConditions[name as keyof OrderConditions],
  );
  return named.length === 0 ? '' : JSON.stringify(Object.fromEntries(named));
}

function conditionsOf(text: string): OrderConditions {
  return text === '' ? usualConditions : { ...usualConditions, ...(JSON.parse(text) as Partial<OrderConditions>) };
}

export interface OrderKey {
  customerId: string;
  orderId: string;
}

const keys = rowSet({ customer_id: 'text', order_id: 'text' });

/** The orders that are named and known. Their accounts are locked, so nobody else changes them. */
export async function loadOrders(sql: Sql, wanted: readonly OrderKey[]): Promise<CustomerOrder[]> {
  if (wanted.length === 0) return [];
  const rows = await sql.query<OrderRow>(
    `select o.* from ${keys.from('wanted')} join customer_order o using (customer_id, order_id)`,
    keys.arrays(wanted.map(({ customerId, orderId }) => ({ customer_id: customerId, order_id: orderId }))),
  );
  return rows.map(toOrder);
}

/** The orders of these accounts that may count in the exposure. */
export async function loadOrdersWithShare(sql: Sql, customerIds: readonly string[]): Promise<CustomerOrder[]> {
  const rows = await sql.query<OrderRow>(
    'select * from customer_order where customer_id = any($1::text[]) and (approved <> 0 or shipped <> 0 or invoiced <> 0)',
    [customerIds],
  );
  return rows.map(toOrder);
}

/** Every order of these accounts. For accounts that are just opened: they have few. */
export async function loadAllOrders(sql: Sql, customerIds: readonly string[]): Promise<CustomerOrder[]> {
  if (customerIds.length === 0) return [];
  const rows = await sql.query<OrderRow>('select * from customer_order where customer_id = any($1::text[])', [
    customerIds,
  ]);
  return rows.map(toOrder);
}

/** The orders of these accounts that are held. */
export async function loadHeldOrders(sql: Sql, customerIds: readonly string[]): Promise<CustomerOrder[]> {
  if (customerIds.length === 0) return [];
  const rows = await sql.query<OrderRow>(
    "select * from customer_order where customer_id = any($1::text[]) and status = 'held'",
    [customerIds],
  );
  return rows.map(toOrder);
}

/** The orders of these accounts that have moved goods at an unknown rate, or were told amounts that had none. */
export async function loadOrdersWithoutRate(sql: Sql, customerIds: readonly string[]): Promise<CustomerOrder[]> {
  if (customerIds.length === 0) return [];
  const rows = await sql.query<OrderRow>(
    `select * from customer_order
     where customer_id = any($1::text[]) and (uncompared is not null or (rate is null and shipped <> 0))`,
    [customerIds],
  );
  return rows.map(toOrder);
}

/** The newest orders of these accounts that are in force and have a rate, oldest first. */
export async function loadRecentOrders(sql: Sql, customerIds: readonly string[]): Promise<CustomerOrder[]> {
  if (customerIds.length === 0) return [];
  const rows = await sql.query<OrderRow>(
    `select o.* from unnest($1::text[]) as wanted (customer_id) cross join lateral (
       select * from customer_order c where c.customer_id = wanted.customer_id
         and c.status in ('approved', 'released', 'held') and c.rate is not null and c.placed_at is not null
       order by c.placed_at desc, c.order_id desc limit ${ordersKept}
     ) o order by o.placed_at, o.order_id`,
    [customerIds],
  );
  return rows.map(toOrder);
}

const columns = {
  customer_id: 'text',
  order_id: 'text',
  order_version: 'int',
  content_hash: 'text',
  status: 'text',
  currency: 'text',
  rate: 'text',
  total: 'int8',
  approved: 'int8',
  shipped: 'int8',
  invoiced: 'int8',
  uncompared: 'jsonb',
  ceiling: 'int8',
  valid_until: 'date',
  conditions: 'text',
  prepaid: 'bool',
  placed_at: 'timestamptz',
  held_for: 'text[]',
  decided_seq: 'int8',
} as const;
const append = appendingTo('customer_order', columns);
const changed = rowSet({ ...columns, held_for: 'text' });
const [, , ...state] = Object.keys(columns);
const updateSql = `update customer_order o set ${state.map((name) => `${name} = ${name === 'held_for' ? "string_to_array(n.held_for, ' ')" : `n.${name}`}`).join(', ')}
  from ${changed.from('n')} where o.customer_id = n.customer_id and o.order_id = n.order_id`;

/**
 * Writes the orders as they are now. Most are new, and inserted without a look whether they are there: their accounts are
 * locked, so a second writer of one order would fail here.
 */
export async function saveOrders(
  sql: Sql,
  orders: { added: readonly CustomerOrder[]; changed: readonly CustomerOrder[] },
): Promise<void> {
  const withGoods = [...orders.added, ...orders.changed].filter(({ goods }) => goods !== null);
  await Promise.all([
    append(sql, orders.added.map(toRow)),
    update(sql, orders.changed.map(toRow)),
    saveGoods(sql, withGoods),
  ]);
}

async function update(sql: Sql, rows: readonly ReturnType<typeof toRow>[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(updateSql, changed.arrays(rows.map((row) => ({ ...row, held_for: row.held_for.join(' ') }))));
}

function toRow(order: CustomerOrder) {
  return {
    customer_id: order.customerId,
    order_id: order.orderId,
    order_version: order.version,
    content_hash: order.contentHash,
    status: order.status,
    currency: order.currency,
    rate: order.rate,
    total: order.total,
    approved: order.approved,
    shipped: order.shipped,
    invoiced: order.invoiced,
    uncompared: uncomparedText(order),
    ceiling: order.approval?.ceiling ?? null,
    valid_until: order.approval?.validUntil ?? null,
    conditions: conditionsText(order.conditions),
    prepaid: order.prepaid,
    placed_at: order.placedAt,
    held_for: order.heldFor,
    decided_seq: order.decidedSeq,
  };
}

const goodsRows = rowSet({
  customer_id: 'text',
  order_id: 'text',
  authorized: 'int8',
  lapsed_until: 'int8',
  uninvoiced_since: 'date',
});
const saveGoodsSql = `update customer_order o set authorized = n.authorized, lapsed_until = n.lapsed_until,
  uninvoiced_since = n.uninvoiced_since from ${goodsRows.from('n')} where o.customer_id = n.customer_id and o.order_id = n.order_id`;

/** A statement of its own, so that orders without goods cost nothing. */
async function saveGoods(sql: Sql, orders: readonly CustomerOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ customerId, orderId, goods }) => ({
    customer_id: customerId,
    order_id: orderId,
    authorized: goods!.authorized,
    lapsed_until: goods!.lapsedUntil,
    uninvoiced_since: goods!.uninvoicedSince,
  }));
  await sql.query(saveGoodsSql, goodsRows.arrays(rows));
}
