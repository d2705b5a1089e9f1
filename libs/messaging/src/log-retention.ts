import type { Database } from '@ordergate/database';
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
      for (let ahead = 0; ahead <= 2; ahead += 1) {
        const day = isoDay(now, ahead);
        await sql.query(
          `create table if not exists message_log_${day.replaceAll('-', '')} partition of message_log for values from ('${day}') to ('${isoDay(now, ahead + 1)}')`,
        );
      }
      const oldest = `message_log_${isoDay(now, -logDays).replaceAll('-', '')}`;
      const past = await sql.query<{ name: string }>(
        `select relname as name from pg_class where relname ~ '^message_log_[0-9]{8}$' and relname < $1 and relkind = 'r'`,
        [oldest],
      );
      for (const { name } of past) await sql.query(`drop table ${name}`);
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

function isoDay(from: Date, days: number): string {
  return new Date(from.getTime() + days * dayMs).toISOString().slice(0, 10);
}
