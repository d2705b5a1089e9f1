import { rowSet, type Sql } from '@ordergate/database';

/** What happened to a hold beside decisions. */
export type HoldEventKind =
  | 'reasons-changed'
  | 'assigned'
  | 'commented'
  | 'release-requested'
  | 'request-refused'
  | 'request-withdrawn'
  | 'request-lapsed'
  | 'cancelled';

export interface HoldEvent {
  customerId: string;
  orderId: string;
  /** Of the account's change. */
  seq: bigint;
  kind: HoldEventKind;
  happenedAt: Date;
  businessDay: string;
  /** `policy`, or `user:<id>`. */
  happenedBy: string;
  why: string | null;
  before: object | null;
  after: object | null;
}

const unnested = rowSet({
  customer_id: 'text',
  order_id: 'text',
  seq: 'int8',
  kind: 'text',
  happened_at: 'timestamptz',
  business_day: 'date',
  happened_by: 'text',
  why: 'text',
  before: 'jsonb',
  after: 'jsonb',
});
const insertSql = `insert into hold_event (${unnested.names}) select ${unnested.names} from ${unnested.from('n')}`;

export async function saveHoldEvents(sql: Sql, events: readonly HoldEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(
    ({ customerId, orderId, seq, kind, happenedAt, businessDay, happenedBy, why, ...states }) => ({
      ...{ customer_id: customerId, order_id: orderId, seq, kind, happened_at: happenedAt, business_day: businessDay },
      ...{ happened_by: happenedBy, why },
      before: states.before === null ? null : JSON.stringify(states.before),
      after: states.after === null ? null : JSON.stringify(states.after),
    }),
  );
  await sql.query(insertSql, unnested.arrays(rows));
}

/** Of one order, oldest first. */
export async function readHoldEvents(sql: Sql, customerId: string, orderId: string): Promise<HoldEvent[]> {
  return sql.query<HoldEvent>(
    `select customer_id as "customerId", order_id as "orderId", seq, kind, happened_at as "happenedAt",
       business_day as "businessDay", happened_by as "happenedBy", why, before, after
     from hold_event where customer_id = $1 and order_id = $2 order by seq`,
    [customerId, orderId],
  );
}
