import type { Topic } from '@ordergate/contracts';
import { rowSet, type Sql } from '@ordergate/database';
import type { Cause, RawRecord } from './delivery.ts';
import { restoreHeaders, storeHeaders, type StoredHeaders } from './record-headers.ts';

/** Why a message is parked that did nothing wrong itself; the operator's command and the lane know such by these words. */
export const waitsBehind = 'waits behind a parked message of its customer';

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
// A record that Kafka brings again is parked already.
const parkSql = `insert into parked_message (consumer, parked_at, ${unnested.names})
  select $1, $2, ${unnested.names} from ${unnested.from('arrived', 3)}
  where not exists (
    select 1 from parked_message as before where before.customer_id = arrived.customer_id and before.consumer = $1
      and before.topic = arrived.topic and before.record_partition = arrived.record_partition
      and before.record_offset = arrived.record_offset
  )`;

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
    headers: JSON.stringify(storeHeaders(cause.record.headers)),
    reason: reason.replaceAll('\0', '\\0'),
  }));
  await sql.query(parkSql, [consumer, at, ...unnested.arrays(rows)]);
}

/** What of a customer lies parked on one topic. */
export interface ParkedQueue {
  customerId: string;
  topic: Topic;
  partition: number;
  /** Somebody has asked that a message of it be handled again, or thrown away. */
  retryIsWanted: boolean;
  discardIsWanted: boolean;
  /** The oldest message only waits for others. */
  onlyWaits: boolean;
}

/** The queues of the partitions that a lane owns. */
export async function parkedQueues(sql: Sql, consumer: string, partitions: readonly number[]): Promise<ParkedQueue[]> {
  return sql.query<ParkedQueue>(
    `select customer_id as "customerId", topic, min(partition) as partition,
       coalesce(bool_or(wanted = 'retry'), false) as "retryIsWanted",
       coalesce(bool_or(wanted = 'discard'), false) as "discardIsWanted",
       starts_with((array_agg(reason order by parked_no))[1], $3) as "onlyWaits"
     from parked_message where consumer = $1 and partition = any($2::int[])
     group by customer_id, topic order by min(parked_no)`,
    [consumer, partitions, waitsBehind],
  );
}

export interface ParkedMessage {
  parkedNo: bigint;
  wanted: 'retry' | 'discard' | null;
  partition: number;
  record: RawRecord;
}

interface ParkedRow {
  parked_no: bigint;
  partition: number;
  record_partition: number;
  record_offset: bigint;
  key: Buffer | null;
  value: Buffer | null;
  headers: StoredHeaders;
  wanted: 'retry' | 'discard' | null;
}

/** The oldest messages of a queue, oldest first. */
export async function loadParked(
  sql: Sql,
  consumer: string,
  { customerId, topic }: ParkedQueue,
  most: number,
): Promise<ParkedMessage[]> {
  const rows = await sql.query<ParkedRow>(
    `select parked_no, partition, record_partition, record_offset, key, value, headers, wanted from parked_message
     where customer_id = $1 and consumer = $2 and topic = $3 order by parked_no limit $4`,
    [customerId, consumer, topic, most],
  );
  return rows.map((row) => ({
    parkedNo: row.parked_no,
    wanted: row.wanted,
    partition: row.partition,
    record: {
      topic,
      partition: row.record_partition,
      offset: String(row.record_offset),
      key: row.key,
      value: row.value,
      headers: restoreHeaders(row.headers),
    },
  }));
}

/** Ends what somebody wanted thrown away, and keeps who and why. */
export async function discardWanted(sql: Sql, consumer: string, at: Date, queue: ParkedQueue): Promise<void> {
  await end(sql, at, 'discarded', `wanted = 'discard' and customer_id = $3 and consumer = $4 and topic = $5`, [
    queue.customerId,
    consumer,
    queue.topic,
  ]);
}

/** Ends the wait of messages that were handled; who asked for it and why stays. */
export async function endParking(
  sql: Sql,
  consumer: string,
  at: Date,
  queue: ParkedQueue,
  handled: readonly ParkedMessage[],
): Promise<void> {
  await end(sql, at, 'handled', 'customer_id = $3 and consumer = $4 and topic = $5 and parked_no = any($6::int8[])', [
    queue.customerId,
    consumer,
    queue.topic,
    handled.map(({ parkedNo }) => parkedNo),
  ]);
}

async function end(sql: Sql, at: Date, outcome: string, which: string, values: readonly unknown[]): Promise<void> {
  await sql.query(
    `with ended as (delete from parked_message where ${which}
       returning parked_no, customer_id, topic, wanted_by, wanted_why)
     insert into parked_message_outcome (parked_no, customer_id, topic, outcome, wanted_by, wanted_why, ended_at)
     select parked_no, customer_id, topic, $1, wanted_by, wanted_why, $2 from ended`,
    [outcome, at, ...values],
  );
}

/** Is something of the customer still parked on the topic? */
export async function isParked(sql: Sql, consumer: string, { customerId, topic }: ParkedQueue): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from parked_message where customer_id = $1 and consumer = $2 and topic = $3 limit 1',
    [customerId, consumer, topic],
  );
  return rows.length > 0;
}

/** Whether any message of the customer waits, on whatever topic: then the service does not know all of its facts. */
export async function isAnythingParked(sql: Sql, consumer: string, customerId: string): Promise<boolean> {
  const rows = await sql.query('select 1 from parked_message where customer_id = $1 and consumer = $2 limit 1', [
    customerId,
    consumer,
  ]);
  return rows.length > 0;
}

/**
 * Nothing more happens to the queue until somebody asks anew. Its oldest message says why, if `reason` is not null: it
 * was tried again and failed again.
 */
export async function keepParked(sql: Sql, consumer: string, queue: ParkedQueue, reason: string | null): Promise<void> {
  await sql.query(
    `update parked_message set wanted = null,
       reason = case when $4::text is not null and parked_no = (select min(parked_no) from parked_message
         where customer_id = $1 and consumer = $2 and topic = $3) then $4 else reason end
     where customer_id = $1 and consumer = $2 and topic = $3`,
    [queue.customerId, consumer, queue.topic, reason?.replaceAll('\0', '\\0') ?? null],
  );
}
