import kafkajs, { type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import type { Logger } from '@ordergate/observability';
import { partitionOf } from './partition-of.ts';

/** What goes to Kafka, ready to send. */
export interface Sendable {
  /** Full topic name. */
  topic: string;
  key: string | Buffer | null;
  value: Buffer | string | null;
  headers: Record<string, string | Buffer | (Buffer | string)[]>;
}

// More than about 1,000 messages a partition in one send stalled a kafkajs consumer; the encoder is quadratic in it.
const messagesPerSend = 500;
// All messages of a partition travel as one batch, and the broker measures the batch: topics take 1 MiB.
const bytesPerSend = 600_000;
const backoffMs = [50, 100, 250, 500, 1_000];

/** The brokers have not taken it within the time that was allowed; some of it may have arrived. */
export class SendTakesLong extends Error {}

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

  /**
   * Sends in order and returns when the brokers have all of it. Tries until it is done, the publisher is closed or, if
   * given, `patienceMs` are over: then it throws `SendTakesLong`.
   */
  async send(messages: readonly Sendable[], patienceMs = Infinity): Promise<void> {
    const giveUpAt = Date.now() + patienceMs;
    for (const page of pagesOf(messages)) await this.sendPage(page, giveUpAt);
  }

  private async sendPage(page: readonly Sendable[], giveUpAt: number): Promise<void> {
    const topicMessages = byTopic(page);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const producer = await this.connected();
        await producer.sendBatch({ topicMessages, acks: -1 });
        return;
      } catch (error) {
        if (this.closed) throw error;
        await this.renew();
        if (isTooLarge(error) && page.length === 1) return this.giveUpOn(page[0]!, error as Error);
        if (isTooLarge(error)) return this.halve(page, giveUpAt);
        this.logger.warn(`Kafka did not take ${page.length} messages, trying again: ${(error as Error).message}`);
        if (Date.now() > giveUpAt) throw new SendTakesLong((error as Error).message, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, backoffMs[Math.min(attempt, backoffMs.length - 1)]));
      }
    }
  }

  private async halve(page: readonly Sendable[], giveUpAt: number): Promise<void> {
    const middle = Math.ceil(page.length / 2);
    await this.sendPage(page.slice(0, middle), giveUpAt);
    await this.sendPage(page.slice(middle), giveUpAt);
  }

  /** No retry makes it smaller, and waiting for it would stop everybody behind it; its row in the log stays. */
  private giveUpOn({ topic, key }: Sendable, error: Error): void {
    this.logger.error(
      `A message for ${topic} with key ${String(key)} is larger than the topic takes: ${error.message}`,
    );
  }

  private async connected(): Promise<Producer> {
    if (this.closed) throw new Error('The publisher is closed');
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
/**
 * Kafka's own default partitioner; remembers keys, since the same customers come again and again. Messages without a key
 * (dead letters of such) always take the first partition: a retry that went elsewhere would come twice.
 */
const murmur2: typeof fallback = (args) => {
  const { key } = args.message;
  if (key === null || key === undefined) return 0;
  return typeof key === 'string' && key !== '' ? partitionOf(key, args.partitionMetadata.length) : fallback(args);
};

function isTooLarge(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: { type?: string } };
  return [type, cause?.type].some((name) => name === 'MESSAGE_TOO_LARGE' || name === 'RECORD_LIST_TOO_LARGE');
}

function* pagesOf(messages: readonly Sendable[]): Generator<readonly Sendable[]> {
  let from = 0;
  let bytes = 0;
  for (const [at, { value }] of messages.entries()) {
    const size = value?.length ?? 0;
    if (at > from && (at - from === messagesPerSend || bytes + size > bytesPerSend)) {
      yield messages.slice(from, at);
      from = at;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < messages.length) yield messages.slice(from);
}

function byTopic(page: readonly Sendable[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value, headers } of page) {
    let entry = topics.get(topic);
    if (!entry) topics.set(topic, (entry = { topic, messages: [] }));
    entry.messages.push({ key, value, headers });
  }
  return [...topics.values()];
}
