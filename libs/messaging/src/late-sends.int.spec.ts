import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LaneConnection, migrate } from '@ordergate/database';
import { createLogger, Registry } from '@ordergate/observability';
import { createTopics, isolated, readTopic, testInfra } from '@ordergate/testing';
import type { Cause, LateMessage } from './delivery.ts';
import { kafkaClient } from './kafka-client.ts';
import { messagingMetrics } from './metrics.ts';
import { MessagingTables1790000000000 } from './migrations/messaging-tables.ts';
import { appendToLog, toLog } from './outgoing-log.ts';
import { raiseEpochs } from './ownership.ts';
import { Publisher } from './publisher.ts';
import { PublishQueue } from './publish-queue.ts';
import { rawRecord } from './record.fixture.ts';

const logger = createLogger('late sends spec', { write: () => undefined });
let topicPrefix: string;
let connection: LaneConnection;
let databaseUrl: string;
let commands: Awaited<ReturnType<typeof readTopic>>;
let holds: Awaited<ReturnType<typeof readTopic>>;
let position = 0n;

beforeAll(async () => {
  const own = await isolated('late sends');
  ({ topicPrefix, databaseUrl } = own);
  await Promise.all([
    createTopics(topicPrefix, ['credit-holds', 'credit-commands'], { partitions: 1 }),
    migrate(own.databaseUrl, [MessagingTables1790000000000]),
  ]);
  connection = new LaneConnection(own.databaseUrl, 'late sends spec');
  await connection.connect();
  [commands, holds] = await Promise.all([
    readTopic(`${topicPrefix}credit-commands`),
    readTopic(`${topicPrefix}credit-holds`),
  ]);
}, 60_000);
afterAll(() => Promise.all([commands?.stop(), holds?.stop(), connection?.close()]));

/** Sends the state of a hold, with so much time until a send counts as late. */
async function send(orderId: string, sessionTimeoutMs: number): Promise<void> {
  const owned = await raiseEpochs(connection, 'spec', [0]);
  const publisher = new Publisher(kafkaClient({ brokers: testInfra().brokers, clientId: 'spec' }, logger), logger);
  const checkConnection = new LaneConnection(databaseUrl, 'late sends spec, check');
  const writer = { consumer: 'spec', topicPrefix, source: '/spec' };
  const lateSends = {
    tellAgain: (late: readonly LateMessage[]) =>
      late.map(({ id, topic, key, customerId }) => ({
        ...{ topic: 'credit-commands' as const, key: customerId, type: 'PublishHold.v1', id: `again-${id}` },
        ...{ data: { customerId, orderId: key, topic }, correlationId: key },
      })),
  };
  const queue = new PublishQueue(
    {
      ...{ writer, publisher, logger, sessionTimeoutMs, checkConnection, handlers: { lateSends } },
      metrics: messagingMetrics(new Registry()),
    },
    { owned: () => owned, isWorking: () => false, inTurn: (work) => work(connection) },
  );
  const cause = { partition: 0, customerId: 'C-1', record: rawRecord('{}'), id: 'm-1' } as Cause;
  const message = { topic: 'credit-holds' as const, key: orderId, type: 'CreditHold.v1', data: { orderId } };
  const rows = toLog([{ ...message, causedBy: cause }], () => (position += 1n), writer, new Date());
  await appendToLog(connection, 'spec', new Date(), rows);
  queue.push(rows);
  await queue.close();
}

describe('A message that the brokers took late', () => {
  it('is put right by what the service says of it; one in time is not', async () => {
    await send('in-time', 60_000);
    await send('late', -1);
    await holds.waitFor(2);
    const [again] = await commands.waitFor(1);
    expect(again).toMatchObject({
      ...{ key: 'C-1', headers: { ce_type: 'PublishHold.v1', ce_source: '/spec' } },
      value: { customerId: 'C-1', orderId: 'late', topic: 'credit-holds' },
    });
    expect(commands.records).toHaveLength(1);
  });
});
