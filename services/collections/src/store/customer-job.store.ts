import type { Sql } from '@ordergate/database';

/** A fact that concerns many customers, and how far they have been told. */
export interface CustomerJob {
  jobId: string;
  kind: 'business-day';
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

/** The next customers, by id, whose standing does not hold on the job's day any more. */
export async function nextCustomers(sql: Sql, { businessDay }: CustomerJob, after: string, most: number) {
  const rows = await sql.query<{ customer_id: string }>(
    `select customer_id from customer_standing where stands_until < $1 and customer_id > $2
     order by customer_id limit $3`,
    [businessDay, after, most],
  );
  return rows.map((row) => row.customer_id);
}
