import type { Sql } from '@ordergate/database';

/** A fact that accounts of one currency may have waited for, and how far they have been told. */
export interface Job {
  jobId: string;
  because: string;
  toCurrency: string;
  /** The last customer id that was told. */
  cursor: string;
}

export async function saveJob(sql: Sql, { jobId, because, toCurrency, cursor }: Job): Promise<void> {
  await sql.query(
    `insert into reevaluation_job (job_id, kind, detail, cursor) values ($1, 'exchange-rate', $2, $3)
     on conflict (job_id) do update set cursor = excluded.cursor`,
    [jobId, { because, toCurrency }, cursor],
  );
}

export async function endJob(sql: Sql, jobId: string): Promise<void> {
  await sql.query('update reevaluation_job set ended_at = now() where job_id = $1', [jobId]);
}

/** Jobs that nobody has finished: their process died, or is at it. */
export async function openJobs(sql: Sql): Promise<Job[]> {
  const rows = await sql.query<{ job_id: string; detail: { because: string; toCurrency: string }; cursor: string }>(
    'select job_id, detail, cursor from reevaluation_job where ended_at is null order by job_id',
  );
  return rows.map(({ job_id: jobId, detail, cursor }) => ({ jobId, cursor, ...detail }));
}

/** Accounts of the currency that wait for a rate: an order is held for it, goods left, a receivable came or an order was told of without one. */
export async function nextAccounts(sql: Sql, { toCurrency }: Job, after: string, most: number): Promise<string[]> {
  const rows = await sql.query<{ customer_id: string }>(
    `select customer_id from credit_account a
     where currency = $1 and customer_id > $2 and (has_unconverted or exists (
       select 1 from customer_order o where o.customer_id = a.customer_id
         and ((o.status = 'held' and 'currency-rate-missing' = any(o.held_for)) or (o.rate is null and o.shipped <> 0)
           or o.uncompared is not null)
     ))
     order by customer_id limit $3`,
    [toCurrency, after, most],
  );
  return rows.map((row) => row.customer_id);
}
