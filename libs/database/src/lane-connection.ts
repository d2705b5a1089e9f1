import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import { copyIn } from './copy-in.ts';
import type { Sql } from './sql.ts';
import { RolledBack, TransactionScope } from './transaction-scope.ts';
import type { CopyMessage } from './binary-format.ts';

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

/** Of pg's client: what it writes to. */
type Wired = pg.Client & { connection: { stream: Writable } };

/** Statements that are issued in one go leave in one write, not each in its own. */
function writeTogether(client: pg.Client): void {
  const { stream } = (client as Wired).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** The statements of one client: what a transaction began on must not go on on another. */
const statementsOf = (client: pg.Client): Sql => ({
  async query<Row>(text: string, values: readonly unknown[] = []) {
    writeTogether(client);
    return (await client.query({ name: statementName(text), text, values: values as unknown[] })).rows as Row[];
  },
  copy(text, message) {
    writeTogether(client);
    return copyIn(client, text, message);
  },
});

const timeouts = ['statement_timeout=2000', 'idle_in_transaction_session_timeout=2000', 'lock_timeout=2000'];
/**
 * A lane asks by key, for as many keys as a chunk has. For many keys the planner would rather read a whole table, which
 * stays right only as long as that is small and has no dead versions: one plan for all, by index. Measured: Postgres
 * 1,148 → 375 µs an order at 1,000 orders/s.
 */
const plans = [
  ...['plan_cache_mode=force_generic_plan', 'jit=off'],
  ...['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off'],
];

// What was prepared does not fit the schema any more, or is not there: only a new connection helps.
const stalePlans = /cached plan must not change result type|prepared statement .* does not exist/;

/**
 * The one connection of a lane. Statements are pipelined: those issued without awaiting the one before travel together
 * and run in order. Every statement is prepared once. Statement and idle-in-transaction time-outs free the locks of an
 * owner that stopped (SEMANTICS.md 3).
 */
export class LaneConnection implements Sql {
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private closed = false;
  private readonly url: string;
  private readonly name: string;

  constructor(url: string, name: string) {
    this.url = url;
    this.name = name;
  }

  /** Connects anew if the connection was lost. Throws `ConnectionLost`, whatever the reason: none is the data's fault. */
  async connect(): Promise<void> {
    if (this.client) return;
    if (this.closed) throw new ConnectionLost(this.name);
    this.connecting ??= this.open().finally(() => (this.connecting = undefined));
    await this.connecting;
  }

  private async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.name,
      types: columnTypes,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // The server's own time-outs come first; this one is for a server that vanished without a word.
      query_timeout: 15_000,
      options: [...timeouts, ...plans].map((setting) => `-c ${setting}`).join(' '),
    } as pg.ClientConfig);
    const forget = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
    } catch (error) {
      throw new ConnectionLost(this.name, error);
    }
    if (this.closed) this.drop(client);
    else this.client = client;
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return statementsOf(this.connected()).query(text, values);
  }

  async copy(text: string, message: CopyMessage): Promise<void> {
    await statementsOf(this.connected()).copy(text, message);
  }

  /**
   * BEGIN travels with the first statement; COMMIT is checked, since an aborted transaction answers it with ROLLBACK.
   * Rethrows what `work` threw, or the statement error behind it. If the connection breaks during COMMIT nobody knows
   * whether it happened: the caller has to look.
   */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = this.connected();
    const scope = new TransactionScope(statementsOf(client));
    writeTogether(client);
    const begun = client.query('begin');
    begun.catch(() => undefined);
    try {
      const outcome = await work(scope);
      await begun;
      scope.end();
      RolledBack.unless((await client.query('commit')).command);
      return outcome;
    } catch (error) {
      scope.end();
      await client.query('rollback').catch(() => this.drop(client));
      const cause = scope.causeOf(error);
      if (stalePlans.test((cause as Error | null)?.message ?? '')) {
        this.drop(client);
        throw new ConnectionLost(this.name, cause);
      }
      throw cause;
    }
  }

  private connected(): pg.Client {
    if (!this.client) throw new ConnectionLost(this.name);
    return this.client;
  }

  /** Ends the connection at once; whatever ran in it is rolled back by Postgres. */
  private drop(client: pg.Client): void {
    if (this.client === client) this.client = undefined;
    client.end().catch(() => undefined);
  }

  /** For good. */
  async close(): Promise<void> {
    this.closed = true;
    await this.disconnect();
  }

  /** Until it is needed again. */
  async disconnect(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}

/** The lane's connection is gone or cannot be made; it is tried again before the next chunk. */
export class ConnectionLost extends Error {
  constructor(name: string, cause?: unknown) {
    const why = (cause as Error | undefined)?.message;
    super(`The database connection of ${name} was lost${why ? `: ${why}` : ''}`, { cause });
  }
}
