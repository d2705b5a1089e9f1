import type {
  AccountRow,
  Buckets,
  DecisionRow,
  GroupRow,
  LedgerRow,
  MessagingTables,
  ShipmentRow,
  TopicRecord,
} from '../history/history.ts';

const noBuckets: Buckets = {
  open_orders: 0n,
  shipped_not_invoiced: 0n,
  receivables: 0n,
  instruments_in_hand: 0n,
  unallocated_credits: 0n,
};

export const account = (part: Partial<AccountRow> = {}): AccountRow => ({
  customer_id: 'C-1',
  seq: 0n,
  ...{ credit_group_id: null, pool_id: null, pool_share: 0n },
  ...noBuckets,
  ...part,
});
export const group = (group_id: string, part: Partial<GroupRow> = {}): GroupRow => ({
  ...{ group_id, parent_id: null, exposure: 0n, share_in_parent: 0n },
  ...part,
});
export const entry = (seq: bigint, part: Partial<LedgerRow> = {}): LedgerRow => ({
  customer_id: 'C-1',
  seq,
  caused_by: `test m-${seq}`,
  ...noBuckets,
  ...part,
});

/** Approved for an order of 100 on a limit of 1000, unless said otherwise. */
export const decision = (seq: bigint, part: Partial<DecisionRow> = {}): DecisionRow => ({
  ...{ customer_id: 'C-1', seq, decision_id: `d-${seq}`, order_id: 'O-1', order_version: 1, outcome: 'approved' },
  ...{ decided_by: 'policy', limit_kind: 'amount', limit_minor: 1_000n, adds: 100n, ceiling: 100n },
  ...{ kept_approval: false, reasons: '', pools: null },
  ...noBuckets,
  ...part,
});
export const held = (seq: bigint, part: Partial<DecisionRow> = {}): DecisionRow =>
  decision(seq, { outcome: 'held', ceiling: null, reasons: 'credit-limit-exceeded', ...part });

/** The warehouse may let goods of 60 of O-1 go, unless said otherwise. */
export const shipment = (seq: bigint, part: Partial<ShipmentRow> = {}): ShipmentRow => ({
  ...{ customer_id: 'C-1', shipment_id: `S-${seq}`, order_id: 'O-1', outcome: 'authorized', value: 60n, seq },
  ...part,
});

export const record = (
  topic: string,
  type: string,
  data: TopicRecord['data'],
  part: Partial<TopicRecord> = {},
): TopicRecord => ({
  ...{ topic, type, partition: 0, offset: 0, source: 'test', id: `${type} ${JSON.stringify(data)}` },
  data: { customerId: 'C-1', ...data },
  ...part,
});
export const placed = (orderVersion = 1, orderId = 'O-1'): TopicRecord =>
  record('orders', orderVersion === 1 ? 'OrderPlaced.v1' : 'OrderAmended.v1', { orderId, orderVersion });
export const cancelled = (orderId = 'O-1'): TopicRecord => record('orders', 'OrderCancelled.v1', { orderId });

const noMessages: MessagingTables = { lanes: [], log: [], inbox: [], parked: [] };
/** The messaging tables of all services, one service's filled. */
export const tables = (
  of: Partial<Record<'order' | 'customer-credit' | 'collections' | 'notification', Partial<MessagingTables>>> = {},
) => ({
  order: { ...noMessages, ...of.order },
  'customer-credit': { ...noMessages, ...of['customer-credit'] },
  collections: { ...noMessages, ...of.collections },
  notification: { ...noMessages, ...of.notification },
});
