import { rowSet, type Sql } from '@ordergate/database';
import type { OrderStatus } from '../domain/order-status.ts';
import type { Happening, TimelineEntry } from '../domain/timeline.ts';

const entries = rowSet({
  order_id: 'text',
  customer_id: 'text',
  entry_no: 'int',
  what: 'text',
  happened_at: 'timestamptz',
  done_by: 'text',
  status: 'text',
  details: 'json',
});
const appendSql = `insert into timeline_entry (${entries.names}) select ${entries.names} from ${entries.from('written')}`;

/** Nothing in a timeline is ever changed. */
export async function appendEntries(sql: Sql, written: readonly TimelineEntry[]): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map((entry) => ({
    order_id: entry.orderId,
    customer_id: entry.customerId,
    entry_no: entry.no,
    what: entry.what,
    happened_at: entry.at,
    done_by: entry.by,
    status: entry.status,
    details: JSON.stringify(entry.details),
  }));
  await sql.query(appendSql, entries.arrays(rows));
}

interface EntryRow {
  order_id: string;
  customer_id: string;
  entry_no: number;
  what: Happening['what'];
  happened_at: Date;
  done_by: string;
  status: OrderStatus;
  details: object;
}

const entryOf = (row: EntryRow): TimelineEntry => ({
  orderId: row.order_id,
  customerId: row.customer_id,
  no: row.entry_no,
  what: row.what,
  at: row.happened_at,
  by: row.done_by,
  status: row.status,
  details: row.details,
});

export interface TimelinePage {
  limit: number;
  /** `at` and `no` of the last entry of the page before. */
  after?: string[] | undefined;
}

/** The entries of an order as they happened, the oldest first; one more than `limit` if there are more. */
export async function readTimeline(
  sql: Sql,
  { orderId, customerId }: { orderId: string; customerId: string },
  { limit, after }: TimelinePage,
): Promise<TimelineEntry[]> {
  const rows = await sql.query<EntryRow>(
    `select * from timeline_entry where order_id = $1 and customer_id = $2
       and ($3::timestamptz is null or (happened_at, entry_no) > ($3, $4::int))
     order by happened_at, entry_no limit $5`,
    [orderId, customerId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map(entryOf);
}

/** A reader of an order, and the last entry that it has seen. */
export interface Follower {
  orderId: string;
  customerId: string;
  seen: number;
}

const followed = rowSet({ follower: 'int', order_id: 'text', customer_id: 'text', seen: 'int' });
const readNewsSql = `
  select f.follower, e.* from ${followed.from('f')} cross join lateral (
    select * from timeline_entry t
    where t.order_id = f.order_id and t.customer_id = f.customer_id and t.entry_no > f.seen
    order by t.entry_no limit $5
  ) e order by f.follower, e.entry_no`;

/** What each follower has not seen, by its place in the list, at most `most` entries each. */
export async function readNews(
  sql: Sql,
  followers: readonly Follower[],
  most: number,
): Promise<Map<number, TimelineEntry[]>> {
  const rows = await sql.query<EntryRow & { follower: number }>(readNewsSql, [
    ...followed.arrays(
      followers.map(({ orderId, customerId, seen }, follower) => ({
        follower,
        order_id: orderId,
        customer_id: customerId,
        seen,
      })),
    ),
    most,
  ]);
  const news = new Map<number, TimelineEntry[]>();
  for (const [follower, its] of Map.groupBy(rows, (row) => row.follower)) news.set(follower, its.map(entryOf));
  return news;
}
