import type { Sql } from '@ordergate/database';

/** A fact that many accounts may have waited for, and how far they have been told. */
export type Job = { jobId: string; because: string; /** The last customer id that was told. */ cursor: string } & (
  | { kind: 'exchange-rate'; detail: { toCurrency: string } }
  | { kind: 'policy'; detail: { version: string } }
  | { kind: 'credit-group'; detail: { groupId: string } }
  | { kind: 'business-day'; detail: { businessDay: string } }
  /** `since`: the day that the business day follows. */
  | { kind: 'due-orders'; detail: { businessDay: string; since: string } }
);

export async function saveJob(sql: Sql, { jobId, kind, because, detail, cursor }: Job): Promise<void> {
  await sql.query(
    `insert into reevaluation_job (job_id, kind, detail, cursor) values ($1, $2, $3, $4)
     on conflict (job_id) do update set cursor = excluded.cursor`,
    [jobId, kind, JSON.stringify({ because, ...detail }), cursor],
  );
}

export async function endJob(sql: Sql, jobId: string): Promise<void> {
  await sql.query('update reevaluation_job set ended_at = now() where job_id = $1', [jobId]);
}

/** Jobs that nobody has finished: their process died, or is at it. */
export async function openJobs(sql: Sql): Promise<Job[]> {
  const rows = await sql.query<{ job_id: string; kind: string; detail: { because: string }; cursor: string }>(
    'select job_id, kind, detail, cursor from reevaluation_job where ended_at is null order by job_id',
  );
  return rows.map(
    ({ job_id: jobId, kind, detail: { because, ...detail }, cursor }) =>
      ({ jobId, kind, because, detail, cursor }) as Job,
  );
}

/** Accounts whose orders the fact may decide otherwise, after the one that was told last. */
export async function nextAccounts(sql: Sql, job: Job, after: string, most: number): Promise<string[]> {
  const rows =
    job.kind === 'exchange-rate'
      ? await accountsWaitingForRate(sql, job.detail.toCurrency, after, most)
      : await sql.query<{ customer_id: string }>(
          'select customer_id from credit_account where open_holds > 0 and customer_id > $1 order by customer_id limit $2',
          [after, most],
        );
  return rows.map((row) => row.customer_id);
}

/** An order is held for the rate, goods left, a receivable came or an order was told of without one. */
function accountsWaitingForRate(
  sql: Sql,
  toCurrency: string,
  after: string,
  most: number,
): Promise<{ customer_id: string }[]> {
  return sql.query(
    `select customer_id from credit_account a
     where currency = $1 and customer_id > $2 and (has_unconverted or exists (
       select 1 from customer_order o where o.customer_id = a.customer_id
         and ((o.status = 'held' and 'currency-rate-missing' = any(o.held_for)) or (o.rate is null and o.shipped <> 0)
           or o.uncompared is not null)
     ))
     order by customer_id limit $3`,
    [toCurrency, after, most],
  );
}
