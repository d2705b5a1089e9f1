import { CreateIdempotencyKey1763800000000 } from '@ordergate/http';
import { MessagingTables1790000000000 } from '@ordergate/messaging';
import { NotificationTables1790000000040 } from './notification-tables.ts';

/** The schema of notification's database, in the order it came to be. */
export const migrations = [
  CreateIdempotencyKey1763800000000,
  MessagingTables1790000000000,
  NotificationTables1790000000040,
];
