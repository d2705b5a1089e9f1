import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { messageOf, topicName, type Topic } from '@ordergate/contracts';
import { Database, LaneConnection } from '@ordergate/database';
import type { HealthState, Logger, Registry } from '@ordergate/observability';
import type { Kafka } from 'kafkajs';
import type { LaneHandlers } from './chunk-transaction.ts';
import type { Expected } from './decode.ts';
import { decoding } from './decoding.ts';
import { ConsumerLag } from './consumer-lag.ts';
import { Lane } from './lane.ts';
import { LaneConsumer } from './lane-consumer.ts';
import { LogRetention } from './log-retention.ts';
import { messagingMetrics } from './metrics.ts';
import { Publisher } from './publisher.ts';
import { shortestSessionTimeout } from './session-timeout.ts';
import type { MessagingSettings } from './settings.ts';
import type { BatchHandler } from './delivery.ts';
import type { Subscription, Subscriptions } from './subscription.ts';

export interface KafkaLanesOptions {
  settings: MessagingSettings;
  kafka: Kafka;
  /** The consumers' own client: it waits for the brokers however long they are away. */
  consumerKafka: Kafka;
  logger: Logger;
  registry: Registry;
  health: HealthState;
  subscriptions: Subscriptions;
  /** The instance of a handler or observer, from Nest's container. */
  resolve: <T>(provider: new (...dependencies: never[]) => T) => T;
}

/** One member of a consumer group, and what it is there for. */
interface Member {
  kind: 'lane' | 'calendar';
  number: number;
  subscriptions: readonly Subscription[];
  handlers: LaneHandlers;
  sessionTimeoutMs: number;
  heartbeatMs: number;
}

const wantedEveryMs = 1_000;

/**
 * Nest's transport for Ordergate: batches instead of single messages, one transaction a chunk, lanes that own customers.
 * Nest keeps lifecycle and injection; handlers are bound by the service's table of subscriptions.
 */
export class KafkaLanes extends Server implements CustomTransportStrategy {
  private readonly options: KafkaLanesOptions;
  private readonly lanes: { lane: Lane; consumer: LaneConsumer }[] = [];
  private readonly upkeep: Database;
  private readonly retention: LogRetention;
  private readonly lag: ConsumerLag;
  private wantedTimer: NodeJS.Timeout | undefined;

