import { messageOf, topicName, writeEvent } from '@ordergate/contracts';
import { kafkaClient } from '@ordergate/local-infra';
import kafkajs, { type Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { Told } from './company.ts';

const source = '/faults/company';
/** It has to be back before the services are, or it would be measured. */
const clientSettings = { requestTimeout: 2_000, retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 3 } };

/**
 * Sends as an honest system does: in order, until the broker has it. What was perhaps taken is sent again under its id,
 * so the topics hold real duplicates after each outage of the broker.
 */
export class Sender {
  private readonly brokers: string[];
  private readonly prefix: string;
  private readonly misplacing: Chance | undefined;
  private producer: Producer | undefined;

  /** @param misplacing puts every other message on whatever partition */
  constructor(brokers: string[], prefix: string, misplacing?: Chance) {
    this.brokers = brokers;
    this.prefix = prefix;
    this.misplacing = misplacing;
  }

  /** Returns when the broker has all of them, or when the work is called off. */
  async send(messages: readonly Told[], signal: AbortSignal): Promise<void> {
    const topicMessages = [...Map.groupBy(messages, ({ type }) => messageOf(type)!.topic)].map(([topic, group]) => ({
      topic: topicName(this.prefix, topic),
      messages: group.map(({ id, type, data, time }) => ({
        key: messageOf(type)!.keyOf(data),
        ...writeEvent({ id, type, source, time, data }),
        ...(topic === 'orders' && this.strayPartition()),
      })),
    }));
    while (!signal.aborted) {
      try {
        await (await this.connected()).sendBatch({ acks: -1, topicMessages });
        return;
      } catch {
        await this.close();
        await pause(50);
      }
    }
  }

  private strayPartition(): { partition: number } | undefined {
    const { misplacing } = this;
    return misplacing && misplacing.next() < 0.5 ? { partition: misplacing.whole(0, 11) } : undefined;
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = kafkaClient(this.brokers, clientSettings).producer({
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return (this.producer = producer);
  }

  async close(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }
}
