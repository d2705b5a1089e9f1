import { kafkaClient } from '@ordergate/local-infra';
import kafkajs from 'kafkajs';

export interface RawRecord {
  key?: Buffer | string | null;
  /** Sent as it is, valid or not; null is a tombstone. */
  value: Buffer | string | null;
  headers?: Record<string, Buffer | string | (Buffer | string)[]>;
  partition?: number;
  /** The record's timestamp; now when left out. */
  timestampMs?: number;
}

export interface PublishedRecord {
  partition: number;
  baseOffset: string;
}

/**
 * Writes records as they are, in order, past every contract: also those that no service of ours would send.
 * @returns where each partition's batch went; resolved when the broker has them
 */
export async function publish(brokers: string[], topic: string, records: RawRecord[]): Promise<PublishedRecord[]> {
  const producer = kafkaClient(brokers, {
    clientId: 'ordergate-test',
    retry: { initialRetryTime: 50, retries: 10 },
  }).producer({
    // On a busy machine a send takes longer than its time-out, and its retry would put everything on the topic twice.
    ...{ idempotent: true, maxInFlightRequests: 1 },
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    const messages = records.map(({ key = null, timestampMs, ...record }) => ({
      key,
      ...record,
      ...(timestampMs !== undefined && { timestamp: String(timestampMs) }),
    }));
    const sent = await producer.send({ topic, acks: -1, messages });
    return sent.map(({ partition, baseOffset }) => ({ partition, baseOffset: baseOffset ?? '-1' }));
  } finally {
    await producer.disconnect();
  }
}
