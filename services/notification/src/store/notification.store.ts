import { rowSet, type Sql } from '@ordergate/database';

/** The decision that a notification is about, as it was published. */
export interface HoldFacts {
  decisionId: string;
  orderId: string;
  customerId: string;
  decidedAt: string;
  businessDay: string;
  total?: { amount: string; currency: string };
  available?: { amount: string; currency: string };
  reasons: readonly {
    code: string;
    message: string;
    measured?: string;
    threshold?: string;
    unit?: string;
    subject?: string;
  }[];
}

export interface NewNotification {
  notificationId: string;
  recipientId: string;
  template: string;
  facts: HoldFacts;
  traceparent: string | null;
}

export const notificationStatuses = ['pending', 'sent', 'failed', 'recorded'] as const;
/** `recorded`: there was no way to send it (no SMTP server and no folder is configured). */
export type NotificationStatus = (typeof notificationStatuses)[number];

export interface Notification {
  notificationId: string;
  recipientId: string;
  orderId: string;
  customerId: string;
  decisionId: string;
  template: string;
  status: NotificationStatus;
  attempts: number;
  possibleRepeat: boolean;
  createdAt: Date;
  settledAt: Date | null;
  sentTo: string | null;
  problem: string | null;
}

const columns = rowSet({
  customer_id: 'text',
  notification_id: 'text',
  order_id: 'text',
  decision_id: 'text',
  recipient_id: 'text',
  template: 'text',
  facts: 'jsonb',
  traceparent: 'text',
});

/** Writes down who is to be told of what; those that are known already stay as they are. */
export async function addNotifications(sql: Sql, at: Date, notifications: readonly NewNotification[]): Promise<void> {
  if (notifications.length === 0) return;
  const rows = notifications.map(({ notificationId, recipientId, template, facts, traceparent }) => ({
    customer_id: facts.customerId,
    notification_id: notificationId,
    order_id: facts.orderId,
    decision_id: facts.decisionId,
    recipient_id: recipientId,
    template,
    facts: JSON.stringify(facts),
    traceparent,
  }));
  await sql.query(
    `insert into notification (created_at, ${columns.names}) select $1, ${columns.names} from ${columns.from('added', 2)}
     on conflict do nothing`,
    [at, ...columns.arrays(rows)],
  );
}

export interface NotificationFilter {
  orderId?: string | undefined;
  status?: string | undefined;
}

/** Newest first, from after the given (created_at, notification_id) on. */
export function listNotifications(
  sql: Sql,
  { orderId, status }: NotificationFilter,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Notification[]> {
  return sql.query<Notification>(
    `select notification_id as "notificationId", recipient_id as "recipientId", order_id as "orderId",
       customer_id as "customerId", decision_id as "decisionId", template, status, attempts,
       unknown_attempts > 0 as "possibleRepeat", created_at as "createdAt", settled_at as "settledAt",
       sent_to as "sentTo", problem
     from notification
     where ($1::text is null or order_id = $1) and ($2::text is null or status = $2)
       and ($3::timestamptz is null or (created_at, notification_id) < ($3, $4::text))
     order by created_at desc, notification_id desc limit $5`,
    [orderId ?? null, status ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}
