import type { Sql } from '@ordergate/database';

/** A settled notification whose outcome has not been published. */
export interface UntoldOutcome {
  customerId: string;
  notificationId: string;
  recipientId: string;
  orderId: string;
  template: string;
  status: 'sent' | 'failed';
  language: string | null;
  attempts: number;
  problem: string | null;
  settledAt: Date;
  traceparent: string | null;
}

/** Oldest first. */
export function loadUntoldOutcomes(sql: Sql, limit: number): Promise<UntoldOutcome[]> {
  return sql.query<UntoldOutcome>(
    `select customer_id as "customerId", notification_id as "notificationId", recipient_id as "recipientId",
       order_id as "orderId", template, status, language, attempts, problem,
       settled_at as "settledAt", traceparent
     from notification where told_at is null and status in ('sent', 'failed')
     order by settled_at limit $1`,
    [limit],
  );
}

export async function markTold(sql: Sql, outcomes: readonly UntoldOutcome[]): Promise<void> {
  await sql.query(
    `update notification set told_at = now() from unnest($1::text[], $2::text[]) as told(customer_id, notification_id)
     where notification.customer_id = told.customer_id and notification.notification_id = told.notification_id`,
    [outcomes.map((outcome) => outcome.customerId), outcomes.map((outcome) => outcome.notificationId)],
  );
}
