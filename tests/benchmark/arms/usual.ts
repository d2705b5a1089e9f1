import { createDatabase, projectRoot } from '@ordergate/local-infra';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { creditLimit, customerCount, customerIdOf } from '../load/orders.ts';
import type { Arm, Stop } from './arm.ts';

export interface UsualSettings {
  broker: string;
  postgresUrl: string;
  ordersTopic: string;
  decisionsTopic: string;
}

/** Starts the usual way with the same customers; it reads when this returns. */
export async function startUsual(
  { broker, postgresUrl, ordersTopic, decisionsTopic }: UsualSettings,
  stops: Stop[],
): Promise<Arm> {
  const databaseUrl = await createDatabase(postgresUrl, 'bench_usual');
  const child = fork(join(projectRoot, 'tests', 'benchmark', 'usual-way', 'dist', 'main.js'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // kafkajs' idle loop would burn CPU while the other arms are measured; without it the usual way is faster, not slower.
    execArgv: ['--import', new URL('./mend-idle-loop.ts', import.meta.url).href],
    env: {
      ...process.env,
      USUAL_BROKER: broker,
      USUAL_DATABASE_URL: databaseUrl,
      USUAL_ORDERS_TOPIC: ordersTopic,
      USUAL_DECISIONS_TOPIC: decisionsTopic,
    },
  });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (typeof message !== 'object') throw new Error(`The usual way has ended with ${String(message)}.`);
  stops.push(async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
  await addCustomers(databaseUrl);
  return {
    ...{ name: 'usual', ordersTopic, decisionsTopic },
    pids: [child.pid!],
  };
}

async function addCustomers(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const ids = Array.from({ length: customerCount }, (_, customer) => customerIdOf(customer));
    const sql = `insert into credit_account ("customerId", currency, "limitMinor") select unnest($1::text[]), 'EUR', $2`;
    await client.query(sql, [ids, creditLimit.replace('.', '')]);
    await client.query('vacuum analyze credit_account');
  } finally {
    await client.end();
  }
}
