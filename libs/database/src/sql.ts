import type { CopyMessage } from './binary-format.ts';

/** Anything that can run a statement: the pool of a service, one transaction, a lane's connection. Stores take this. */
export interface Sql {
  /**
   * Runs one statement and returns its rows. `int8` comes as bigint, `date` as 'YYYY-MM-DD', `numeric` as text,
   * `timestamptz` as Date, `jsonb` parsed. Throws pg's DatabaseError, with its SQLSTATE in `code`.
   */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a `copy … from stdin (format binary)` with the message of all its rows (`appendingTo`). Throws as `query` does. */
  copy(text: string, message: CopyMessage): Promise<void>;
}
