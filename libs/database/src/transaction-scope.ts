import type { Sql } from './sql.ts';

type Run = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/**
 * The statements of one transaction. Once it has ended it takes no more: a statement that a half-finished handler still
 * sends after the ROLLBACK would otherwise commit by itself.
 */
export class TransactionScope implements Sql {
  private readonly run: Run;
  private ended = false;
  private firstFailure: unknown;

  constructor(run: Run) {
    this.run = run;
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    if (this.ended) throw new Error('The transaction has ended; this statement would run outside of it');
    try {
      return await this.run<Row>(text, values);
    } catch (error) {
      this.firstFailure ??= error;
      throw error;
    }
  }

  end(): void {
    this.ended = true;
  }

  /** What a failed transaction failed of: "current transaction is aborted" only repeats that an earlier statement did. */
  causeOf(error: unknown): unknown {
    const isEcho = (error as { code?: unknown } | null)?.code === '25P02' || error instanceof RolledBack;
    return isEcho ? (this.firstFailure ?? error) : error;
  }
}

/** Postgres answers the COMMIT of an aborted transaction with ROLLBACK, and not with an error. */
export class RolledBack extends Error {
  constructor() {
    super('The transaction was rolled back: a statement in it had failed');
  }

  static unless(command: string): void {
    if (command !== 'COMMIT') throw new RolledBack();
  }
}
