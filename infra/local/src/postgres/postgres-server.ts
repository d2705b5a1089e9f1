import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { postgresUrlOf, readInfraState, rememberInState } from '../infra-state.ts';
import type { LocalServer } from '../kafka/kafka-broker.ts';
import { endProcess, startInBackground, waitUntilHealthy } from '../process/background-process.ts';
import { portOf } from '../process/free-port.ts';
import { isRunning } from '../process/process-identity.ts';
import type { ProcessIdentity } from '../process/process-identity.ts';
import { createClusterOnce, plainEnv } from './create-cluster.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { serverUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

/** Starts the server of this data directory, or takes over the one that a crashed run left, if that one is well. */
export async function startPostgres(dataDir: string, onProgress: (line: string) => void): Promise<LocalServer> {
  const before = readInfraState(dataDir).postgres;
  if (before?.process && isRunning(before.process)) {
    if (await isAnswering(postgresUrlOf(before))) {
      onProgress(`Postgres: taken over on 127.0.0.1:${before.port}`);
      return { identity: before.process, isTakenOver: true };
    }
    onProgress(`Postgres: process ${before.process.pid} of an earlier run does not answer and is ended`);
    await endPostgres(before.process);
  }

  const binaries = postgresBinaries();
  const user = serverUser();
  const login = { port: await portOf(before?.port), password: before?.password ?? randomBytes(12).toString('hex') };
  rememberInState(dataDir, { postgres: login });
  const data = await createClusterOnce(dataDir, binaries, user, login.password, onProgress);

  const startedMs = Date.now();
  onProgress(`Postgres: starting on 127.0.0.1:${login.port}`);
  const identity = await startServer(dataDir, data, binaries, user, login);
  onProgress(`Postgres: ready after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);

  return { identity, isTakenOver: false };
}

/** "Fast" shutdown: open transactions roll back, data is flushed. SIGQUIT is its own emergency stop, SIGKILL the last one. */
export async function endPostgres(identity: ProcessIdentity, isDiscarded = false): Promise<void> {
  const fast = { signal: 'SIGINT', waitMs: 15_000 } as const;
  const immediate = { signal: 'SIGQUIT', waitMs: 5_000 } as const;
  const atOnce = { signal: 'SIGKILL', waitMs: 5_000 } as const;
  await endProcess(identity, isDiscarded ? [immediate, atOnce] : [fast, immediate, atOnce]);
}

async function startServer(
  dataDir: string,
  data: string,
  binaries: PostgresBinaries,
  user: ServerUser,
  login: { port: number; password: string },
): Promise<ProcessIdentity> {
  const logFile = join(dataDir, 'logs', 'postgres.log');
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const args = ['-D', data, ...serverSettings(login.port).flatMap((setting) => ['-c', setting])];
  for (let attempt = 1; ; attempt++) {
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    try {
      const task = { command: binaries.postgres, args, logFile, cwd: data, env: plainEnv(), ...user };
      const identity = await startInBackground(task);
      rememberInState(dataDir, { postgres: { ...login, process: identity } });
      await waitUntilHealthy({ name: 'Postgres', identity, logFile }, () => answer(postgresUrlOf(login)), 60_000);
      return identity;
    } catch (error) {
      const { process } = readInfraState(dataDir).postgres ?? {};
      const hasEnded = !process || !isRunning(process);
      if (attempt === 20 || !hasEnded || !isStillHeld(readFileSync(logFile).subarray(logStart).toString())) throw error;
      await pause(250);
    }
  }
}

/**
 * After SIGKILL of the server its workers need a moment to notice and to let go of the shared memory.
 * @param log what has been written since the start: the workers' own last words too, in any order
 */
const isStillHeld = (log: string): boolean =>
  /shared memory block .* still in use|lock file "postmaster.pid" already exists/.test(log);

/** However the server is started: here, in a test's container, by docker-compose.yml. */
export const postgresSettings: readonly string[] = [
  // Four services with their lanes, and the tests' many short-lived instances.
  'max_connections=300',
  // Taken as it is needed. What a busy gate's indexes need beyond it costs a third more a decision.
  'shared_buffers=1GB',
  // After a checkpoint each page is written whole once more, a third more work a decision: so they come by the clock, not by
  // what a burst writes, at the price of disk and of a longer recovery.
  'max_wal_size=16GB',
  'checkpoint_timeout=15min',
  // What statements ran, how often and for how long: for specs about cost, and for whoever wonders.
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.max=20000',
];

const serverSettings = (port: number): string[] => [
  'listen_addresses=127.0.0.1',
  `port=${port}`,
  'unix_socket_directories=',
  ...postgresSettings,
  'log_min_messages=warning',
  'logging_collector=off',
];

async function answer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

async function isAnswering(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const isWell = await answer(url).then(
      () => true,
      () => false,
    );
    if (isWell) return true;
    await pause(300);
  }
  return false;
}
