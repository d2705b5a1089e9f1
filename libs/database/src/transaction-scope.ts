import type { Sql } from './sql.ts';
import type { CopyMessage } from './binary-format.ts';

/**
 * The statements of one transaction. Once it has ended it takes no more: a statement that a half-finished handler still
 * sends after the ROLLBACK would otherwise commit by itself.
 */
export class TransactionScope implements Sql {
  private readonly inner: Sql;
  private ended = false;
  private firstFailure: unknown;

  constructor(inner: Sql) {
    this.inner = inner;
  }

  query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.inside(() => this.inner.query<Row>(text, values));
  }

  copy(text: string, message: CopyMessage): Promise<void> {
    return this.inside(() => this.inner.copy(text, message));
  }

  private async inside<T>(run: () => Promise<T>): Promise<T> {
    if (this.ended) throw new Error('The transaction has ended; this statement would run outside of it');
    try {
      return await run();
    } catch (error) {
      // Statements of a pipeline are told of an error and of its echoes in any order.
      if (!isEcho(error)) this.firstFailure ??= error;
      throw error;
    }
  }

  end(): void {
    this.ended = true;
  }

  /** What a failed transaction failed of: "current transaction is aborted" only repeats that an earlier statement did. */
  causeOf(error: unknown): unknown {
    return isEcho(error) || error instanceof RolledBack ? (this.firstFailure ?? error) : error;
  }
}

const isEcho = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '25P02';

/** Postgres answers the COMMIT of an aborted transaction with ROLLBACK, and not with an error. */
export class RolledBack extends Error {
  constructor() {
    super('The transaction was rolled back: a statement in it had failed');
  }

  static unless(command: string): void {
    if (command !== 'COMMIT') throw new RolledBack();
  }
}
