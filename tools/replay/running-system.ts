import { topicDefinitions, topicName, topics } from '@ordergate/contracts';
import { kafkaClient } from '@ordergate/local-infra';
import kafkajs from 'kafkajs';
import type { Admin, Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { kafkaLogin } from '../../infra/local/src/kafka/kafka-login.ts';
import { ConsumerGroups, whoIsBehind, type Behind } from './consumer-groups.ts';
import { eventOnTopic, eventProducer } from './event-producer.ts';
import type { PlannedMessage } from './plan-days.ts';
import { TopicTail, type TailRecord } from './topic-tail.ts';

export interface SystemAddress {
  brokers: string[];
  /** What every topic's name begins with. */
  prefix: string;
}

/** Some consumer does not get on; the message says which and how far it is. */
export class NotHandledError extends Error {}

const partitionOf = kafkajs.Partitioners.DefaultPartitioner();
const settleMsMax = 30_000;
/** A service sends what it has committed at once; this much silence says that it has. */
const silenceMs = 5;
const askAgainMs = 2;

/** A running Ordergate, seen from its topics: tells it things and knows when all of it has taken them in. */
export class RunningSystem {
  private readonly address: SystemAddress;
  private readonly producer: Producer;
  private readonly admin: Admin;
  /** 'topic/partition' → offset after the last record that is known. */
  private readonly ends = new Map<string, number>();
  private readonly partitionCounts = new Map<string, number>();
  private readonly deadLettersBefore: number;
  private groups!: ConsumerGroups;
  private tail!: TopicTail;
  private heard = 0;

  private constructor(address: SystemAddress, producer: Producer, admin: Admin, deadLettersBefore: number) {
    this.address = address;
    this.producer = producer;
    this.admin = admin;
    this.deadLettersBefore = deadLettersBefore;
  }

  /**
   * @param onRecord hears what the services write from now on
   * @throws Error when there are no topics or no services under this prefix
   */
  static async open(
    address: SystemAddress,
    onRecord: (topic: string, record: TailRecord) => void,
  ): Promise<RunningSystem> {
    const admin = kafkaClient(address.brokers, kafkaLogin()).admin();
    const producer = eventProducer(address.brokers);
    await Promise.all([admin.connect(), producer.connect()]);
    try {
      const system = new RunningSystem(address, producer, admin, await deadLetters(admin, address.prefix));
      await system.look(onRecord);
      return system;
    } catch (error) {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
      throw error;
    }
  }

  private async look(onRecord: (topic: string, record: TailRecord) => void): Promise<void> {
    const { brokers, prefix } = this.address;
    const existing = new Set(await this.admin.listTopics());
    const missing = topics.map((topic) => topicName(prefix, topic)).filter((topic) => !existing.has(topic));
    if (missing.length > 0)
      throw new Error(`There is no topic ${missing.join(', ')}: is Ordergate running under the prefix "${prefix}"?`);

    this.groups = await ConsumerGroups.of(this.admin, prefix);
    if (this.groups.names.length === 0)
      throw new Error(`No service of Ordergate listens to the topics ${prefix}…; start it first.`);

    const written = topicDefinitions
      .filter(({ direction }) => direction !== 'in')
      .map(({ name }) => topicName(prefix, name));
    const begin = new Map<string, number[]>();
    for (const topic of topics.map((name) => topicName(prefix, name))) {
      const offsets = (await this.admin.fetchTopicOffsets(topic)).sort((a, b) => a.partition - b.partition);
      this.partitionCounts.set(topic, offsets.length);
      for (const { partition, offset } of offsets) this.noteEnd(topic, partition, Number(offset));
      if (written.includes(topic))
        begin.set(
          topic,
          offsets.map(({ offset }) => Number(offset)),
        );
    }
    this.tail = await TopicTail.start(
      brokers,
      begin,
      (record) => {
        this.heard += 1;
        this.noteEnd(record.topic, record.partition, Number(record.message.offset) + 1);
        onRecord(record.topic.slice(prefix.length), record);
      },
      kafkaLogin(),
    );
  }

  private noteEnd(topic: string, partition: number, end: number): void {
    const place = `${topic}/${partition}`;
    this.ends.set(place, Math.max(this.ends.get(place) ?? 0, end));
  }

  /** Sends messages that belong to one step, in their order; resolves when the broker has them. */
  async publish(messages: readonly PlannedMessage[], source: string): Promise<void> {
    const addressed = messages.map((message) => {
      const event = eventOnTopic(message, source, this.address.prefix);
      return { ...event, partition: this.partitionOf(event.topic, event.key) };
    });
    const topicMessages = [...Map.groupBy(addressed, ({ topic }) => topic)].map(([topic, group]) => ({
      topic,
      messages: group.map(({ topic: _, ...message }) => message),
    }));
    const counts = Map.groupBy(addressed, ({ topic, partition }) => `${topic}/${partition}`);
    for (const { topicName: topic, partition, baseOffset } of await this.producer.sendBatch({
      acks: -1,
      topicMessages,
    })) {
      this.noteEnd(topic, partition, Number(baseOffset) + (counts.get(`${topic}/${partition}`)?.length ?? 0));
    }
  }

  /** As Kafka's own clients choose it, so that a customer's messages meet in one lane. */
  private partitionOf(topic: string, key: string): number {
    const partitions = this.partitionCounts.get(topic) ?? 1;
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));

    return partitionOf({ topic, partitionMetadata, message: { key, value: null } } as never);
  }

  /**
   * Waits until every group has handled everything, what its handling caused included, and nothing new comes.
   * @param isAnswered what has to be heard besides
   * @throws NotHandledError when it takes too long
   */
  async settle(isAnswered: () => boolean = () => true, signal?: AbortSignal): Promise<void> {
    const giveUpAt = Date.now() + settleMsMax;
    for (let isQuiet = false; ;) {
      signal?.throwIfAborted();
      const heardBefore = this.heard;
      const behind = await this.groups.behind(this.ends);
      const isRound = behind.length === 0 && this.heard === heardBefore && isAnswered();
      if (isRound && isQuiet) return;
      if (!isRound && Date.now() > giveUpAt) throw new NotHandledError(notHandled(behind));

      await pause(isRound ? silenceMs : askAgainMs);
      isQuiet = isRound && this.heard === heardBefore;
    }
  }

  /** Messages that lie on the dead-letter topics since this was opened. */
  async newDeadLetters(): Promise<number> {
    return (await deadLetters(this.admin, this.address.prefix)) - this.deadLettersBefore;
  }

  async close(): Promise<void> {
    await Promise.all([this.tail.stop(), this.producer.disconnect(), this.admin.disconnect()]);
  }
}

async function deadLetters(admin: Admin, prefix: string): Promise<number> {
  const names = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix) && topic.endsWith('-dlt'));
  const offsets = await Promise.all(names.map((name) => admin.fetchTopicOffsets(name)));

  return offsets.flat().reduce((sum, { high }) => sum + Number(high), 0);
}

function notHandled(behind: readonly Behind[]): string {
  if (behind.length === 0)
    return `After ${settleMsMax / 1000} s an answer is missing although every service has read its topics to the end.`;

  return `Not handled after ${settleMsMax / 1000} s: ${whoIsBehind(behind)}. See the service's log.`;
}
