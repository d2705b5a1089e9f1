import { addDays, divideHalfEven } from '@ordergate/money';
import { rowSet, type Sql } from '@ordergate/database';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { amountsInJson } from '../domain/amounts-json.ts';

const standings = rowSet({ customer_id: 'text', standing: 'jsonb' });

/** Saves what is kept of the accounts' standings. */
export async function saveStandings(sql: Sql, accounts: readonly CreditAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  const rows = accounts.map(({ customerId, standing }) => ({
    customer_id: customerId,
    standing: JSON.stringify(amountsInJson(standing)),
  }));
  await sql.query(
    `update credit_account a set standing = n.standing from ${standings.from('n')} where a.customer_id = n.customer_id`,
    standings.arrays(rows),
  );
}

/** What a customer paid on a day, so many days late. Minor units; 0 = that was taken back. */
export interface PaidPart {
  customerId: string;
  currency: string;
  paidOn: string;
  daysLate: number;
  amount: bigint;
}

const parts = rowSet({ customer_id: 'text', currency: 'text', paid_on: 'date', days_late: 'int4', amount: 'int8' });

/**
 * Keeps parts of the payment record as they are now, each at most once; returns the most days late that each customer
 * has ever been.
 */
export async function savePaidParts(sql: Sql, paid: readonly PaidPart[]): Promise<Map<string, number>> {
  if (paid.length === 0) return new Map();
  const rowsOf = (some: readonly PaidPart[]) =>
    parts.arrays(
      some.map(({ customerId, paidOn, daysLate, ...part }) => ({
        ...{ ...part, customer_id: customerId, paid_on: paidOn, days_late: daysLate },
      })),
    );
  const [, , most] = await Promise.all([
    sql.query(
      `delete from payment_record r using ${parts.from('gone')}
       where (r.customer_id, r.currency, r.paid_on, r.days_late) = (gone.customer_id, gone.currency, gone.paid_on, gone.days_late)`,
      rowsOf(paid.filter(({ amount }) => amount === 0n)),
    ),
    sql.query(
      `insert into payment_record (${parts.names}) select * from ${parts.from('told')}
       on conflict (customer_id, currency, paid_on, days_late) do update set amount = excluded.amount`,
      rowsOf(paid.filter(({ amount }) => amount > 0n)),
    ),
    sql.query<{ customer_id: string; most: number }>(
      'select customer_id, max(days_late) as most from payment_record where customer_id = any($1::text[]) group by 1',
      [[...new Set(paid.map(({ customerId }) => customerId))]],
    ),
  ]);
  return new Map(most.map((row) => [row.customer_id, row.most]));
}

/** Under this key lies the average of a customer and a window. */
export const windowKey = (customerId: string, windowDays: number): string => `${windowDays} ${customerId}`;

/** Days late of what the accounts paid in each window up to the day, weighted by amount, in hundredths; absent = nothing was paid. */
export async function loadDaysLate(
  sql: Sql,
  accounts: readonly CreditAccount[],
  windows: readonly number[],
  businessDay: string,
): Promise<Map<string, bigint>> {
  if (accounts.length === 0 || windows.length === 0) return new Map();
  const rows = await sql.query<{ customer_id: string; window_days: number; amount: string; days: string }>(
    `select customer_id, window_days, sum(amount) as amount, sum(amount::numeric * days_late) as days
     from payment_record r join credit_account a using (customer_id, currency)
       join unnest($2::int[], $3::date[]) as windows(window_days, since) on paid_on >= since
     where customer_id = any($1::text[]) group by 1, 2`,
    [accounts.map(({ customerId }) => customerId), windows, windows.map((days) => addDays(businessDay, 1 - days))],
  );
  return new Map(
    rows.map(({ customer_id: customerId, window_days: windowDays, amount, days }) => [
      windowKey(customerId, windowDays),
      divideHalfEven(BigInt(days) * 100n, BigInt(amount)),
    ]),
  );
}
