import type { Sql } from '@ordergate/database';
import type { Decision } from '../../../../services/customer-credit/src/domain/gate/decision.ts';
import { loadLinkedCustomers } from '../../../../services/customer-credit/src/store/customer-link.store.ts';
import { loadAllOrders } from '../../../../services/customer-credit/src/store/customer-order.store.ts';
import { toDecision, type DecisionRow } from '../../../../services/customer-credit/src/store/decision.store.ts';
import { CustomerThen, type PaidPart } from './customer-then.ts';
import { OrdersThen, type Buyer } from './orders-then.ts';
import type { Settlement, StoredItem } from './receivables-then.ts';

export interface Period {
  from: string;
  to: string;
}

/** The days with decisions within those that are asked for, how many orders they decided, and the last day of all. */
export async function readExtent(
  sql: Sql,
  { from, to }: { from: string | null; to: string | null },
): Promise<(Period & { orders: number; knownUntil: string }) | null> {
  const [extent] = await sql.query<{ from: string | null; to: string; orders: number; knownUntil: string }>(
    `select min(business_day) as "from", max(business_day) as "to", count(distinct (customer_id, order_id))::int as orders,
       (select max(business_day) from business_day) as "knownUntil"
     from decision where ($1::date is null or business_day >= $1) and ($2::date is null or business_day <= $2)`,
    [from, to],
  );
  return extent?.from == null ? null : { ...extent, from: extent.from };
}

/** Customers that are read together. */
export interface Batch {
  customerIds: string[];
  /** Orders that were decided in the period. */
  orders: number;
}

const ordersInBatch = 5_000;
const customersFetched = 2_000;

/** All customers with decisions in the period, in batches of whole customers with some thousand orders. Within a transaction. */
export async function* batches(tx: Sql, { from, to }: Period): AsyncGenerator<Batch> {
  await tx.query(
    `declare backtest_customers no scroll cursor for
     select customer_id as "customerId", count(distinct order_id)::int as orders from decision
     where business_day between $1 and $2 group by 1 order by 1`,
    [from, to],
  );
  let batch: Batch = { customerIds: [], orders: 0 };
  for (;;) {
    const customers = await tx.query<{ customerId: string; orders: number }>(
      `fetch ${customersFetched} from backtest_customers`,
    );
    for (const { customerId, orders } of customers) {
      batch.customerIds.push(customerId);
      batch.orders += orders;
      if (batch.orders < ordersInBatch) continue;
      yield batch;
      batch = { customerIds: [], orders: 0 };
    }
    if (customers.length === 0) break;
  }
  if (batch.customerIds.length > 0) yield batch;
  await tx.query('close backtest_customers');
}

const decisionsFetched = 2_000;

/**
 * The batch's orders that the rules decided in the period, by customer, oldest first: of an order's newest version the first
 * answer. Kept approvals, what could not be decided, what a person decided and holds that expired are no answers of its rules.
 */
export async function* firstDecisions(tx: Sql, { customerIds }: Batch, { from, to }: Period): AsyncGenerator<Decision> {
  await tx.query(
    `declare backtest_decisions no scroll cursor for
     select d.* from (
       select distinct on (customer_id, order_id) customer_id, seq from decision
       where customer_id = any($1::text[]) and business_day <= $3 and decided_by = 'policy' and outcome <> 'declined'
         and total_in_account_currency is not null and facts ->> 'keptApproval' is null
       order by customer_id, order_id, order_version desc, seq
     ) first join decision d using (customer_id, seq)
     where d.business_day >= $2 order by d.customer_id, d.seq`,
    [customerIds, from, to],
  );
  for (;;) {
    const rows = await tx.query<DecisionRow>(`fetch ${decisionsFetched} from backtest_decisions`);
    if (rows.length === 0) break;
    for (const row of rows) yield toDecision(row);
  }
  await tx.query('close backtest_decisions');
}

