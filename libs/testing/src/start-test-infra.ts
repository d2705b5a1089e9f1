import {
  DataDirInUseError,
  isLocked,
  projectRoot,
  runningInfra,
  startLocalInfra,
  stopLocalInfra,
} from '@ordergate/local-infra';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestInfra } from './test-infra.ts';

export type StoppableInfra = TestInfra & { stop(): Promise<void> };

const home = join(projectRoot, '.ordergate');
const KEPT = 'test-kept';

/**
 * One broker and one Postgres for a test run, by `ORDERGATE_INFRA`: `local` (default), `docker` (testcontainers) or
 * `external` (`KAFKA_BROKERS`, `DATABASE_URL`). `ORDERGATE_TEST_INFRA=keep` leaves the local ones running for the next run.
 */
export async function startTestInfra(env: NodeJS.ProcessEnv = process.env): Promise<StoppableInfra> {
  const way = env['ORDERGATE_INFRA'] ?? 'local';
  switch (way) {
    case 'local':
      return env['ORDERGATE_TEST_INFRA'] === 'keep' ? keptInfra() : freshInfra();
    case 'docker': {
      const { startContainers } = await import('./start-containers.ts');
      return startContainers();
    }
    case 'external':
      return externalInfra(env);
    default:
      throw new Error(`ORDERGATE_INFRA is "${way}"; known are docker, local and external`);
  }
}

/** A directory of this run alone; thrown away with its data at the end. */
async function freshInfra(): Promise<StoppableInfra> {
  await removeLeftovers();
  const dataDir = join(home, `test-${Date.now().toString(36)}-${process.pid}`);
  const infra = await startLocalInfra({ dataDir });

  return {
    ...infra,
    stop: async () => {
      await infra.stop({ isDiscarded: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** For focused runs of a developer: several may use it at once, nobody stops it (`stop-kept-infra.ts` does). */
async function keptInfra(): Promise<StoppableInfra> {
  const dataDir = join(home, KEPT);
  for (;;) {
    const running = isLocked(dataDir) ? null : runningInfra(dataDir);
    if (running) return { ...running, stop: async () => {} };
    try {
      const infra = await startLocalInfra({ dataDir });
      infra.leaveRunning();
      return { ...infra, stop: async () => {} };
    } catch (error) {
      if (!(error instanceof DataDirInUseError)) throw error;
      await pause(200);
    }
  }
}

/** Ends the kept servers and throws their data away. */
export async function stopKeptInfra(): Promise<void> {
  const dataDir = join(home, KEPT);
  mkdirSync(dataDir, { recursive: true });
  await stopLocalInfra(dataDir, { isDiscarded: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** What killed runs left: their servers still run, and nobody will ask for them again. */
async function removeLeftovers(): Promise<void> {
  mkdirSync(home, { recursive: true });
  const abandoned = readdirSync(home)
    .filter((name) => name.startsWith('test-') && name !== KEPT)
    .map((name) => join(home, name))
    .filter((dataDir) => !isLocked(dataDir));
  for (const dataDir of abandoned) {
    await stopLocalInfra(dataDir, { isDiscarded: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function externalInfra(env: NodeJS.ProcessEnv): StoppableInfra {
  const [brokers, postgresUrl] = [env['KAFKA_BROKERS'], env['DATABASE_URL']];
  if (!brokers || !postgresUrl) throw new Error('ORDERGATE_INFRA=external needs KAFKA_BROKERS and DATABASE_URL');

  return { brokers: brokers.split(','), postgresUrl, stop: async () => {} };
}
