import { ConnectionLost } from './lane-connection.ts';

/**
 * What a database error means for a chunk (ARCHITECTURE.md, "Errors"):
 * `outage` – the database is away or was in the way; the same chunk may succeed later;
 * `bad-data` – a value in it can never be stored; `bug` – everything else. An error of a service says so itself with
 * `isOutage`.
 */
export type FailureKind = 'outage' | 'bad-data' | 'bug';

// Connection exceptions, out of resources, operator's intervention (a statement time-out too), serialization and
// deadlock, idle and lock time-outs, the system's own errors, and a server that is a read-only standby by now.
const outageClasses = ['08', '53', '57', '40', '25P03', '55P03', '58', '25006'];
const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const outageTexts =
  /connection (terminated|error|was closed)|not queryable|timeout expired|query read timeout|client was closed/i;

/** Classifies by SQLSTATE where there is one, else by the driver's own words. */
export function failureKind(error: unknown): FailureKind {
  const { code, message, isOutage } = (error ?? {}) as { code?: unknown; message?: string; isOutage?: boolean };
  if (error instanceof ConnectionLost || isOutage) return 'outage';
  if (typeof code === 'string') {
    if (outageCodes.has(code) || outageClasses.some((prefix) => code.startsWith(prefix))) return 'outage';
    if (code.startsWith('22') || code.startsWith('23')) return 'bad-data';
  }
  return outageTexts.test(message ?? '') ? 'outage' : 'bug';
}

/** The statement took longer than the server lets it: perhaps there was too much in it. */
export function isStatementTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '57014';
}

/** A row with this key is there already. */
export function isKeyTaken(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23505';
}
