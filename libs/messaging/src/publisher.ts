import kafkajs, { type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import type { Logger } from '@ordergate/observability';
import { partitionOf } from './partition-of.ts';

/** What goes to Kafka, ready to send. */
export interface Sendable {
  /** Full topic name. */
  topic: string;
  key: string | Buffer | null;
  value: Buffer | string | null;
  headers: Record<string, string | Buffer>;
}

// More than about 1,000 messages a partition in one send stalled a kafkajs consumer; the encoder is quadratic in it.
const messagesPerSend = 500;
const backoffMs = [50, 100, 250, 500, 1_000];

/**
 * One idempotent producer with one send in flight. A send that failed for good is made again by a new producer: the old
 * one's sequence was rolled back, so a retry on it could be taken for a duplicate (SEMANTICS.md, Kafka housekeeping).
 */
export class Publisher {
  private producer: Promise<Producer> | undefined;
  private readonly kafka: Kafka;
  private readonly logger: Logger;
  private closed = false;

  constructor(kafka: Kafka, logger: Logger) {
    this.kafka = kafka;
    this.logger = logger;
  }

  /** Sends in order and returns when the brokers have all of it. Tries until it is done or the publisher is closed. */
  async send(messages: readonly Sendable[]): Promise<void> {
    for (let from = 0; from < messages.length; from += messagesPerSend) {
      await this.sendPage(messages.slice(from, from + messagesPerSend));
    }
  }

  private async sendPage(page: readonly Sendable[]): Promise<void> {
    const topicMessages = byTopic(page);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const producer = await this.connected();
        await producer.sendBatch({ topicMessages, acks: -1 });
        return;
      } catch (error) {
        if (this.closed) throw error;
        this.logger.warn(`Kafka did not take ${page.length} messages, trying again: ${(error as Error).message}`);
        await this.renew();
        await new Promise((resolve) => setTimeout(resolve, backoffMs[Math.min(attempt, backoffMs.length - 1)]));
      }
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= this.connect();
    return this.producer;
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => murmur2,
    });
    await producer.connect();
    return producer;
  }

  private async renew(): Promise<void> {
    const old = this.producer;
    this.producer = undefined;
    await old?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.renew();
  }
}

const fallback = kafkajs.Partitioners.DefaultPartitioner();
/** Kafka's own default partitioner; remembers keys, since the same customers come again and again. */
const murmur2: typeof fallback = (args) => {
  const { key } = args.message;
  return typeof key === 'string' && key !== '' ? partitionOf(key, args.partitionMetadata.length) : fallback(args);
};

function byTopic(page: readonly Sendable[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value, headers } of page) {
    let entry = topics.get(topic);
    if (!entry) topics.set(topic, (entry = { topic, messages: [] }));
    entry.messages.push({ key, value, headers });
  }
  return [...topics.values()];
}
