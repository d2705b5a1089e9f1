import { serviceNames, type ServiceName } from '../../../tools/demo/services.ts';
import type { History, MessagingTables } from './history.ts';
import { rowsOf } from './rows-of.ts';

const buckets = 'open_orders, shipped_not_invoiced, receivables, instruments_in_hand, unallocated_credits';
const decisionsSql = `select customer_id, seq, decision_id, order_id, order_version, outcome, decided_by, limit_kind,
  limit_minor, adds, ceiling, ${buckets}, coalesce((facts->>'keptApproval')::boolean, false) as kept_approval,
  coalesce((select string_agg(reason->>'code', ' ' order by no)
    from jsonb_array_elements(reasons) with ordinality as r(reason, no)), '') as reasons,
  facts->'account'->'groups' as pools
  from decision order by customer_id, seq`;
const accountsSql = `select customer_id, seq, ${buckets}, credit_group_id, pool_id, pool_share from credit_account`;
const groupsSql = 'select group_id, parent_id, exposure, share_in_parent from credit_group';
const bookSql = `select customer_id, order_id, order_version, cancelled_at is not null as is_cancelled, decision_outcome,
  decision_version, decision_seq from customer_order`;
const itemsSql = 'select customer_id, invoice_id, instalment_no, amount, open from receivable_item';
const notificationsSql = `select notification_id, decision_id, status, attempts, told_at is not null as is_told
  from notification`;

/** The services' tables, as they are committed. */
export async function readTables(
  urls: Record<ServiceName, string>,
  prefix: string,
): Promise<Omit<History, 'records' | 'mails' | 'deadlocks'>> {
  const messaging = async (service: ServiceName): Promise<MessagingTables> => ({
    lanes: await rowsOf(urls[service], 'select consumer, partition, position, published_position from lane_partition'),
    log: await rowsOf(
      urls[service],
      `select consumer, partition, position, id, substr(aggregatetype, ${prefix.length + 1}) as topic from message_log`,
    ),
    inbox: await rowsOf(urls[service], 'select consumer, source, id from inbox'),
    parked: (await rowsOf<{ reason: string }>(urls[service], 'select reason from parked_message')).map(
      ({ reason }) => reason,
    ),
  });
  const tables = {} as Record<ServiceName, MessagingTables>;
  for (const service of serviceNames) tables[service] = await messaging(service);
  return {
    tables,
    accounts: await rowsOf(urls['customer-credit'], accountsSql),
    groups: await rowsOf(urls['customer-credit'], groupsSql),
    ledger: await rowsOf(urls['customer-credit'], `select customer_id, seq, caused_by, ${buckets} from ledger_entry`),
    decisions: await rowsOf(urls['customer-credit'], decisionsSql),
    shipments: await rowsOf(
      urls['customer-credit'],
      'select customer_id, shipment_id, order_id, outcome, value, seq from shipment_request',
    ),
    gateOrders: await rowsOf(urls['customer-credit'], 'select customer_id, order_id, status from customer_order'),
    holds: await rowsOf(
      urls['customer-credit'],
      'select customer_id, order_id, seq, status, reason_codes from credit_hold',
    ),
    gateItems: await rowsOf(urls['customer-credit'], itemsSql),
    book: await rowsOf(urls.order, bookSql),
    collectedItems: await rowsOf(urls.collections, itemsSql),
    notifications: await rowsOf(urls.notification, notificationsSql),
  };
}
