import type { Sql } from '@ordergate/database';
import type { HoldFacts, NotificationStatus } from './notification.store.ts';

/** A notification that this process has taken to send, with whom it is for. */
export interface DueNotification {
  customerId: string;
  notificationId: string;
  template: string;
  facts: HoldFacts;
  /** This one included. */
  attempts: number;
  /** Attempts before this one of which nobody knows whether the server took the mail. */
  unknownAttempts: number;
  recipientName: string | null;
  email: string;
  language: string;
  customerName: string | null;
}

/**
 * Takes due notifications. An attempt is written down before it is made: one that is found open later ended with its
 * process, or without the server's answer, so the mail may have arrived. `attemptSeconds`: after this time an open
 * attempt counts as dead.
 */
export function takeDueNotifications(sql: Sql, limit: number, attemptSeconds: number): Promise<DueNotification[]> {
  return sql.query<DueNotification>(
    `update notification set attempts = attempts + 1, attempt_open = true,
       unknown_attempts = unknown_attempts + attempt_open::int, due_at = now() + make_interval(secs => $2)
     from (
       select due.customer_id, due.notification_id, recipient.name as recipient_name, recipient.email,
         recipient.language, customer.name as customer_name
       from notification due join recipient using (recipient_id) left join customer using (customer_id)
       where due.status = 'pending' and due.due_at <= now()
       order by due.due_at limit $1 for update of due skip locked
     ) taken
     where notification.customer_id = taken.customer_id and notification.notification_id = taken.notification_id
     returning notification.customer_id as "customerId", notification.notification_id as "notificationId", template,
       facts, attempts, unknown_attempts as "unknownAttempts", recipient_name as "recipientName",
       taken.email, taken.language,
       customer_name as "customerName"`,
    [limit, attemptSeconds],
  );
}

export interface Settled {
  status: Exclude<NotificationStatus, 'pending'>;
  sentTo?: string;
  /** The language it was written in. */
  language?: string;
  /** Why it failed, in a sentence. */
  problem?: string;
}

type Key = Pick<DueNotification, 'customerId' | 'notificationId'>;

/** The end of a notification. One that has ended meanwhile keeps its end. */
export async function settleNotification(
  sql: Sql,
  key: Key,
  { status, sentTo, language, problem }: Settled,
): Promise<void> {
  await sql.query(
    `update notification set status = $3, sent_to = $4, problem = $5, language = $6, attempt_open = false, settled_at = now()
     where customer_id = $1 and notification_id = $2 and status = 'pending'`,
    [key.customerId, key.notificationId, status, sentTo ?? null, problem ?? null, language ?? null],
  );
}

/** To be tried again. `isOpen`: the server's answer is missing, so it may have the mail. */
export async function postponeNotification(
  sql: Sql,
  key: Key,
  delaySeconds: number,
  problem: string,
  isOpen: boolean,
): Promise<void> {
  await sql.query(
    `update notification set due_at = now() + make_interval(secs => $3), problem = $4, attempt_open = $5
     where customer_id = $1 and notification_id = $2 and status = 'pending'`,
    [key.customerId, key.notificationId, delaySeconds, problem, isOpen],
  );
}
