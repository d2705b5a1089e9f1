import { createHash } from 'node:crypto';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import type { Sql } from './sql.ts';

/** Statements keep their names for the life of the process, so Postgres plans each only once per connection. */
const statementNames = new Map<string, string>();
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = createHash('sha1').update(text).digest('base64url');
    statementNames.set(text, name);
  }
  return name;
}

/**
 * The one connection of a lane. Statements are pipelined: those issued without awaiting the one before travel together
 * and run in order. Every statement is prepared once. Statement and idle-in-transaction time-outs free the locks of an
 * owner that stopped (SEMANTICS.md 3).
 */
export class LaneConnection implements Sql {
  private client: pg.Client | undefined;
  private readonly url: string;
  private readonly name: string;

  constructor(url: string, name: string) {
    this.url = url;
    this.name = name;
  }

  /** Connects anew if the connection was lost. */
  async connect(): Promise<void> {
    if (this.client) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.name,
      types: columnTypes,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      options: '-c statement_timeout=5000 -c idle_in_transaction_session_timeout=2000 -c lock_timeout=2000',
    } as pg.ClientConfig);
    const forget = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    await client.connect();
    this.client = client;
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = this.client;
    if (!client) throw new ConnectionLost(this.name);
    const result = await client.query({ name: statementName(text), text, values: values as unknown[] });
    return result.rows as Row[];
  }

  /** BEGIN travels with the first statement; COMMIT is checked, since an aborted transaction answers it with ROLLBACK. */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = this.client;
    if (!client) throw new ConnectionLost(this.name);
    const begun = client.query('begin');
    begun.catch(() => undefined);
    try {
      const outcome = await work(this);
      await begun;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed');
      return outcome;
    } catch (error) {
      await client.query('rollback').catch(() => this.drop(client));
      throw error;
    }
  }

  /** Ends the connection at once; whatever ran in it is rolled back by Postgres. */
  private drop(client: pg.Client): void {
    if (this.client === client) this.client = undefined;
    client.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}

/** The lane's connection is gone; it is made again before the next chunk. */
export class ConnectionLost extends Error {
  constructor(name: string) {
    super(`The database connection of ${name} was lost`);
  }
}
