import { mkdirSync } from 'node:fs';
import { assertLocalIsPossible } from './choose-infra.ts';
import { brokerAddress, postgresUrlOf, readInfraState } from './infra-state.ts';
import { endKafka, startKafka } from './kafka/kafka-broker.ts';
import { lockDataDir } from './launcher-lock.ts';
import { endPostgres, startPostgres } from './postgres/postgres-server.ts';
import { isRunning } from './process/process-identity.ts';

export interface Infra {
  brokers: string[];
  /** `postgres://user:password@host:port/postgres`: a login that may create databases. */
  postgresUrl: string;
  /**
   * Ends what this launcher started or took over: Kafka, then Postgres. Clients have to be gone before.
   * `isDiscarded`: the data is not needed again, so at once instead of cleanly.
   */
  stop(options?: { isDiscarded?: boolean }): Promise<void>;
  /** Leaves the servers running and lets the next launcher take them over. */
  leaveRunning(): void;
}

export interface LocalInfraOptions {
  /** Kafka's and Postgres' data, logs and state; made if missing, kept between runs. */
  dataDir: string;
  onProgress?: (line: string) => void;
}

/**
 * Real Kafka and real Postgres on 127.0.0.1, ready to be used when this returns.
 * @throws NoInfraError when Java or Maven is missing; DataDirInUseError when another launcher has the directory; Error with the server's last words when one does not start
 */
export async function startLocalInfra({ dataDir, onProgress = () => {} }: LocalInfraOptions): Promise<Infra> {
  assertLocalIsPossible();
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDataDir(dataDir);
  const [kafka, postgres] = await Promise.allSettled([
    startKafka(dataDir, onProgress),
    startPostgres(dataDir, onProgress),
  ]);
  if (kafka.status === 'rejected' || postgres.status === 'rejected') {
    await endServers(dataDir, false).finally(unlock);
    throw kafka.status === 'rejected' ? kafka.reason : (postgres as PromiseRejectedResult).reason;
  }

  const state = readInfraState(dataDir) as { kafka: { port: number }; postgres: { port: number; password: string } };
  return {
    brokers: [brokerAddress(state.kafka.port)],
    postgresUrl: postgresUrlOf(state.postgres),
    stop: ({ isDiscarded = false } = {}) => endServers(dataDir, isDiscarded).finally(unlock),
    leaveRunning: unlock,
  };
}

/**
 * Ends the servers that a launcher left running in this directory (by leaving them, or by being killed).
 * @throws DataDirInUseError when a launcher still looks after them
 */
export async function stopLocalInfra(dataDir: string, options: { isDiscarded?: boolean } = {}): Promise<void> {
  const unlock = lockDataDir(dataDir);
  await endServers(dataDir, options.isDiscarded ?? false).finally(unlock);
}

async function endServers(dataDir: string, isDiscarded: boolean): Promise<void> {
  const { kafka, postgres } = readInfraState(dataDir);
  try {
    if (kafka?.process && isRunning(kafka.process)) await endKafka(kafka.process, { isDiscarded });
  } finally {
    if (postgres?.process && isRunning(postgres.process)) await endPostgres(postgres.process, isDiscarded);
  }
}
