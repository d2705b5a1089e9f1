import { parse, topicName, topics } from '@ordergate/contracts';
import { kafkaClient } from '@ordergate/local-infra';
import type { Admin, Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { kafkaLogin } from '../../../infra/local/src/kafka/kafka-login.ts';
import { ConsumerGroups, whoIsBehind } from '../../replay/consumer-groups.ts';
import { eventOnTopic, eventProducer, type EventOnTopic } from '../../replay/event-producer.ts';
import type { PlannedMessage } from '../../replay/plan-days.ts';
import type { SystemAddress } from '../../replay/running-system.ts';
import { TopicTail } from '../../replay/topic-tail.ts';
import { endsOf } from './ends-of.ts';
import { Heard, type StoryRecords } from './heard.ts';
import { Rounds, type Ends } from './rounds.ts';

/** A step that was not handled in time; the message says who is behind. */
export class NotHandledInTime extends Error {}

interface Waiting {
  event: EventOnTopic;
  sent: PromiseWithResolvers<void>;
}

const settleMsMax = 20_000;

/** The system under test, as its neighbours see it: topics to write and to read. */
export class System {
  readonly heard: Heard;
  private readonly address: SystemAddress;
  private readonly admin: Admin;
  private readonly producer: Producer;
  private readonly source: string;
  private groups!: ConsumerGroups;
  private rounds!: Rounds;
  private tail!: TopicTail;
  private readonly waiting: Waiting[] = [];
  private isSending = false;

  private readonly unpublished: () => Promise<number>;

  private constructor(address: SystemAddress, source: string, unpublished: () => Promise<number>) {
    this.address = address;
    this.unpublished = unpublished;
    this.source = source;
    this.heard = new Heard(address.prefix);
    this.admin = kafkaClient(address.brokers, kafkaLogin()).admin();
    this.producer = eventProducer(address.brokers);
  }

  /**
   * @param source `ce_source` of what is sent
   * @param unpublished how many messages the services have committed and not sent yet
   * @throws Error when no service listens under this prefix
   */
  static async open(address: SystemAddress, source: string, unpublished: () => Promise<number>): Promise<System> {
    const system = new System(address, source, unpublished);
    await Promise.all([system.admin.connect(), system.producer.connect()]);
    await system.listen();
    return system;
  }

  private async listen(): Promise<void> {
    const { brokers, prefix } = this.address;
    const existing = new Set(await this.admin.listTopics());
    const named = topics.flatMap((topic) => [topicName(prefix, topic), `${topicName(prefix, topic)}-dlt`]);
    const names = named.filter((topic) => existing.has(topic));
    this.groups = await ConsumerGroups.of(this.admin, prefix);
    if (this.groups.names.length === 0) throw new Error(`No service of Ordergate listens to the topics ${prefix}…`);

    const from = new Map<string, number[]>();
    for (const topic of names) {
      const ends = await endsOf(this.admin, topic);
      from.set(topic, ends);
      ends.forEach((end, partition) => this.heard.ends.set(`${topic}/${partition}`, end));
    }
    this.tail = await TopicTail.start(brokers, from, (record) => this.heard.note(record), kafkaLogin());
    this.rounds = new Rounds(this.admin, names, this.groups, this.heard.ends, this.unpublished);
  }

  /**
   * Sends messages in their order; what many stories send in one moment goes in one request.
   * @throws Error when one does not fit its contract: nothing is sent
   */
  async tell(messages: readonly PlannedMessage[]): Promise<void> {
    for (const { type, data } of messages) {
      const parsed = parse(type, data);
      if (!parsed.ok)
        throw new Error(
          `${type} does not fit its contract: ${parsed.violations.map(({ field, problem }) => `${field} ${problem}`).join('; ')}`,
        );
    }
    const added = messages.map((message) => ({
      event: eventOnTopic(message, this.source, this.address.prefix),
      sent: Promise.withResolvers<void>(),
    }));
    this.waiting.push(...added);
    if (!this.isSending) void this.send();
    await Promise.all(added.map(({ sent }) => sent.promise));
  }

  private async send(): Promise<void> {
    this.isSending = true;
    while (this.waiting.length > 0) {
      const now = this.waiting.splice(0);
      const topicMessages = [...Map.groupBy(now, ({ event }) => event.topic)].map(([topic, group]) => ({
        topic,
        messages: group.map(({ event: { topic: _, ...record } }) => record),
      }));
      await this.producer.sendBatch({ acks: -1, topicMessages }).then(
        () => now.forEach(({ sent }) => sent.resolve()),
        (error: unknown) => now.forEach(({ sent }) => sent.reject(error)),
      );
    }
    this.isSending = false;
  }

  /**
   * Waits until all that has been sent is handled, and all that came of it for this story, until a round brings nothing new.
   * @param records the story's; without them everything counts, whoever it is about
   * @throws NotHandledInTime after 20 s
   */
  async settle(records?: StoryRecords): Promise<void> {
    const giveUp = new AbortController();
    const late = pause(settleMsMax, undefined, { signal: giveUp.signal }).then(() => this.sayWhoIsBehind());
    late.catch(() => {});
    try {
      await Promise.race([this.untilQuiet(records), late]);
    } finally {
      giveUp.abort();
    }
  }

  private async untilQuiet(records: StoryRecords | undefined): Promise<void> {
    let round = this.rounds.next();
    await round.handled;
    for (;;) {
      const following = this.rounds.next();
      await following.listed;
      const isQuiet = records ? !records.isBeyond(round.ends) : isSame(round.ends, following.ends);
      if (isQuiet) return;
      await following.handled;
      round = following;
    }
  }

  private async sayWhoIsBehind(): Promise<never> {
    const behind = await this.groups.behind(this.heard.ends);
    const who = behind.length > 0 ? whoIsBehind(behind) : 'new messages about the story keep coming';
    throw new NotHandledInTime(`not handled after ${settleMsMax / 1000} s: ${who}`);
  }

  async close(): Promise<void> {
    this.rounds.close();
    await Promise.all([this.tail.stop(), this.producer.disconnect(), this.admin.disconnect()]);
  }
}

const isSame = (one: Ends, other: Ends): boolean => [...other].every(([place, end]) => (one.get(place) ?? 0) === end);
