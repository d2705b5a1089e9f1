import type { ServiceName } from '../../../tools/demo/services.ts';
import type { ReceivedMail } from '../system/mail-sink.ts';

/** A record as it lies on its topic, as far as the checks ask for it. */
export interface TopicRecord {
  /** Without prefix. */
  topic: string;
  partition: number;
  offset: number;
  source: string;
  id: string;
  type: string;
  data: {
    customerId?: string;
    orderId?: string;
    orderVersion?: number;
    seq?: number;
    decisionId?: string;
    notificationId?: string;
    shipmentId?: string;
    value?: { amount: string; currency: string };
    status?: string;
    reasons?: readonly { code: string }[];
    kind?: string;
    after?: { kind: string; amount?: { amount: string; currency: string } };
  };
}

export interface LaneRow {
  consumer: string;
  partition: number;
  position: bigint;
  published_position: bigint;
}

export interface LogRow {
  consumer: string;
  partition: number;
  position: bigint;
  id: string;
  /** Without prefix. */
  topic: string;
}

export interface InboxRow {
  consumer: string;
  source: string;
  id: string;
}

/** What libs/messaging keeps in the database of every service. */
export interface MessagingTables {
  lanes: readonly LaneRow[];
  log: readonly LogRow[];
  inbox: readonly InboxRow[];
  /** Reasons of the messages that wait parked. */
  parked: readonly string[];
}

/** Sums are of `openOrders + shippedNotInvoiced + receivables + instrumentsInHand − unallocatedCredits`. */
export interface Buckets {
  open_orders: bigint;
  shipped_not_invoiced: bigint;
  receivables: bigint;
  instruments_in_hand: bigint;
  unallocated_credits: bigint;
}

export interface AccountRow extends Buckets {
  customer_id: string;
  seq: bigint;
  credit_group_id: string | null;
  /** The group that counts `pool_share` for it. */
  pool_id: string | null;
  pool_share: bigint;
}

export interface GroupRow {
  group_id: string;
  parent_id: string | null;
  exposure: bigint;
  share_in_parent: bigint;
}

/** A credit group as a decision recorded it, before the order; amounts in minor units, as text. */
export interface RecordedPool {
  id: string;
  limit: { kind: 'amount' | 'unlimited' | 'none'; minor?: string };
  exposure: string;
  adds: string | null;
}

export interface LedgerRow extends Buckets {
  customer_id: string;
  seq: bigint;
  /** Source and id of the message. */
  caused_by: string;
}

/** What the warehouse asked, and was told. */
export interface ShipmentRow {
  customer_id: string;
  shipment_id: string;
  order_id: string;
  outcome: 'authorized' | 'refused';
  value: bigint;
  seq: bigint;
}

export interface DecisionRow extends Buckets {
  customer_id: string;
  seq: bigint;
  decision_id: string;
  order_id: string;
  order_version: number | null;
  outcome: 'approved' | 'held' | 'released' | 'declined';
  decided_by: string;
  limit_kind: 'amount' | 'unlimited' | 'none';
  limit_minor: bigint | null;
  adds: bigint | null;
  ceiling: bigint | null;
  kept_approval: boolean;
  /** Codes of the reasons, in order, with a space between. */
  reasons: string;
  /** The customer's credit groups; null when there are none. */
  pools: readonly RecordedPool[] | null;
}

export interface GateOrderRow {
  customer_id: string;
  order_id: string;
  status: string;
}

/** A held order as a case. */
export interface HoldRow {
  customer_id: string;
  order_id: string;
  seq: bigint;
  status: string;
  reason_codes: readonly string[];
}

/** A row of the order service's book. */
export interface BookRow {
  customer_id: string;
  order_id: string;
  order_version: number | null;
  is_cancelled: boolean;
  decision_outcome: string | null;
  decision_version: number | null;
  decision_seq: bigint | null;
}

/** An invoice instalment as one of its keepers knows it. */
export interface ItemRow {
  customer_id: string;
  invoice_id: string;
  instalment_no: number;
  amount: bigint;
  open: bigint;
}

export interface NotificationRow {
  notification_id: string;
  decision_id: string;
  status: string;
  attempts: number;
  is_told: boolean;
}

/** What a run has left: its topics from their beginning, its tables at rest, and the mails that people got. */
export interface History {
  records: readonly TopicRecord[];
  tables: Readonly<Record<ServiceName, MessagingTables>>;
  accounts: readonly AccountRow[];
  groups: readonly GroupRow[];
  ledger: readonly LedgerRow[];
  decisions: readonly DecisionRow[];
  shipments: readonly ShipmentRow[];
  gateOrders: readonly GateOrderRow[];
  holds: readonly HoldRow[];
  book: readonly BookRow[];
  gateItems: readonly ItemRow[];
  collectedItems: readonly ItemRow[];
  notifications: readonly NotificationRow[];
  mails: readonly ReceivedMail[];
  /** What Postgres has logged of transactions that waited for each other. */
  deadlocks: readonly string[];
}

export const totalOf = (buckets: Buckets): bigint =>
  buckets.open_orders +
  buckets.shipped_not_invoiced +
  buckets.receivables +
  buckets.instruments_in_hand -
  buckets.unallocated_credits;
