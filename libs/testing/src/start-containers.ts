import { postgresSettings } from '@ordergate/local-infra';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Wait } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import type { StoppableInfra } from './start-test-infra.ts';

const START = '/tmp/start.sh';

/** The same two servers out of the official images. */
export async function startContainers(): Promise<StoppableInfra> {
  const started = await Promise.allSettled([startPostgres(), startKafka()]);
  const [postgres, kafka] = started;
  if (postgres.status === 'fulfilled' && kafka.status === 'fulfilled') {
    return {
      brokers: [kafka.value.address],
      postgresUrl: postgres.value.getConnectionUri(),
      stop: async () => {
        await Promise.all([postgres.value.stop(), kafka.value.container.stop()]);
      },
    };
  }
  if (postgres.status === 'fulfilled') await postgres.value.stop();
  if (kafka.status === 'fulfilled') await kafka.value.container.stop();
  throw started.find((result) => result.status === 'rejected')?.reason;
}

const startPostgres = () =>
  new PostgreSqlContainer('postgres:18')
    .withEnvironment({
      POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8',
    })
    .withCommand(['postgres', ...postgresSettings.flatMap((setting) => ['-c', setting])])
    .start();

/** Kafka tells its clients its own address, and the published port is known only when the container runs: so it waits for it. */
async function startKafka(): Promise<{ container: StartedTestContainer; address: string }> {
  const container = await new GenericContainer('apache/kafka:4.4.0')
    .withExposedPorts(9094)
    .withEnvironment(kafkaEnvironment)
    .withEntrypoint(['bash', '-c'])
    .withCommand([`echo waiting for ${START}; until [ -f ${START} ]; do sleep 0.1; done; exec bash ${START}`])
    .withWaitStrategy(Wait.forLogMessage('waiting for'))
    .start();
  try {
    const address = `${container.getHost()}:${container.getMappedPort(9094)}`;
    const advertised = `INSIDE://localhost:9092,OUTSIDE://${address}`;
    const content = `export KAFKA_ADVERTISED_LISTENERS=${advertised}\nexec /etc/kafka/docker/run\n`;
    await container.copyContentToContainer([{ content, target: START }]);
    await untilListening(container);
    return { container, address };
  } catch (error) {
    await container.stop();
    throw error;
  }
}

/** The port opens when the broker is ready. */
async function untilListening(container: StartedTestContainer): Promise<void> {
  const wait = 'until (</dev/tcp/localhost/9092) 2>/dev/null; do sleep 0.1; done';
  const { exitCode } = await container.exec(['timeout', '60', 'bash', '-c', wait]);
  if (exitCode !== 0) throw new Error(`Kafka did not listen within 60 s in container ${container.getId()}`);
}

/** The settings of the local broker that matter to specs, in the image's way of writing. */
const kafkaEnvironment = {
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENERS: 'INSIDE://:9092,CONTROLLER://:9093,OUTSIDE://:9094',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  KAFKA_MESSAGE_MAX_BYTES: '4194304',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '2000',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
};