/** What the database knows of the batch's customers beside their decisions. */
export async function readCustomers(
  tx: Sql,
  { customerIds }: Batch,
  asksEarlier: boolean,
): Promise<Map<string, CustomerThen>> {
  const [items, paid, orders, links] = [
    await readItems(tx, customerIds),
    await readPaid(tx, customerIds),
    ...(asksEarlier ? await readOrders(tx, customerIds) : [null, null]),
  ];
  return new Map(
    customerIds.map((customerId) => [
      customerId,
      new CustomerThen({
        items: items.get(customerId) ?? [],
        paid: paid.get(customerId) ?? [],
        orders: orders?.get(customerId) ?? null,
        linked: (links?.get(customerId) ?? []).flatMap((other) => orders?.get(other) ?? []),
      }),
    ]),
  );
}

interface ItemRow extends Omit<StoredItem, 'settlements'> {
  customerId: string;
  invoiceId: string;
  instalmentNo: number;
}
interface SettlementRow extends Settlement {
  customerId: string;
  invoiceId: string;
  instalmentNo: number;
}

async function readItems(tx: Sql, customerIds: readonly string[]): Promise<Map<string, StoredItem[]>> {
  const items = await tx.query<ItemRow>(
    `select customer_id as "customerId", invoice_id as "invoiceId", instalment_no as "instalmentNo", order_id as "orderId",
       booked_amount as booked, open, issued_on as "issuedOn", due_on as "dueOn",
       exists (select from receivable_dispute d where (d.customer_id, d.invoice_id) = (i.customer_id, i.invoice_id)) as "wasDisputed"
     from receivable_item i where customer_id = any($1::text[])`,
    [customerIds],
  );
  const settlements = await tx.query<SettlementRow>(
    `select customer_id as "customerId", invoice_id as "invoiceId", instalment_no as "instalmentNo", kind, state,
       received_on as "receivedOn", due_on as "dueOn", booked
     from receivable_allocation join receivable_credit using (customer_id, credit_id, kind)
     where customer_id = any($1::text[])`,
    [customerIds],
  );
  const keyOf = ({ customerId, invoiceId, instalmentNo }: ItemRow | SettlementRow): string =>
    `${customerId}\n${invoiceId}\n${instalmentNo}`;
  const settled = Map.groupBy(settlements, keyOf);
  const byCustomer = new Map<string, StoredItem[]>();
  for (const item of items) {
    const own = byCustomer.get(item.customerId) ?? [];
    byCustomer.set(item.customerId, own);
    own.push({ ...item, settlements: settled.get(keyOf(item)) ?? [] });
  }
  return byCustomer;
}

async function readPaid(tx: Sql, customerIds: readonly string[]): Promise<Map<string, PaidPart[]>> {
  const rows = await tx.query<PaidPart & { customerId: string }>(
    `select customer_id as "customerId", paid_on as "paidOn", days_late as "daysLate", amount
     from payment_record join credit_account using (customer_id, currency) where customer_id = any($1::text[])`,
    [customerIds],
  );
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** The orders of these customers and of those that are linked to them, and who is linked to whom. */
async function readOrders(
  tx: Sql,
  customerIds: readonly string[],
): Promise<[Map<string, OrdersThen>, Map<string, string[]>]> {
  const links = await loadLinkedCustomers(tx, customerIds);
  const all = [...new Set([...customerIds, ...links.map(({ customerId }) => customerId)])];
  const buyers = await tx.query<Buyer & { customerId: string }>(
    `select customer_id as "customerId", currency, sales_rep_id as "salesRepId"
     from credit_account where customer_id = any($1::text[]) and currency is not null`,
    [all],
  );
  const orders = Map.groupBy(await loadAllOrders(tx, all), ({ customerId }) => customerId);
  const linked = Map.groupBy(links, ({ linkedTo }) => linkedTo);
  return [
    new Map(buyers.map((buyer) => [buyer.customerId, new OrdersThen(buyer, orders.get(buyer.customerId) ?? [])])),
    new Map([...linked].map(([to, others]) => [to, others.map(({ customerId }) => customerId)])),
  ];
}
