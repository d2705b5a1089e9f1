import pg from 'pg';
import { columnTypes } from './column-types.ts';
import { copyIn } from './copy-in.ts';
import type { Sql } from './sql.ts';
import { RolledBack, TransactionScope } from './transaction-scope.ts';
import type { CopyMessage } from './binary-format.ts';

export interface DatabaseOptions {
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections for HTTP and background work; lanes have their own. Default 4. */
  connections?: number;
}

/** A service's pool for everything that is not a lane: HTTP reads, schedulers, background jobs. */
export class Database implements Sql {
  readonly url: string;
  private readonly pool: pg.Pool;

  private constructor(url: string, pool: pg.Pool) {
    this.url = url;
    this.pool = pool;
  }

  static open(url: string, { name, connections = 4 }: DatabaseOptions): Database {
    const pool = new pg.Pool({
      connectionString: url,
      application_name: name,
      max: connections,
      types: columnTypes,
      // Under jest's ESM loader a parked connection must not keep the process alive.
      allowExitOnIdle: true,
      connectionTimeoutMillis: 10_000,
    });
    // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => undefined);
    return new Database(url, pool);
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query(text, values as unknown[]);
    return result.rows as Row[];
  }

  copy(text: string, message: CopyMessage): Promise<void> {
    return this.transaction((tx) => tx.copy(text, message));
  }

  /** One transaction under READ COMMITTED: commits what `work` did, or rolls everything back and rethrows. */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // Without a listener the server's goodbye to a connection in use would end the process.
    const isBroken = (error: Error): void => void (broken = error);
    client.on('error', isBroken);
    const scope = new TransactionScope({
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, values as unknown[])).rows as Row[],
      copy: (text, message) => copyIn(client, text, message),
    });
    try {
      await client.query('begin');
      const outcome = await work(scope);
      scope.end();
      RolledBack.unless((await client.query('commit')).command);
      return outcome;
    } catch (error) {
      scope.end();
      await client.query('rollback').catch(isBroken);
      throw scope.causeOf(error);
    } finally {
      client.off('error', isBroken);
      client.release(broken);
    }
  }

  /**
   * Reads that belong together: every statement sees the same moment, so rows of one commit come together or not at all.
   * Statements may be asked for at once; they take turns on the one connection.
   */
  snapshot<T>(read: (tx: Sql) => Promise<T>): Promise<T> {
    return this.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      let last: Promise<unknown> = Promise.resolve();
      const query = <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> => {
        const rows = last.then(() => tx.query<Row>(text, values));
        last = rows.catch(() => undefined);
        return rows;
      };
      return read({ query, copy: (text, message) => tx.copy(text, message) });
    });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
