import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { topicName } from '@ordergate/contracts';
import { appendingTo, type Sql } from '@ordergate/database';
import { childTraceparent } from '@ordergate/observability';
import type { Cause, DeadLetter, Outgoing, OutgoingMessage } from './delivery.ts';
import type { Sendable } from './publisher.ts';
import {
  restoreBytes,
  restoreHeaders,
  storeBytes,
  storeHeaders,
  type StoredBytes,
  type StoredHeaders,
} from './record-headers.ts';

/** A row of the log: what is sent, and what a new owner sends again if its writer died before it could. */
export interface LoggedMessage {
  partition: number;
  position: bigint;
  id: string;
  /** Full topic name. */
  aggregatetype: string;
  /** Kafka key. */
  aggregateid: string;
  type: string;
  payload: string | null;
  payload_bytes: Buffer | null;
  headers: LoggedHeaders;
  /** When the record that caused it was written; not in the table, so unknown of what a new owner sends. */
  causedAtMs?: number | undefined;
  /** Whose message caused it; not in the table either. */
  customerId?: string;
}

/** In the table as JSON; null is for the key of a record that has none. */
type LoggedHeaders = Record<string, StoredHeaders[string] | null>;

/** Header under which a dead letter's key lies in the log where the key is not plain text; it is not sent. */
export const keyHeader = '(key)';

export interface LogWriter {
  consumer: string;
  topicPrefix: string;
  /** `ce_source` of what this service says. */
  source: string;
}

const append = appendingTo('message_log', {
  consumer: 'text',
  logged_on: 'date',
  partition: 'int',
  position: 'int8',
  id: 'uuid',
  aggregatetype: 'text',
  aggregateid: 'text',
  type: 'text',
  payload: 'text',
  payload_bytes: 'bytea',
  headers: 'text',
});

/** Gives every outgoing message its id and its position in the log of the partition that caused it. */
export function toLog(
  outgoing: readonly Outgoing[],
  nextPosition: (partition: number) => bigint,
  writer: LogWriter,
  at: Date,
): LoggedMessage[] {
  const time = at.toISOString();
  const ids = newIds(outgoing.length, at);
  return outgoing.map((message, index) => {
    const id = ids[index]!;
    const cause = 'deadLetter' in message ? message.deadLetter : message.causedBy;
    const row =
      'deadLetter' in message ? deadLetterRow(message, id, writer) : messageRow(message, cause, id, writer, time);
    return { partition: cause.partition, position: nextPosition(cause.partition), ...row };
  });
}

const idBytes = 16;

/** The random part of all of them in one call: asked for one by one it takes longer than the rest of the row. */
function newIds(count: number, at: Date): string[] {
  const random = randomBytes(count * idBytes);
  return Array.from({ length: count }, (_, index) =>
    uuidv7({ msecs: at.getTime(), random: random.subarray(index * idBytes, (index + 1) * idBytes) }),
  );
}

type Row = Omit<LoggedMessage, 'partition' | 'position'>;

function messageRow(
  { topic, key, type, data, about }: OutgoingMessage,
  cause: Cause,
  id: string,
  writer: LogWriter,
  time: string,
): Row {
  const headers: LoggedHeaders = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: writer.source,
    ce_time: time,
    'content-type': 'application/json',
    ce_correlationid: cause.correlationId ?? about ?? cause.id,
    ce_causationid: cause.id,
  };
  if (cause.traceparent) headers['traceparent'] = childTraceparent(cause.traceparent);
  return {
    id,
    aggregatetype: topicName(writer.topicPrefix, topic),
    aggregateid: key,
    type,
    payload: data === null ? null : JSON.stringify(data),
    payload_bytes: null,
    headers,
    causedAtMs: cause.record.timestampMs,
    customerId: cause.customerId,
  };
}

function deadLetterRow(
  { deadLetter: { record }, violations, exception }: DeadLetter,
  id: string,
  writer: LogWriter,
): Row {
  const fullTopic = topicName(writer.topicPrefix, record.topic);
  const key = record.key === null ? null : storeBytes(record.key);
  return {
    id,
    aggregatetype: `${fullTopic}-dlt`,
    aggregateid: typeof key === 'string' ? key : '',
    type: 'dead-letter',
    payload: null,
    payload_bytes: record.value,
    headers: {
      ...storeHeaders(record.headers),
      'kafka_dlt-original-topic': fullTopic,
      'kafka_dlt-original-partition': String(record.partition),
      'kafka_dlt-original-offset': record.offset,
      'kafka_dlt-original-consumer-group': `${writer.topicPrefix}${writer.consumer}`,
      'kafka_dlt-exception-fqcn': `ordergate.${exception ?? 'MalformedMessage'}`,
      'kafka_dlt-exception-message': violations.join('; '),
      ...(typeof key === 'string' ? {} : { [keyHeader]: key }),
    },
  };
}

/** Writes the rows in one statement, in the transaction whose messages they are. */
export async function appendToLog(sql: Sql, consumer: string, at: Date, rows: readonly LoggedMessage[]): Promise<void> {
  const logged_on = at.toISOString().slice(0, 10);
  await append(
    sql,
    rows.map((row) => ({ ...row, consumer, logged_on, headers: JSON.stringify(row.headers) })),
  );
}

/** What a dead owner had committed but perhaps not sent, in the order of its commits. */
export async function unpublished(
  sql: Sql,
  consumer: string,
  partition: number,
  after: bigint,
  upTo: bigint,
  most: number,
): Promise<LoggedMessage[]> {
  const rows = await sql.query<LoggedMessage & { headers: string }>(
    `select partition, position, id, aggregatetype, aggregateid, type, payload, payload_bytes, headers
     from message_log where consumer = $1 and partition = $2 and position > $3 and position <= $4
     order by position limit $5`,
    [consumer, partition, after, upTo, most],
  );
  return rows.map((row) => ({ ...row, headers: JSON.parse(row.headers) as LoggedHeaders }));
}

/** The Kafka record that a row of the log stands for. */
export function toSendable({
  aggregatetype,
  aggregateid,
  payload,
  payload_bytes,
  headers: logged,
}: LoggedMessage): Sendable {
  const { [keyHeader]: key, ...headers } = logged as StoredHeaders & { [keyHeader]?: StoredBytes | null };
  return {
    topic: aggregatetype,
    key: key === undefined ? aggregateid : key === null ? null : restoreBytes(key),
    value: payload ?? payload_bytes,
    headers: restoreHeaders(headers),
  };
}
