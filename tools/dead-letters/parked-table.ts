import type pg from 'pg';
import type { Which } from './request.ts';

/** What of a customer waits on one topic: nothing of it is handled before its oldest message. */
export interface Queue {
  customer: string;
  topic: string;
  consumer: string;
  oldestId: string;
  count: number;
  parkedAt: Date;
  /** Why the oldest message is parked. */
  reason: string;
}

export interface ParkedMessage {
  id: string;
  customer: string;
  topic: string;
  consumer: string;
  partition: number;
  offset: string;
  parkedAt: Date;
  reason: string;
  wanted: 'retry' | 'discard' | null;
  wantedBy: string | null;
  wantedWhy: string | null;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, unknown>;
}

/** How the parking of a message ended. */
export interface Ended {
  id: string;
  customer: string;
  topic: string;
  outcome: 'handled' | 'discarded';
  wantedBy: string | null;
  wantedWhy: string | null;
  endedAt: Date;
}

const columns = `parked_no as id, customer_id as customer, topic, consumer, record_partition as partition,
  record_offset as offset, parked_at as "parkedAt", reason, wanted, wanted_by as "wantedBy", wanted_why as "wantedWhy",
  key, value, headers`;

/** Oldest first; of one customer, if named. */
export async function readQueues(client: pg.Client, customer: string | undefined): Promise<Queue[]> {
  const { rows } = await client.query<Queue>(
    `select customer_id as customer, topic, consumer, min(parked_no) as "oldestId", count(*)::int as count,
       min(parked_at) as "parkedAt", (array_agg(reason order by parked_no))[1] as reason
     from parked_message where $1::text is null or customer_id = $1
     group by customer_id, topic, consumer order by min(parked_no)`,
    [customer ?? null],
  );
  return rows;
}

export async function readMessages(client: pg.Client, customer: string): Promise<ParkedMessage[]> {
  const { rows } = await client.query<ParkedMessage>(
    `select ${columns} from parked_message where customer_id = $1 order by topic, parked_no`,
    [customer],
  );
  return rows;
}

/** Those of the numbers that are still parked, oldest first. */
export async function readStillParked(client: pg.Client, ids: readonly string[]): Promise<ParkedMessage[]> {
  const { rows } = await client.query<ParkedMessage>(
    `select ${columns} from parked_message where parked_no = any($1::int8[]) order by parked_no`,
    [ids],
  );
  return rows;
}

export async function readEnded(client: pg.Client, ids: readonly string[]): Promise<Ended[]> {
  const { rows } = await client.query<Ended>(
    `select parked_no as id, customer_id as customer, topic, outcome, wanted_by as "wantedBy", wanted_why as "wantedWhy",
       ended_at as "endedAt" from parked_message_outcome where parked_no = any($1::int8[]) order by parked_no`,
    [ids],
  );
  return rows;
}

/** A lane takes a queue from its oldest message on, so that is what a retry asks for and what its outcomes are noted with. */
export function wantRetry(client: pg.Client, which: Which, who: string, why: string): Promise<string[]> {
  const queue =
    'id' in which
      ? '(customer_id, consumer, topic) in (select customer_id, consumer, topic from parked_message where parked_no = $3)'
      : 'customer_id = $3';
  return want(client, `wanted = 'retry'`, `${queue} and wanted is distinct from 'discard'`, [who, why, valueOf(which)]);
}

export function wantDiscard(client: pg.Client, id: string, who: string, why: string): Promise<string[]> {
  return want(client, `wanted = 'discard'`, 'parked_no = $3', [who, why, id]);
}

async function want(client: pg.Client, what: string, where: string, values: string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `update parked_message set ${what}, wanted_by = $1, wanted_why = $2 where ${where} returning parked_no as id`,
    values,
  );
  return rows.map(({ id }) => id);
}

const valueOf = (which: Which): string => ('id' in which ? which.id : which.customer);
