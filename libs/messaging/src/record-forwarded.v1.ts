import { topics, type Topic } from '@ordergate/contracts';
import type { OutgoingMessage, RawRecord, Undecided } from './delivery.ts';
import { restoreHeaders, storeHeaders, type StoredHeaders } from './record-headers.ts';

/** A record that came to a partition that is not its customer's, on its way to the right lane (SEMANTICS.md 17). */
export interface RecordForwarded {
  customerId: string;
  topic: Topic;
  partition: number;
  offset: string;
  /** Base64; null as in the record. */
  key: string | null;
  value: string | null;
  headers: StoredHeaders;
}

export const recordForwardedType = 'RecordForwarded.v1';

/** Base64 adds a third, and the topic takes 1 MiB. */
export const forwardedBytesMax = 700_000;

/** Wraps the record whole, so that nothing of it is lost on the way. */
export function forward(misplaced: Undecided, topic: Topic): OutgoingMessage {
  const { record, customerId } = misplaced;
  const data: RecordForwarded = {
    customerId,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    key: record.key?.toString('base64') ?? null,
    value: record.value?.toString('base64') ?? null,
    headers: storeHeaders(record.headers),
  };
  return { topic, key: customerId, type: recordForwardedType, data, causedBy: misplaced };
}

export type Unwrapped = { original: RawRecord; customerId: string } | 'not-forwarded' | 'unreadable';

/** The record as its sender wrote it. Never throws: anybody who may write to the topic can write nonsense. */
export function unwrapForwarded(record: RawRecord): Unwrapped {
  if (String(record.headers['ce_type']) !== recordForwardedType) return 'not-forwarded';
  try {
    const { customerId, topic, partition, offset, key, value, headers } = JSON.parse(
      String(record.value),
    ) as RecordForwarded;
    if (typeof customerId !== 'string' || !topics.includes(topic) || !Number.isInteger(partition)) return 'unreadable';
    if (!/^\d{1,19}$/.test(offset)) return 'unreadable';
    const original = {
      topic,
      partition,
      offset,
      key: bytes(key),
      value: bytes(value),
      headers: restoreHeaders(headers),
    };
    return { original, customerId };
  } catch {
    return 'unreadable';
  }
}

function bytes(base64: string | null): Buffer | null {
  return base64 === null ? null : Buffer.from(base64, 'base64');
}
