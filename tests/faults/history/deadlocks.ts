import { readFileSync } from 'node:fs';

/** The lines in which Postgres says that it has ended a transaction because two waited for each other. */
export function deadlocksIn(postgresLog: string): string[] {
  return readFileSync(postgresLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes('deadlock detected'));
}
