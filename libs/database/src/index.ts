export type { CopyMessage } from './binary-format.ts';
export type { Sql } from './sql.ts';
export { Database, type DatabaseOptions } from './database.ts';
export { LaneConnection, ConnectionLost } from './lane-connection.ts';
export { migrate } from './migrate.ts';
export { failureKind, isKeyTaken, isStatementTimeout, type FailureKind } from './failure.ts';
export { appendingTo, rowSet, textArray, type RowSet } from './rows.ts';
