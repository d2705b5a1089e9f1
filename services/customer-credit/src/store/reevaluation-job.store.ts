import type { Sql } from '@ordergate/database';

/** A fact that many accounts may have waited for, and how far they have been told. */
export type Job = { jobId: string; because: string; /** The last customer id that was told. */ cursor: string } & (
  | { kind: 'exchange-rate'; detail: { toCurrency: string; fromCurrency: string } }
  | { kind: 'policy'; detail: { version: string } }
  | { kind: 'credit-group'; detail: { groupId: string } }
  | { kind: 'business-day'; detail: { businessDay: string } }
  /** Holds that closed by that business day are cleared from their topic. */
  | { kind: 'hold-retirement'; detail: { lastClosedOn: string } }
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

interface Page {
  after: string;
  most: number;
}

/** The accounts that a job tells, after the one that was told last. */
export async function nextAccounts(sql: Sql, job: Job, { after, most }: Page): Promise<string[]> {
  const { where, values } = accountsOf(job);
  const rows = await sql.query<{ customer_id: string }>(
    `select customer_id from credit_account a where customer_id > $1 and ${where} order by customer_id limit $2`,
    [after, most, ...values],
  );
  return rows.map((row) => row.customer_id);
}

/** How many accounts a job has still to tell. */
export async function accountsLeft(sql: Sql, job: Job): Promise<number> {
  const { where, values } = accountsOf(job, 2);
  const [row] = await sql.query<{ accounts: bigint }>(
    `select count(*) as accounts from credit_account a where customer_id > $1 and ${where}`,
    [job.cursor, ...values],
  );
  return Number(row!.accounts);
}

/** Whom the fact of a job may concern. */
function accountsOf(job: Job, first = 3): { where: string; values: unknown[] } {
  switch (job.kind) {
    case 'exchange-rate': {
      const { toCurrency, fromCurrency } = job.detail;
      return { where: waitsForRate(`$${first}`, `$${first + 1}`), values: [toCurrency, fromCurrency] };
    }
    case 'hold-retirement':
      return {
        where: `exists (select 1 from credit_hold h
          where h.customer_id = a.customer_id and h.closed_on <= $${first} and not h.is_retired)`,
        values: [job.detail.lastClosedOn],
      };
    default:
      return { where: 'open_holds > 0', values: [] };
  }
}

/** An order is held for a rate or in that currency, goods left, a receivable came or an order was told of without one. */
function waitsForRate(toCurrency: string, fromCurrency: string): string {
  return `((currency = ${toCurrency} and (has_unconverted or exists (
      select 1 from customer_order o
      where o.customer_id = a.customer_id and (o.uncompared is not null or (o.rate is null and o.shipped <> 0))
    )))
    or (open_holds > 0 and currency in (${toCurrency}, ${fromCurrency}) and exists (
      select 1 from credit_hold h where h.customer_id = a.customer_id and h.status in ('open', 'ready')
        and ('currency-rate-missing' = any(h.reason_codes) or h.currency = ${fromCurrency})
    )))`;
}
