import { writeEvent, type Topic } from '@ordergate/contracts';
import { Database, migrate } from '@ordergate/database';
import { createLogger, HealthState, Registry } from '@ordergate/observability';
import { createTopics, eventually, isolated, publish, readTopic, testInfra } from '@ordergate/testing';
import type { BatchHandler, Chunk, Delivery, Outgoing, Undecided } from '../src/delivery.ts';
import { kafkaClient, patientKafkaClient } from '../src/kafka-client.ts';
import { KafkaLanes } from '../src/kafka-lanes.strategy.ts';
import { MessagingTables1790000000000 } from '../src/migrations/messaging-tables.ts';
import { partitionOf } from '../src/partition-of.ts';
import type { MessagingSettings } from '../src/settings.ts';

export const partitions = 4;

/** Order ids for which the service under test has a bug: handling one throws, or even answering it does. */
export const bugs = { handling: new Set<string>(), answering: new Set<string>() };

/** How often the service was asked to handle or answer an order, or a payment. */
export const attempts = new Map<string, number>();
const count = (ids: readonly string[]): void => ids.forEach((id) => attempts.set(id, (attempts.get(id) ?? 0) + 1));

const orderIdOf = (message: object): string =>
  ((message as { orderId?: string; paymentId?: string }).orderId ?? (message as { paymentId?: string }).paymentId)!;

/** Writes down what it handles, in order, and says so: the smallest service that the lanes can carry. */
class Recorder implements BatchHandler {
  readonly types: readonly string[];

  constructor(...types: string[]) {
    this.types = types;
  }

  async handle(deliveries: Delivery[], { sql }: Chunk): Promise<Outgoing[]> {
    const ids = deliveries.map(({ message }) => orderIdOf(message));
    count(ids);
    await sql.query('insert into handled (customer_id, order_id) select * from unnest($1::text[], $2::text[])', [
      deliveries.map(({ customerId }) => customerId),
      ids,
    ]);
    const broken = ids.find((id) => bugs.handling.has(id));
    if (broken) throw new TypeError(`Cannot read properties of undefined (in ${broken})`);
    return deliveries.map((causedBy) => said('Handled.v1', causedBy, orderIdOf(causedBy.message)));
  }

  async answerUndecided(undecided: Undecided[]): Promise<Outgoing[]> {
    const ids = undecided.map(({ data }) => (data as { orderId?: string } | undefined)?.orderId ?? 'unreadable');
    count(ids);
    const broken = ids.find((id) => bugs.answering.has(id));
    if (broken) throw new TypeError(`Cannot even answer ${broken}`);
    return undecided.map((causedBy, at) => said('Undecided.v1', causedBy, ids[at]!));
  }
}

const said = (type: string, causedBy: Delivery | Undecided, orderId: string): Outgoing => ({
  ...{ topic: 'credit-decisions', key: causedBy.customerId, type, causedBy },
  data: { orderId },
});

class Orders extends Recorder {}
class Receivables extends Recorder {}
class Commands extends Recorder {}
const handlers = new Map<unknown, unknown>([
  [Orders, new Orders('OrderPlaced.v1')],
  [Receivables, new Receivables('PaymentReceived.v1')],
  [Commands, new Commands()],
]);
const subscriptions = {
  lanes: [
    { topic: 'orders', handler: Orders, needsAllFacts: true },
    { topic: 'receivables', handler: Receivables },
    { topic: 'credit-commands', handler: Commands },
  ],
  calendar: [],
  forwardTo: 'credit-commands',
} as const;

const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const order = (orderId: string, customerId: string) => ({
  type: 'OrderPlaced.v1',
  data: { orderId, orderVersion: 1, customerId, total: eur('1.00'), placedAt: '2026-03-02T10:00:00Z' },
});
export const payment = (paymentId: string, customerId: string) => ({
  type: 'PaymentReceived.v1',
  data: { paymentId, customerId, total: eur('1.00'), receivedOn: '2026-03-02' },
});

interface Placed {
  type: string;
  data: { customerId: string };
  key?: string | null;
  partition?: number;
  /** When its sender says that it was written; now when left out. */
  writtenAtMs?: number;
}
let counted = 0;

