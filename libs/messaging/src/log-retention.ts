import type { Database, Sql } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';

const logDays = 30;
const inboxDays = 45;
const everyMs = 3_600_000;
const dayMs = 86_400_000;
const inboxRowsAtOnce = 5_000;

/** Makes the message log's day partitions ahead and drops what is past retention, so that no row is deleted one by one. */
export class LogRetention {
  private readonly database: Database;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;

  constructor(database: Database, logger: Logger) {
    this.database = database;
    this.logger = logger;
  }

  async start(): Promise<void> {
    await this.tend(new Date());
    this.timer = setInterval(
      () =>
        void this.tend(new Date()).catch((error: Error) =>
          this.logger.warn(`Retention will try again in an hour: ${error.message}`),
        ),
      everyMs,
    );
    this.timer.unref();
  }

  /** One instance at a time; days are UTC days of the clock, since the log is about machines, not about business. */
  async tend(now: Date): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query('select pg_advisory_xact_lock(hashtext($1))', ['ordergate.retention']);
      for (let ahead = 0; ahead <= 2; ahead += 1) await makeDay(sql, isoDay(now, ahead), isoDay(now, ahead + 1));
      const oldest = isoDay(now, -logDays);
      const past = await sql.query<{ name: string }>(
        `select relname as name from pg_class where relname ~ '^message_log_[0-9]{8}$' and relname < $1 and relkind = 'r'`,
        [partitionName(oldest)],
      );
      for (const { name } of past) await sql.query(`drop table ${name}`);
      await sql.query('delete from message_log_default where logged_on < $1', [oldest]);
    });
    for (;;) {
      const pruned = await this.database.query(
        `delete from inbox where ctid in (select ctid from inbox where received_on < $1 limit ${inboxRowsAtOnce}) returning 1`,
        [isoDay(now, -inboxDays)],
      );
      if (pruned.length < inboxRowsAtOnce) return;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

const partitionName = (day: string): string => `message_log_${day.replaceAll('-', '')}`;

/** A day that has rows in the default partition stays there: Postgres refuses a partition of its own for it. */
async function makeDay(sql: Sql, day: string, nextDay: string): Promise<void> {
  const made = await sql.query('select 1 where to_regclass($1) is not null', [partitionName(day)]);
  const late = await sql.query('select 1 from message_log_default where logged_on = $1 limit 1', [day]);
  if (made.length > 0 || late.length > 0) return;
  // Its rows are written once and go with the day: to vacuum them is work for nothing, in the busiest hours of all.
  await sql.query(
    `create table ${partitionName(day)} partition of message_log for values from ('${day}') to ('${nextDay}')
     with (autovacuum_enabled = off)`,
  );
}

function isoDay(from: Date, days: number): string {
  return new Date(from.getTime() + days * dayMs).toISOString().slice(0, 10);
}
