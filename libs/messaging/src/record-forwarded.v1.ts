import type { Topic } from '@ordergate/contracts';
import type { OutgoingMessage, RawRecord, Undecided } from './delivery.ts';
import { textHeaders } from './outgoing-log.ts';

/** A record that came to a partition that is not its customer's, on its way to the right lane (SEMANTICS.md 17). */
export interface RecordForwarded {
  customerId: string;
  topic: Topic;
  partition: number;
  offset: string;
  /** Base64; null as in the record. */
  key: string | null;
  value: string | null;
  headers: Record<string, string>;
}

export const recordForwardedType = 'RecordForwarded.v1';

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
    headers: textHeaders(record.headers),
  };
  return { topic, key: customerId, type: recordForwardedType, data, causedBy: misplaced };
}

/** The record as its sender wrote it; null if this one is not a forwarded record. */
export function unwrapForwarded(record: RawRecord): RawRecord | null {
  if (String(record.headers['ce_type']) !== recordForwardedType || record.value === null) return null;
  const data = JSON.parse(record.value.toString()) as RecordForwarded;
  return {
    topic: data.topic,
    partition: data.partition,
    offset: data.offset,
    key: data.key === null ? null : Buffer.from(data.key, 'base64'),
    value: data.value === null ? null : Buffer.from(data.value, 'base64'),
    headers: data.headers,
  };
}
