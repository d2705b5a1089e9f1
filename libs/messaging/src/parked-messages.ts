import type { Topic } from '@ordergate/contracts';
import { rowSet, type Sql } from '@ordergate/database';
import type { Cause, RawRecord } from './delivery.ts';
import { textHeaders } from './outgoing-log.ts';

/** A customer's place in the queue of one topic: while one message is parked, the later ones wait behind it. */
export const queueOf = (customerId: string, topic: string): string => `${topic}\n${customerId}`;

const unnested = rowSet({
  customer_id: 'text',
  topic: 'text',
  partition: 'int',
  record_partition: 'int',
  record_offset: 'int8',
  key: 'bytea',
  value: 'bytea',
  headers: 'jsonb',
  reason: 'text',
});
const parkSql = `insert into parked_message (consumer, parked_at, ${unnested.names})
  select $1, $2, ${unnested.names} from ${unnested.from('arrived', 3)}`;

/** Puts messages aside with their bytes, in their order. */
export async function park(
  sql: Sql,
  consumer: string,
  at: Date,
  messages: readonly { cause: Cause; reason: string }[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ cause, reason }) => ({
    customer_id: cause.customerId,
    topic: cause.record.topic,
    partition: cause.partition,
    record_partition: cause.record.partition,
    record_offset: cause.record.offset,
    key: cause.record.key,
    value: cause.record.value,
    headers: JSON.stringify(textHeaders(cause.record.headers)),
    reason,
  }));
  await sql.query(parkSql, [consumer, at, ...unnested.arrays(rows)]);
}

/** The queues in which something is parked, for partitions that a lane takes over. */
export async function parkedQueues(sql: Sql, consumer: string, partitions: readonly number[]): Promise<string[]> {
  const rows = await sql.query<{ customer_id: string; topic: string }>(
    'select distinct customer_id, topic from parked_message where consumer = $1 and partition = any($2::int[])',
    [consumer, partitions],
  );
  return rows.map((row) => queueOf(row.customer_id, row.topic));
}

export interface WantedMessage {
  parkedNo: bigint;
  customerId: string;
  wanted: 'retry' | 'discard' | null;
  wantedBy: string | null;
  wantedWhy: string | null;
  record: RawRecord;
  partition: number;
}

/** Every parked message of the queues in which somebody has asked for a retry or a discard, oldest first. */
export async function wantedMessages(
  sql: Sql,
  consumer: string,
  partitions: readonly number[],
): Promise<WantedMessage[]> {
  const rows = await sql.query<{
    parked_no: bigint;
    customer_id: string;
    topic: Topic;
    partition: number;
    record_partition: number;
    record_offset: bigint;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, string>;
    wanted: 'retry' | 'discard' | null;
    wanted_by: string | null;
    wanted_why: string | null;
  }>(
    `select * from parked_message where consumer = $1 and (customer_id, topic) in (
       select customer_id, topic from parked_message
       where consumer = $1 and partition = any($2::int[]) and wanted is not null
     ) order by parked_no limit 1000`,
    [consumer, partitions],
  );
  return rows.map((row) => ({
    parkedNo: row.parked_no,
    customerId: row.customer_id,
    wanted: row.wanted,
    wantedBy: row.wanted_by,
    wantedWhy: row.wanted_why,
    partition: row.partition,
    record: {
      topic: row.topic,
      partition: row.record_partition,
      offset: String(row.record_offset),
      key: row.key,
      value: row.value,
      headers: row.headers,
    },
  }));
}

/** Ends a parked message's wait, and keeps who wanted it and why. */
export async function endParking(
  sql: Sql,
  consumer: string,
  at: Date,
  ended: readonly WantedMessage[],
  outcome: string,
): Promise<void> {
  await sql.query(
    `with ended as (delete from parked_message where consumer = $1 and parked_no = any($2::int8[])
       returning parked_no, customer_id, topic, wanted_by, wanted_why)
     insert into parked_message_outcome (parked_no, customer_id, topic, outcome, wanted_by, wanted_why, ended_at)
     select parked_no, customer_id, topic, $3, wanted_by, wanted_why, $4 from ended`,
    [consumer, ended.map((message) => message.parkedNo), outcome, at],
  );
}

/** A retry that failed again: the queue stays parked until somebody asks anew. */
export async function keepParked(
  sql: Sql,
  consumer: string,
  messages: readonly WantedMessage[],
  reason: string,
): Promise<void> {
  await sql.query(
    'update parked_message set wanted = null, reason = $3 where consumer = $1 and parked_no = any($2::int8[])',
    [consumer, messages.map((message) => message.parkedNo), reason],
  );
}
