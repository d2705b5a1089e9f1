import pg from 'pg';
import { chooseInfra } from './choose-infra.ts';
import { kafkaLogin } from './kafka/kafka-login.ts';
import { withKafkaAdmin } from './kafka/kafka-client.ts';
import { startDockerInfra } from './start-docker-infra.ts';
import { startLocalInfra } from './start-local-infra.ts';
import type { Infra, LocalInfraOptions } from './start-local-infra.ts';

/**
 * Kafka and Postgres by whichever of the three ways fits, ready to be used.
 * @throws NoInfraError when there is no way; Error when the servers do not start or do not answer
 */
export async function startInfra(options: LocalInfraOptions, env: NodeJS.ProcessEnv = process.env): Promise<Infra> {
  const way = chooseInfra(env);
  switch (way) {
    case 'local':
      return startLocalInfra(options);
    case 'docker':
      return startDockerInfra(options);
    case 'external':
      return externalInfra(env, options.onProgress ?? (() => {}));
  }
}

/** Servers that somebody else runs: asked whether they are there, never stopped. */
async function externalInfra(env: NodeJS.ProcessEnv, onProgress: (line: string) => void): Promise<Infra> {
  const [brokers, postgresUrl] = [env['KAFKA_BROKERS']?.split(',').map((broker) => broker.trim()), env['DATABASE_URL']];
  if (!brokers || !postgresUrl) throw new Error('ORDERGATE_INFRA=external needs KAFKA_BROKERS and DATABASE_URL.');

  onProgress(`your own servers: Kafka at ${brokers.join(', ')}, Postgres at ${new URL(postgresUrl).host}`);
  await withKafkaAdmin(brokers, (admin) => admin.describeCluster(), kafkaLogin(env)).catch((error: unknown) => {
    throw new Error(`No Kafka answers at KAFKA_BROKERS (${brokers.join(', ')}): ${String(error)}`);
  });
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new Error(`No Postgres answers at DATABASE_URL (${new URL(postgresUrl).host}): ${String(error)}`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
  return { brokers, postgresUrl, stop: async () => {}, leaveRunning: () => {} };
}