/** Topics and a database of a spec's own, and lanes of the recorder on them. */
export async function lanesStand(name: string) {
  const { brokers } = testInfra();
  const { databaseUrl, topicPrefix } = await isolated(name);
  await Promise.all([
    createTopics(topicPrefix, undefined, { partitions }),
    migrate(databaseUrl, [MessagingTables1790000000000]),
  ]);
  const database = Database.open(databaseUrl, { name: `${name} spec` });
  await database.query(
    'create table handled (no bigint generated always as identity, customer_id text, order_id text)',
  );
  const settings: MessagingSettings = {
    ...{ service: name, databaseUrl, brokers, topicPrefix },
    ...{ lanes: 2, sessionTimeoutMs: 6_000, heartbeatMs: 300 },
  };
  const log: string[] = [];
  const logger = createLogger(name, { write: (line: string) => void log.push(line) });
  const [decisions, deadLetters] = await Promise.all([
    readTopic(`${topicPrefix}credit-decisions`),
    readTopic(`${topicPrefix}orders-dlt`),
  ]);
  const running: KafkaLanes[] = [];
  let metrics = async (): Promise<string> => '';

  const stopOne = async (lanes: KafkaLanes): Promise<void> => {
    running.splice(running.indexOf(lanes), 1);
    await lanes.close();
  };
  const start = async (): Promise<KafkaLanes> => {
    const health = new HealthState();
    const kafka = kafkaClient({ brokers, clientId: name }, logger);
    const consumerKafka = patientKafkaClient({ brokers, clientId: name }, logger);
    const registry = new Registry();
    const resolve = <T>(handler: new (...dependencies: never[]) => T): T => handlers.get(handler) as T;
    const lanes = new KafkaLanes({
      ...{ settings, kafka, consumerKafka, logger, health, registry, subscriptions, resolve },
    });
    running.push(lanes);
    metrics = (): Promise<string> => registry.metrics();
    await new Promise<void>((done, failed) => lanes.listen((error) => (error ? failed(error) : done())));
    await eventually(async () => {
      const kafkaTrouble = (await health.troubles()).find(({ part }) => part === 'kafka');
      if (kafkaTrouble) throw new Error(kafkaTrouble.why);
    });
    return lanes;
  };

  return {
    ...{ settings, database, databaseUrl, topicPrefix, brokers, decisions, deadLetters, log, start, stopOne },
    tell: (topic: Topic, events: Placed[]) =>
      publish(
        brokers,
        `${topicPrefix}${topic}`,
        events.map(
          ({
            type,
            data,
            key = data.customerId,
            partition = partitionOf(data.customerId, partitions),
            writtenAtMs,
          }) => {
            const id = `e-${(counted += 1)}`;
            const { headers, value } = writeEvent({ id, type, data, source: '/spec', time: '2026-03-02T10:00:00Z' });
            return { key, value, headers, partition, ...(writtenAtMs && { timestampMs: writtenAtMs }) };
          },
        ),
      ),
    handledOf: async (customerId: string): Promise<string[]> =>
      (
        await database.query<{ order_id: string }>('select order_id from handled where customer_id = $1 order by no', [
          customerId,
        ])
      ).map((row) => row.order_id),
    parkedOf: (customerId: string) =>
      database.query<{ parked_no: bigint; topic: string; reason: string; value: Buffer; wanted: string | null }>(
        'select parked_no, topic, reason, value, wanted from parked_message where customer_id = $1 order by parked_no',
        [customerId],
      ),
    /** What Prometheus would read from the instance that was started last. */
    metrics: () => metrics(),
    /** What was said about the customer's orders: `Handled.v1 O-1`, in the topic's order. */
    saidOf: (customerId: string): string[] =>
      decisions.records
        .filter(({ key }) => key === customerId)
        .map(({ headers, value }) => `${headers['ce_type']} ${value.orderId}`),
    stop: async (): Promise<void> => {
      await Promise.all(running.slice().map(stopOne));
      await Promise.all([decisions.stop(), deadLetters.stop(), database.close()]);
    },
  };
}
