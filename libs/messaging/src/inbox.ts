import { hash } from 'node:crypto';
import { appendingTo, rowSet, type Sql } from '@ordergate/database';
import type { Delivery, Undecided } from './delivery.ts';

const columns = { customer_id: 'text', source: 'text', id: 'text', content_hash: 'text' } as const;
const append = appendingTo('inbox', { ...columns, consumer: 'text', received_on: 'date' });
const unnested = rowSet(columns);
// The new ones are counted, not listed: nearly every chunk has nothing else, and the list was 2 µs a message.
const insertSql = `with inserted as (
    insert into inbox (consumer, received_on, ${unnested.names})
    select $1, $2, ${unnested.names} from ${unnested.from('arrived', 3)}
    on conflict do nothing returning 1
  ) select count(*)::int as count from inserted`;
const asked = rowSet({ customer_id: 'text', source: 'text', id: 'text' });
const seenSql = `select customer_id, source, id, content_hash from inbox
  join ${asked.from('asked', 2)} using (customer_id, source, id)
  where consumer = $1`;

// Asked only of a chunk with repeats: the rows that another transaction has written.
const hereBeforeSql = `${seenSql} and inbox.xmin <> pg_current_xact_id()::xid`;

interface Key {
  customer_id: string;
  source: string;
  id: string;
}
const keyOf = ({ customer_id, source, id }: Key): string => `${customer_id}\n${source}\n${id}`;

export interface Sifted {
  /** First deliveries, in their order. */
  fresh: Delivery[];
  /** Same source and id as one seen before, same content: nothing happens. */
  duplicates: number;
  /** Same source and id, other content: never a duplicate (SEMANTICS.md 17). */
  conflicts: Undecided[];
}

/**
 * Records which messages came, in the transaction that handles them, and tells first deliveries from repeats. While none is
 * expected they are recorded without a look whether they are there, two of seven µs less each: then a repeat is a key that is
 * taken, and the transaction is for nothing.
 */
export async function siftDuplicates(
  sql: Sql,
  { consumer, at, expectsRepeats }: { consumer: string; at: Date; expectsRepeats: boolean },
  deliveries: readonly Delivery[],
): Promise<Sifted> {
  if (deliveries.length === 0) return { fresh: [], duplicates: 0, conflicts: [] };
  const first = new Map<string, { row: Key & { content_hash: string }; delivery: Delivery }>();
  const again: { row: Key & { content_hash: string }; delivery: Delivery }[] = [];
  for (const delivery of deliveries) {
    const row = {
      customer_id: delivery.customerId,
      source: delivery.source,
      id: delivery.id,
      content_hash: contentHash(delivery),
    };
    const key = keyOf(row);
    if (first.has(key)) again.push({ row, delivery });
    else first.set(key, { row, delivery });
  }
  const rows = [...first.values()].map(({ row }) => row);
  const receivedOn = at.toISOString().slice(0, 10);
  const known: typeof again = [];
  if (!expectsRepeats) {
    await append(
      sql,
      rows.map((row) => ({ ...row, consumer, received_on: receivedOn })),
    );
  } else if ((await insertNew(sql, [consumer, receivedOn, ...unnested.arrays(rows)])) < first.size) {
    const isKnown = new Set((await sql.query<Key>(hereBeforeSql, [consumer, ...asked.arrays(rows)])).map(keyOf));
    for (const [key, entry] of first) {
      if (!isKnown.has(key)) continue;
      first.delete(key);
      known.push(entry);
    }
  }
  return {
    fresh: [...first.values()].map(({ delivery }) => delivery),
    // The first delivery of a record before its repeat: a conflict is answered where it first came.
    ...(await judgeRepeats(sql, consumer, [...known, ...again])),
  };
}

async function insertNew(sql: Sql, values: unknown[]): Promise<number> {
  const [inserted] = await sql.query<{ count: number }>(insertSql, values);
  return inserted!.count;
}

async function judgeRepeats(
  sql: Sql,
  consumer: string,
  repeated: { row: Key & { content_hash: string }; delivery: Delivery }[],
) {
  if (repeated.length === 0) return { duplicates: 0, conflicts: [] };
  const rows = repeated.map(({ row }) => row);
  const seen = await sql.query<Key & { content_hash: string }>(seenSql, [consumer, ...asked.arrays(rows)]);
  const hashOf = new Map(seen.map((row) => [keyOf(row), row.content_hash]));
  const conflicts = repeated
    .filter(({ row }) => hashOf.get(keyOf(row)) !== row.content_hash)
    .map(({ delivery }) => conflicting(delivery));
  return { duplicates: repeated.length - conflicts.length, conflicts };
}

function conflicting(delivery: Delivery): Undecided {
  const { id, source, message: data } = delivery;
  const violation = `ce_id "${id}" of ${source} came before with other content; give a new message a new id`;
  return { ...delivery, because: 'conflicting', data, violations: [violation] };
}

function contentHash({ record, type, message }: Delivery): string {
  const content = record.value ?? Buffer.alloc(0);
  // A structured event holds its own attributes (time, trace) beside the data: only type and data are its content.
  const isBinary = record.headers['ce_id'] !== undefined;
  return hash('sha1', isBinary ? content : `${type} ${JSON.stringify(message)}`, 'base64');
}