  constructor(options: KafkaLanesOptions) {
    super();
    this.options = options;
    this.upkeep = Database.open(options.settings.databaseUrl, {
      name: `${options.settings.service} upkeep`,
      connections: 1,
    });
    this.retention = new LogRetention(this.upkeep, options.logger);
    this.lag = new ConsumerLag(options.kafka, options.settings.topicPrefix, options.registry);
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  private async start(): Promise<void> {
    const { settings, subscriptions, health } = this.options;
    await this.retention.start();
    const { partitions, sessionTimeoutMs } = await this.askBrokers(subscriptions.lanes);
    const { observer, lateSends } = subscriptions;
    const forMany = {
      ...this.handlersOf(subscriptions.lanes, partitions, subscriptions.forwardTo),
      ...(observer && { observer: this.options.resolve(observer) }),
      ...(lateSends && { lateSends: this.options.resolve(lateSends) }),
    };
    const { calendar } = subscriptions;
    const member = { sessionTimeoutMs, heartbeatMs: settings.heartbeatMs ?? Math.min(1_000, sessionTimeoutMs / 4) };
    for (let number = 1; number <= settings.lanes; number += 1)
      this.add({ ...member, kind: 'lane', number, subscriptions: subscriptions.lanes, handlers: forMany });
    if (calendar.length > 0) {
      const handlers = this.handlersOf(calendar, undefined, undefined);
      this.add({ ...member, kind: 'calendar', number: 1, subscriptions: calendar, handlers });
    }
    health.register('kafka', () =>
      this.lanes.every(({ consumer }) => consumer.isReady) ? null : 'not every lane owns its partitions yet',
    );
    health.register('database', async () => {
      await this.upkeep.query('select 1');
      return null;
    });
    await Promise.all(this.lanes.map(({ consumer }) => consumer.start()));
    this.lag.watch(settings.service, subscriptions.lanes);
    if (subscriptions.calendar.length > 0) this.lag.watch(`${settings.service}.calendar`, subscriptions.calendar);
    this.wantedTimer = setInterval(
      () => void Promise.all(this.lanes.map(({ lane }) => lane.handleWanted())),
      wantedEveryMs,
    );
    this.wantedTimer.unref();
  }

  private async askBrokers([first]: readonly Subscription[]) {
    const { kafka, settings } = this.options;
    const admin = kafka.admin();
    await admin.connect();
    const topic = topicName(settings.topicPrefix, first?.topic ?? '');
    try {
      const { topics } = first ? await admin.fetchTopicMetadata({ topics: [topic] }) : { topics: [] };
      const sessionTimeoutMs = settings.sessionTimeoutMs ?? (await shortestSessionTimeout(admin));
      return { partitions: topics[0]?.partitions.length ?? 0, sessionTimeoutMs };
    } catch (error) {
      throw new Error(
        `Topic ${topic} cannot be read (${(error as Error).message}); create the topics with: npm run topics -- apply`,
        { cause: error },
      );
    } finally {
      await admin.disconnect();
    }
  }

  private handlersOf(
    subscriptions: readonly Subscription[],
    keyedPartitions: number | undefined,
    forwardTo: Topic | undefined,
  ): LaneHandlers {
    const byTopic = new Map(
      subscriptions.map(({ topic, handler }) => [topic as string, this.options.resolve(handler)]),
    );
    return {
      byTopic,
      needAllFacts: new Set(subscriptions.filter(({ needsAllFacts }) => needsAllFacts).map(({ topic }) => topic)),
      forwardTo,
      ...decoding({
        expectations: new Map(
          subscriptions.map((subscription) => [
            subscription.topic as string,
            expected(subscription, byTopic.get(subscription.topic)!),
          ]),
        ),
        forwardTo,
        keyedPartitions,
        logger: this.options.logger,
      }),
    };
  }

  private add({ kind, number, subscriptions, handlers, sessionTimeoutMs, heartbeatMs }: Member): void {
    const { settings, kafka, consumerKafka, logger, registry } = this.options;
    const consumerName = kind === 'lane' ? settings.service : `${settings.service}.calendar`;
    const lane = new Lane({
      writer: { consumer: consumerName, topicPrefix: settings.topicPrefix, source: `/ordergate/${settings.service}` },
      connection: new LaneConnection(settings.databaseUrl, `${settings.service} ${kind} ${number}`),
      checkConnection: new LaneConnection(settings.databaseUrl, `${settings.service} ${kind} ${number} check`),
      publisher: new Publisher(kafka, logger),
      handlers,
      metrics: messagingMetrics(registry),
      logger,
      sessionTimeoutMs,
    });
    const consumer = new LaneConsumer({
      kafka: consumerKafka,
      groupId: `${settings.topicPrefix}${consumerName}`,
      topics: new Map(subscriptions.map(({ topic }) => [topicName(settings.topicPrefix, topic), topic])),
      lane,
      handlers,
      logger,
      sessionTimeoutMs,
      heartbeatMs,
      onCrash: (error) => {
        logger.fatal(
          `The Kafka consumer has stopped for good, ending the process so that it is started again: ${error.message}`,
        );
        process.exit(1);
      },
    });
    this.lanes.push({ lane, consumer });
  }

  async close(): Promise<void> {
    clearInterval(this.wantedTimer);
    await Promise.all(
      this.lanes.map(async ({ lane, consumer }) => {
        await consumer.stop();
        await lane.close();
      }),
    );
    this.retention.stop();
    await this.lag.close();
    await this.upkeep.close();
  }

  // Nest's event and unwrap hooks are for clients of a transport's own broker object; ours has none to hand out.
  on(): never {
    throw new Error('KafkaLanes has no events to listen to');
  }

  unwrap<T>(): T {
    return this.options.kafka as T;
  }
}

function expected({ topic, skipsUnknownTypes = false, tombstoneType }: Subscription, handler: BatchHandler): Expected {
  for (const type of handler.types) {
    if (type !== tombstoneType && !messageOf(type)) throw new Error(`${type} on ${topic} is not a declared message`);
  }
  return { topic, types: handler.types, skipsUnknownTypes, ...(tombstoneType ? { tombstoneType } : {}) };
}
