import { rowSet, type Sql } from '@ordergate/database';

export interface DunningRun {
  runId: string;
  businessDay: string;
  startedBy: string;
  startedAt: Date;
}

/** A run with what it has come to so far. */
export interface DunningRunReading extends DunningRun {
  customers: number;
  /** Those to whom the run has come. */
  handled: number;
  /** Those whose level it has raised, each with a notice. */
  notices: number;
}

/**
 * Notes a run over one customer, or over all that have, or may have since today, something overdue. The same run again
 * changes nothing.
 */
export async function startRun(sql: Sql, run: DunningRun, customerId: string | null): Promise<void> {
  const started = await sql.query(
    `insert into dunning_run (run_id, business_day, started_by, started_at) values ($1, $2, $3, $4)
     on conflict do nothing returning run_id`,
    [run.runId, run.businessDay, run.startedBy, run.startedAt],
  );
  if (started.length === 0) return;
  await sql.query(
    `insert into dunning_run_customer (customer_id, run_id)
     select customer_id, $1 from customer_standing
     where ($2::text is null or customer_id = $2) and (oldest_overdue_days > 0 or stands_until < $3)`,
    [run.runId, customerId, run.businessDay],
  );
}

export async function readRun(sql: Sql, runId: string): Promise<DunningRunReading | undefined> {
  const [run] = await sql.query<DunningRunReading>(
    `select run_id as "runId", business_day as "businessDay", started_by as "startedBy", started_at as "startedAt",
       (select count(*)::int from dunning_run_customer c where c.run_id = r.run_id) as customers,
       (select count(*)::int from dunning_run_customer c where c.run_id = r.run_id and outcome is not null) as handled,
       (select count(*)::int from dunning_run_customer c where c.run_id = r.run_id and outcome = 'raised') as notices
     from dunning_run r where run_id = $1`,
    [runId],
  );
  return run;
}

const columns = rowSet({ customer_id: 'text', run_id: 'text', outcome: 'text', dunning_level: 'int4' });

/** What runs came to for customers. */
export async function saveRunOutcomes(
  sql: Sql,
  outcomes: readonly { customerId: string; runId: string; outcome: string; dunningLevel: number }[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ customerId, runId, outcome, dunningLevel }) => ({
    ...{ customer_id: customerId, run_id: runId, outcome, dunning_level: dunningLevel },
  }));
  await sql.query(
    `update dunning_run_customer c set outcome = came.outcome, dunning_level = came.dunning_level
     from ${columns.from('came')} where (c.customer_id, c.run_id) = (came.customer_id, came.run_id)`,
    columns.arrays(rows),
  );
}
