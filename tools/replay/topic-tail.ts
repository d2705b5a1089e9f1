import { kafkaClient } from '@ordergate/local-infra';
import type { Consumer, KafkaConfig, KafkaMessage } from 'kafkajs';
import { randomUUID } from 'node:crypto';

export interface TailRecord {
  topic: string;
  partition: number;
  message: KafkaMessage;
  /** As of `performance.now()`. */
  readAtMs: number;
}

/** Reads topics from given offsets on, leaving no trace in the cluster but a group name of its own. */
export class TopicTail {
  private readonly consumer: Consumer;

  private constructor(consumer: Consumer) {
    this.consumer = consumer;
  }

  /**
   * @param from topic → the offset of each partition (its index) to begin at
   * @returns when it reads; records come in order within a partition
   */
  static async start(
    brokers: string[],
    from: ReadonlyMap<string, number[]>,
    onRecord: (record: TailRecord) => void,
    settings: Partial<KafkaConfig> = {},
  ): Promise<TopicTail> {
    const consumer = kafkaClient(brokers, settings).consumer({
      groupId: `ordergate-tools-${randomUUID()}`,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: 250,
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...from.keys()], fromBeginning: true });
    const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { topic, partition, messages } }) => {
        const readAtMs = performance.now();
        const begin = from.get(topic)?.[partition] ?? 0;
        for (const message of messages)
          if (Number(message.offset) >= begin) onRecord({ topic, partition, message, readAtMs });
      },
    });
    await joined;
    for (const [topic, offsets] of from) {
      offsets.forEach((offset, partition) => {
        if (offset > 0) consumer.seek({ topic, partition, offset: String(offset) });
      });
    }
    return new TopicTail(consumer);
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }
}
