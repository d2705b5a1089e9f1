import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './process/process-identity.ts';
import type { ProcessIdentity } from './process/process-identity.ts';

/** What the launcher remembers of its servers, so that the next one finds them whatever became of this one. */
export interface InfraState {
  kafka?: { port: number; controllerPort: number; process?: ProcessIdentity };
  postgres?: { port: number; password: string; process?: ProcessIdentity };
}

const fileOf = (dataDir: string): string => join(dataDir, 'infra.json');

/** The state as last written; empty when there is none. */
export function readInfraState(dataDir: string): InfraState {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as InfraState;
  } catch {
    return {};
  }
}

/** Merges one server's part into the file, which is replaced whole: a reader never sees half of it. */
export function rememberInState(dataDir: string, part: InfraState): void {
  const draft = `${fileOf(dataDir)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ ...readInfraState(dataDir), ...part }, null, 2), { mode: 0o600 });
  renameSync(draft, fileOf(dataDir));
}

/** Addresses of the servers if both run, else null: for commands that use what a launcher has started. */
export function runningInfra(dataDir: string): { brokers: string[]; postgresUrl: string } | null {
  const { kafka, postgres } = readInfraState(dataDir);
  if (!kafka?.process || !postgres?.process || !isRunning(kafka.process) || !isRunning(postgres.process)) return null;

  return { brokers: [brokerAddress(kafka.port)], postgresUrl: postgresUrlOf(postgres) };
}

export const brokerAddress = (port: number): string => `127.0.0.1:${port}`;

export const postgresUrlOf = ({ port, password }: { port: number; password: string }): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
