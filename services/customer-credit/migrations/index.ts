import { CreateIdempotencyKey1763800000000 } from '@ordergate/http';
import { MessagingTables1790000000000 } from '@ordergate/messaging';
import { ReceivablesTables1790000000001 } from '@ordergate/receivables';
import { CreditTables1790000000010 } from './credit-tables.ts';
import { GateFacts1790000000020 } from './gate-facts.ts';
import { UncomparedAmounts1790000000025 } from './uncompared-amounts.ts';
import { AccountChanges1790000000050 } from './account-changes.ts';
import { CreditGroups1790000000040 } from './credit-groups.ts';
import { PolicyTables1790000000030 } from './policy-tables.ts';
import { PaymentRecord1790000000041 } from './payment-record.ts';
import { OrderHistory1790000000060 } from './order-history.ts';
import { CreditHolds1790000000070 } from './credit-holds.ts';
import { DecisionsOfOrders1790000000110 } from './decisions-of-orders.ts';
import { GroupLimitsRaised1790000000100 } from './group-limits-raised.ts';
import { HoldWork1790000000080 } from './hold-work.ts';
import { HoldsExpire1790000000120 } from './holds-expire.ts';
import { ShipmentsChecked1790000000090 } from './shipments-checked.ts';
import { LedgerInDecisions1790000000130 } from './ledger-in-decisions.ts';
import { SharedLinks1790000000095 } from './shared-links.ts';
import { ShortHistories1790000000096 } from './short-histories.ts';

/** The schema of customer-credit's database, in the order it came to be. */
export const migrations = [
  CreateIdempotencyKey1763800000000,
  MessagingTables1790000000000,
  ReceivablesTables1790000000001,
  CreditTables1790000000010,
  GateFacts1790000000020,
  UncomparedAmounts1790000000025,
  PolicyTables1790000000030,
  CreditGroups1790000000040,
  PaymentRecord1790000000041,
  AccountChanges1790000000050,
  OrderHistory1790000000060,
  CreditHolds1790000000070,
  HoldWork1790000000080,
  ShipmentsChecked1790000000090,
  SharedLinks1790000000095,
  ShortHistories1790000000096,
  GroupLimitsRaised1790000000100,
  DecisionsOfOrders1790000000110,
  HoldsExpire1790000000120,
  LedgerInDecisions1790000000130,
];
