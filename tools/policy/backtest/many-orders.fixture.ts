import type { Sql } from '@ordergate/database';
import { addDays } from '@ordergate/money';
import { creditLimits } from '../../replay/credit-limits.ts';
import { readColumnMap } from '../../replay/column-map.ts';
import { planDays } from '../../replay/plan-days.ts';
import type { ReplayPlan } from '../../replay/read-plan.ts';
import type { Receivable } from '../../replay/read-receivables.ts';
import { ibmData } from './run-backtest.ts';

const customers = 4_000;
const firstDay = '2024-01-01';

/** Always the same for the same place. */
const spread = (place: number, below: number): number =>
  Math.floor((Math.abs(Math.sin(place * 12.9898) * 43758.5453) % 1) * below);

/** So many orders of four thousand customers in two years; a third is paid late, a tenth disputed. */
export function manyReceivables(count: number): Receivable[] {
  return Array.from({ length: count }, (_, at) => {
    const invoicedOn = addDays(firstDay, spread(at, 730));
    const dueOn = addDays(invoicedOn, 30);
    const paidAfter = spread(at + 0.1, 3) === 0 ? 31 + spread(at + 0.2, 45) : 10 + spread(at + 0.3, 20);
    return {
      ...{ line: at + 2, customerId: `C-${spread(at + 0.4, customers)}`, invoiceId: `R-${at}`, invoicedOn, dueOn },
      settledOn: addDays(invoicedOn, paidAfter),
      ...{ minor: BigInt(5_000 + spread(at + 0.5, 200_000)), currency: 'EUR', isDisputed: spread(at + 0.6, 10) === 0 },
    };
  });
}

export function planOf(rows: Receivable[]): ReplayPlan {
  const map = readColumnMap(ibmData.map);
  const limits = creditLimits(rows, map.limit);
  return { name: 'many', rows, limits, days: planDays(rows, limits, map) };
}

/**
 * So many decided orders of four thousand customers, invoiced on the day and paid later, as customer-credit stores them.
 * Every decision has a record of open items and of a standing; all were approved under the bare policy.
 */
export async function storeManyDecisions(sql: Sql, count: number): Promise<void> {
  const order = `select n, 'C-' || n % ${customers} as customer_id, n / ${customers} + 1 as seq, 'SO-' || n as order_id,
    date '${firstDay}' + (n::bigint * 730 / ${count})::int as day, 5000 + n * 7919::bigint % 200000 as minor,
    10 + n * 31 % 60 as paid_after from generate_series(0, ${count - 1}) n`;
  for (const statement of [
    `insert into business_day (business_day) values (date '${firstDay}' + 800)`,
    `insert into credit_account (customer_id, currency, limit_kind, limit_minor)
     select 'C-' || n, 'EUR', 'amount', 10000000 from generate_series(0, ${customers - 1}) n`,
    `insert into decision (customer_id, seq, decision_id, order_id, order_version, outcome, decided_at, business_day,
       policy_version, decided_by, currency, total, account_currency, total_in_account_currency, open_orders,
       shipped_not_invoiced, receivables, instruments_in_hand, unallocated_credits, limit_kind, limit_minor, adds, facts)
     select customer_id, seq, gen_random_uuid(), order_id, 1, 'approved', day, day, 'bare.1', 'policy', 'EUR', minor, 'EUR',
       minor, 0, 0, minor, 0, 0, 'amount', 10000000, minor,
       jsonb_build_object('account', jsonb_build_object(
         'openItems', jsonb_build_object('overdue', '0', 'open', minor::text, 'oldestOverdueDays', n % 40),
         'standing', jsonb_build_object('dunningLevel', 0, 'daysLate', '250', 'score', 80)))
     from (${order}) o`,
    `insert into customer_order (customer_id, order_id, order_version, content_hash, status, currency, rate, total, placed_at)
     select customer_id, order_id, 1, '', 'approved', 'EUR', '1', minor, day from (${order}) o`,
    `insert into receivable_item (customer_id, invoice_id, instalment_no, order_id, currency, amount, open, invoiced,
       booked_amount, booked_open, booked_invoiced, disputed, issued_on, due_on)
     select customer_id, 'R-' || n, 1, order_id, 'EUR', minor, 0, minor, minor, 0, minor, 0, day, day + 30 from (${order}) o`,
    `insert into receivable_credit (customer_id, credit_id, kind, currency, amount, unallocated, booked_unallocated, state,
       received_on, earmarks)
     select customer_id, 'P-' || n, 'payment', 'EUR', minor, 0, 0, 'posted', day + paid_after, '[]' from (${order}) o`,
    `insert into receivable_allocation (customer_id, credit_id, kind, invoice_id, instalment_no, amount, booked, credit_amount)
     select customer_id, 'P-' || n, 'payment', 'R-' || n, 1, minor, minor, minor from (${order}) o`,
    `insert into payment_record (customer_id, currency, paid_on, days_late, amount)
     select customer_id, 'EUR', day + paid_after, greatest(0, paid_after - 30), sum(minor) from (${order}) o group by 1, 3, 4`,
    'analyze',
  ])
    await sql.query(statement);
}
