import { rowSet, type Sql } from '@ordergate/database';
import { noRecord, worthlessDaysLate, type PaidAmount, type RecordSums } from '../domain/standing/payment-record.ts';

/** A part of one customer's payment record. */
export interface CustomerPaid extends PaidAmount {
  readonly customerId: string;
}

const columns = rowSet({
  customer_id: 'text',
  currency: 'text',
  paid_on: 'date',
  days_late: 'int4',
  amount: 'int8',
});
const reading = `customer_id as "customerId", currency, paid_on as "paidOn", days_late as "daysLate", amount`;

/** Adds to the payment record, each key at most once; returns what the changed parts come to now. */
export async function addToRecord(sql: Sql, changes: readonly CustomerPaid[]): Promise<CustomerPaid[]> {
  if (changes.length === 0) return [];
  const rows = changes.map(({ customerId, currency, paidOn, daysLate, amount }) => ({
    ...{ customer_id: customerId, currency, paid_on: paidOn, days_late: daysLate, amount },
  }));
  return sql.query<CustomerPaid>(
    // A negative change always meets its row; the table checks no sign, since a check would see the row before the conflict.
    `insert into paid_amount (${columns.names}) select * from ${columns.from('change')}
     on conflict (customer_id, currency, paid_on, days_late) do update set amount = paid_amount.amount + excluded.amount
     returning ${reading}`,
    columns.arrays(rows),
  );
}

const asked = rowSet({ customer_id: 'text', currency: 'text' });

/** What each customer's record in one currency comes to from `since` on. */
export async function readRecordSums(
  sql: Sql,
  customers: readonly { customerId: string; currency: string }[],
  since: string,
): Promise<Map<string, RecordSums>> {
  if (customers.length === 0) return new Map();
  const rows = await sql.query<{ customer_id: string; oldest: string; amount: string; days: string; capped: string }>(
    `select customer_id, min(paid_on) as oldest, sum(amount) as amount, sum(amount::numeric * days_late) as days,
       sum(amount::numeric * least(days_late, $2)) as capped
     from ${asked.from('asked', 3)} join paid_amount using (customer_id, currency)
     where paid_on >= $1 and amount > 0 group by customer_id`,
    [since, worthlessDaysLate, ...asked.arrays(customers.map((it) => ({ ...it, customer_id: it.customerId })))],
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      { amount: BigInt(row.amount), days: BigInt(row.days), cappedDays: BigInt(row.capped), oldestPaidOn: row.oldest },
    ]),
  );
}

/** The whole record of these customers. */
export async function readRecord(sql: Sql, customerIds: readonly string[]): Promise<CustomerPaid[]> {
  if (customerIds.length === 0) return [];
  return sql.query<CustomerPaid>(
    `select ${reading} from paid_amount where customer_id = any($1::text[])
     order by customer_id, currency, paid_on, days_late`,
    [customerIds],
  );
}

export const sumsOf = (sums: ReadonlyMap<string, RecordSums>, customerId: string): RecordSums =>
  sums.get(customerId) ?? noRecord;
