import { CreateIdempotencyKey1763800000000 } from '@ordergate/http';
import { MessagingTables1790000000000 } from '@ordergate/messaging';
import { ReceivablesTables1790000000001 } from '@ordergate/receivables';
import { CustomerTable1790000000030 } from './customer-table.ts';
import { DunningTables1790000000032 } from './dunning-tables.ts';
import { StandingTables1790000000031 } from './standing-tables.ts';

/** The schema of collections' database, in the order it came to be. */
export const migrations = [
  CreateIdempotencyKey1763800000000,
  MessagingTables1790000000000,
  ReceivablesTables1790000000001,
  CustomerTable1790000000030,
  StandingTables1790000000031,
  DunningTables1790000000032,
];
