import type { Sql } from '@ordergate/database';

/** A fact that concerns many customers, and how far they have been told. */
export interface CustomerJob {
  /** `business-day/2026-11-21`, `dunning-run/<run>`. */
  jobId: string;
  kind: 'business-day' | 'dunning-run';
  businessDay: string;
  /** The last customer id that was told. */
  cursor: string;
}

/** Notes a job, or how far it has come. */
export async function saveJob(sql: Sql, { jobId, kind, businessDay, cursor }: CustomerJob): Promise<void> {
  await sql.query(
    `insert into customer_job (job_id, kind, business_day, cursor) values ($1, $2, $3, $4)
     on conflict (job_id) do update set cursor = greatest(customer_job.cursor, excluded.cursor)`,
    [jobId, kind, businessDay, cursor],
  );
}

export async function endJob(sql: Sql, jobId: string): Promise<void> {
  await sql.query('update customer_job set ended_at = now() where job_id = $1', [jobId]);
}

/** Jobs that nobody has finished: their process died, or is at it. */
export function openJobs(sql: Sql): Promise<CustomerJob[]> {
  return sql.query<CustomerJob>(
    `select job_id as "jobId", kind, business_day as "businessDay", cursor
     from customer_job where ended_at is null order by business_day, job_id`,
  );
}

// By id, after the cursor. $1: after, $2: most, $3: the job's day or run.
const nextOf = {
  /** Those whose standing does not hold on the day any more. */
  'business-day': `select customer_id from customer_standing where customer_id > $1 and stands_until < $3
    order by customer_id limit $2`,
  'dunning-run': `select customer_id from dunning_run_customer where customer_id > $1 and run_id = $3
    order by customer_id limit $2`,
};

export async function nextCustomers(sql: Sql, job: CustomerJob, after: string, most: number): Promise<string[]> {
  const subject = job.kind === 'business-day' ? job.businessDay : runOf(job);
  const rows = await sql.query<{ customer_id: string }>(nextOf[job.kind], [after, most, subject]);
  return rows.map((row) => row.customer_id);
}

/** The run that a job is for. */
export const runOf = ({ jobId }: CustomerJob): string => jobId.slice('dunning-run/'.length);
