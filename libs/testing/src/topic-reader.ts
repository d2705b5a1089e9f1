import { kafkaClient } from '@ordergate/local-infra';
import { randomUUID } from 'node:crypto';
import { eventually } from './eventually.ts';
import { testInfra } from './test-infra.ts';

export interface ReadRecord {
  key: string | null;
  /** Parsed JSON; the text itself when it is no JSON; null for a tombstone. */
  value: any;
  raw: Buffer | null;
  headers: Record<string, string>;
  partition: number;
  offset: string;
}

export interface TopicReader {
  /** Everything read so far, in order within a partition; grows while the reader runs. */
  readonly records: ReadRecord[];
  /** Waits until as many records (that fit, if a condition is given) have been read, and returns those. */
  waitFor(count: number, fits?: (record: ReadRecord) => boolean, timeoutMs?: number): Promise<ReadRecord[]>;
  stop(): Promise<void>;
}

/** Reads a topic from its beginning on and keeps reading until stopped. The topic must exist. */
export async function readTopic(topic: string, brokers: string[] = testInfra().brokers): Promise<TopicReader> {
  const records: ReadRecord[] = [];
  const consumer = kafkaClient(brokers, { clientId: 'ordergate-test' }).consumer({
    groupId: `test-reader-${randomUUID()}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 100,
    sessionTimeout: 10_000,
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      records.push({
        key: message.key?.toString('utf8') ?? null,
        value: parsed(message.value),
        raw: message.value,
        headers: textHeaders(message.headers ?? {}),
        partition,
        offset: message.offset,
      });
    },
  });

  return {
    records,
    waitFor: (count, fits = () => true, timeoutMs = 20_000) =>
      eventually(() => atLeast(count, records.filter(fits), topic), { timeoutMs }),
    stop: () => consumer.disconnect(),
  };
}

function atLeast(count: number, found: ReadRecord[], topic: string): ReadRecord[] {
  if (found.length >= count) return found;

  const seen = found.map(({ key, value }) => `${key}: ${JSON.stringify(value)}`).slice(-5);
  throw new Error(
    `${found.length} of ${count} records on ${topic}${seen.length > 0 ? `; the last:\n${seen.join('\n')}` : ''}`,
  );
}

function parsed(value: Buffer | null): unknown {
  if (value === null) return null;
  const text = value.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textHeaders(
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
