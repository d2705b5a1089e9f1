import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase } from './databases.ts';
import { readInfraState } from './infra-state.ts';
import { withKafkaAdmin } from './kafka/kafka-client.ts';
import { DataDirInUseError } from './launcher-lock.ts';
import { isRunning } from './process/process-identity.ts';
import { projectRoot } from './project-root.ts';
import { startLocalInfra, stopLocalInfra } from './start-local-infra.ts';
import type { Infra } from './start-local-infra.ts';

jest.setTimeout(120_000);

describe('the local launcher', () => {
  // Under the name of a test run, so that the next run cleans up after one that was killed here.
  const dataDir = join(projectRoot, '.ordergate', `test-launcher-${process.pid}`);
  const start = () => startLocalInfra({ dataDir });
  const processes = () => {
    const { kafka, postgres } = readInfraState(dataDir);
    return [kafka!.process!, postgres!.process!];
  };
  let first: Infra;

  beforeAll(async () => {
    mkdirSync(dataDir, { recursive: true });
    first = await start();
  });
  afterAll(async () => {
    await stopLocalInfra(dataDir, { isDiscarded: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('refuses a directory that another launcher has, and says whose it is', async () => {
    await expect(start()).rejects.toThrow(DataDirInUseError);
    await expect(start()).rejects.toThrow(`in use by another launcher (process ${process.pid})`);
  });

  it('takes over servers that a launcher left behind', async () => {
    const before = processes();
    first.leaveRunning();
    first = await start();
    expect(processes()).toEqual(before);
  });

  it('brings killed servers back on their old addresses, with what they had stored', async () => {
    await write(first);
    for (const { pid } of processes()) process.kill(pid, 'SIGKILL');
    first.leaveRunning();

    const lines: string[] = [];
    const second = await startLocalInfra({ dataDir, onProgress: (line) => lines.push(line) });
    expect(lines.some((line) => line.startsWith('Kafka: ready'))).toBe(true);
    expect({ brokers: second.brokers, url: second.postgresUrl }).toEqual({
      brokers: first.brokers,
      url: first.postgresUrl,
    });
    expect(await readBack(second)).toEqual({ topics: ['kept'], rows: [{ n: 7 }] });
    first = second;
  });

  it('waits for the workers of a killed Postgres, whatever they still say', async () => {
    const workers = Array.from({ length: 20 }, () => new pg.Client({ connectionString: first.postgresUrl }));
    for (const worker of workers) worker.on('error', () => {});
    await Promise.all(workers.map((worker) => worker.connect()));
    const ofWorkers = await query(
      first.postgresUrl,
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    const pids = (ofWorkers as { pid: number }[]).map(({ pid }) => pid);

    // Asleep they hold the shared memory; awake they write that they end, after the new server has complained.
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    process.kill(readInfraState(dataDir).postgres!.process!.pid, 'SIGKILL');
    first.leaveRunning();
    const logged = () => readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8');
    const before = logged().length;
    const started = start();
    while (!logged().includes('shared memory block', before)) await pause(1);
    for (const pid of pids) process.kill(pid, 'SIGCONT');

    first = await started;
    expect((await readBack(first)).rows).toEqual([{ n: 7 }]);
  });

  it('ends both when stopped', async () => {
    const before = processes();
    await first.stop();
    expect(before.map(isRunning)).toEqual([false, false]);
  });
});

async function write({ brokers, postgresUrl }: Infra): Promise<void> {
  await withKafkaAdmin(brokers, (admin) => admin.createTopics({ topics: [{ topic: 'kept' }], waitForLeaders: true }));
  await query(await createDatabase(postgresUrl, 'kept'), 'create table kept as select 7 as n');
}

async function readBack({ brokers, postgresUrl }: Infra): Promise<{ topics: string[]; rows: unknown[] }> {
  const topics = await withKafkaAdmin(brokers, (admin) => admin.listTopics());

  return { topics, rows: await query(await createDatabase(postgresUrl, 'kept'), 'select n from kept') };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
