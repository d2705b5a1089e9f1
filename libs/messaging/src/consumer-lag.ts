import { topicName, type Topic } from '@ordergate/contracts';
import { gaugeOf, type Registry } from '@ordergate/observability';
import type { Admin, Kafka } from 'kafkajs';
import type { Subscription } from './subscription.ts';

const answerMsMax = 2_000;

interface Lag {
  consumer: string;
  topic: Topic;
  partition: number;
  messages: number;
}

/**
 * How far the service's groups are behind, asked of Kafka when somebody looks and not before: so also a lane that hangs,
 * or a partition that nobody owns, is seen. Every instance tells the whole of it; a dashboard takes the maximum.
 */
export class ConsumerLag {
  private readonly kafka: Kafka;
  private readonly topicPrefix: string;
  private readonly topics = new Map<string, readonly Topic[]>();
  private admin: Promise<Admin> | undefined;
  private closed = false;

  constructor(kafka: Kafka, topicPrefix: string, registry: Registry) {
    this.kafka = kafka;
    this.topicPrefix = topicPrefix;
    const gauge = gaugeOf(registry, {
      name: 'ordergate_consumer_lag_messages',
      help: 'Records of a partition that its consumer has not handled yet; absent while Kafka does not answer',
      labelNames: ['consumer', 'topic', 'partition'],
      collect: async () => {
        const lags = await this.ask();
        gauge.reset();
        for (const { messages, ...labels } of lags) gauge.set(labels, messages);
      },
    });
  }

  /** From now on a scrape tells the lag of this consumer on its topics. */
  watch(consumer: string, subscriptions: readonly Subscription[]): void {
    this.topics.set(
      consumer,
      subscriptions.map(({ topic }) => topic),
    );
  }

  /** Nothing if Kafka does not answer in time: a scrape must tell the rest all the same. */
  private async ask(): Promise<Lag[]> {
    if (this.closed || this.topics.size === 0) return [];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Kafka did not answer within ${answerMsMax} ms`)), answerMsMax);
    });
    try {
      return await Promise.race([this.lags(), late]);
    } catch {
      void this.disconnect();
      return [];
    } finally {
      clearTimeout(timer);
    }
  }

  private async lags(): Promise<Lag[]> {
    this.admin ??= this.connect();
    const admin = await this.admin;
    const each = await Promise.all([...this.topics].map(([consumer, topics]) => this.lagsOf(admin, consumer, topics)));
    return each.flat();
  }

  private async lagsOf(admin: Admin, consumer: string, topics: readonly Topic[]): Promise<Lag[]> {
    const nameOf = (topic: Topic): string => topicName(this.topicPrefix, topic);
    const [committed, ...ends] = await Promise.all([
      admin.fetchOffsets({ groupId: `${this.topicPrefix}${consumer}`, topics: topics.map(nameOf) }),
      ...topics.map((topic) => admin.fetchTopicOffsets(nameOf(topic))),
    ]);
    const offsets = new Map(
      committed.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic} ${partition}`, Number(offset)] as const),
      ),
    );
    return topics.flatMap((topic, at) =>
      ends[at]!.map(({ partition, high, low }) => {
        // -1 where nothing was committed yet: the consumer begins with the oldest record.
        const next = Math.max(offsets.get(`${nameOf(topic)} ${partition}`) ?? -1, Number(low));
        return { consumer, topic, partition, messages: Number(high) - next };
      }),
    );
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }

  private disconnect(): Promise<void> {
    const { admin } = this;
    this.admin = undefined;
    return admin?.then((one) => one.disconnect()).catch(() => undefined) ?? Promise.resolve();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.disconnect();
  }
}
