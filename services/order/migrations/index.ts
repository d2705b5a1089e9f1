import { CreateIdempotencyKey1763800000000 } from '@ordergate/http';
import { MessagingTables1790000000000 } from '@ordergate/messaging';
import { OrderBook1790000100000 } from './order-book.ts';
import { Timeline1790000200000 } from './timeline.ts';

export const migrations = [
  CreateIdempotencyKey1763800000000,
  MessagingTables1790000000000,
  OrderBook1790000100000,
  Timeline1790000200000,
] as const;
