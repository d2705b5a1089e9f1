import { appendingTo, type Sql } from '@ordergate/database';
import type { Exposure } from '../domain/account/exposure.ts';

/** One change of an account's exposure; names the message that caused it. Buckets are sums of these, and a decision's own is stored with it. */
export interface LedgerEntry extends Exposure {
  customerId: string;
  seq: bigint;
  /** `ce_source ce_id` of the message. */
  causedBy: string;
  businessDay: string;
}

/** As the ledger names a message. */
export const nameInLedger = ({ source, id }: { source: string; id: string }): string => `${source} ${id}`;

const append = appendingTo('exposure_movement', {
  customer_id: 'text',
  seq: 'int8',
  open_orders: 'int8',
  shipped_not_invoiced: 'int8',
  receivables: 'int8',
  instruments_in_hand: 'int8',
  unallocated_credits: 'int8',
  caused_by: 'text',
  business_day: 'date',
});

/** Appends entries that belong to no decision; nothing in the ledger is ever changed. */
export async function saveMovements(sql: Sql, entries: readonly LedgerEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    customer_id: entry.customerId,
    seq: entry.seq,
    open_orders: entry.openOrders,
    shipped_not_invoiced: entry.shippedNotInvoiced,
    receivables: entry.receivables,
    instruments_in_hand: entry.instrumentsInHand,
    unallocated_credits: entry.unallocatedCredits,
    caused_by: entry.causedBy,
    business_day: entry.businessDay,
  }));
  await append(sql, rows);
}
