import { rowSet } from '@ordergate/database';
import type { Allocation, Credit, CreditKind } from '../book/credit.ts';
import type { Dispute } from '../book/dispute.ts';
import type { OpenItem } from '../book/open-item.ts';

export const itemRows = rowSet({
  customer_id: 'text',
  invoice_id: 'text',
  instalment_no: 'int4',
  order_id: 'text',
  currency: 'text',
  amount: 'int8',
  open: 'int8',
  invoiced: 'int8',
  booked_amount: 'int8',
  booked_open: 'int8',
  booked_invoiced: 'int8',
  disputed: 'int8',
  issued_on: 'date',
  due_on: 'date',
});

export const creditRows = rowSet({
  customer_id: 'text',
  credit_id: 'text',
  kind: 'text',
  currency: 'text',
  amount: 'int8',
  unallocated: 'int8',
  booked_unallocated: 'int8',
  state: 'text',
  received_on: 'date',
  due_on: 'date',
  earmarks: 'jsonb',
});

export const allocationRows = rowSet({
  customer_id: 'text',
  credit_id: 'text',
  kind: 'text',
  invoice_id: 'text',
  instalment_no: 'int4',
  amount: 'int8',
  booked: 'int8',
  credit_amount: 'int8',
});

export const disputeRows = rowSet({
  customer_id: 'text',
  dispute_id: 'text',
  invoice_id: 'text',
  currency: 'text',
  amount: 'int8',
  is_resolved: 'bool',
});

interface OfCustomer {
  customer_id: string;
}

export const itemRow = (customerId: string, item: OpenItem) => ({
  customer_id: customerId,
  invoice_id: item.invoiceId,
  instalment_no: item.instalmentNo,
  order_id: item.orderId,
  currency: item.currency,
  amount: item.amount,
  open: item.open,
  invoiced: item.invoiced,
  booked_amount: item.bookedAmount,
  booked_open: item.bookedOpen,
  booked_invoiced: item.bookedInvoiced,
  disputed: item.disputed,
  issued_on: item.issuedOn,
  due_on: item.dueOn,
});
export type ItemRow = ReturnType<typeof itemRow>;

export const itemOf = (row: ItemRow): OpenItem => ({
  invoiceId: row.invoice_id,
  instalmentNo: row.instalment_no,
  orderId: row.order_id,
  currency: row.currency,
  amount: row.amount,
  open: row.open,
  invoiced: row.invoiced,
  bookedAmount: row.booked_amount,
  bookedOpen: row.booked_open,
  bookedInvoiced: row.booked_invoiced,
  disputed: row.disputed,
  issuedOn: row.issued_on,
  dueOn: row.due_on,
});

export const creditRow = (customerId: string, credit: Credit) => ({
  customer_id: customerId,
  credit_id: credit.creditId,
  kind: credit.kind,
  currency: credit.currency,
  amount: credit.amount,
  unallocated: credit.unallocated,
  booked_unallocated: credit.bookedUnallocated,
  state: credit.state,
  received_on: credit.receivedOn,
  due_on: credit.dueOn,
  // Minor units exceed what a JSON number holds.
  earmarks: JSON.stringify(credit.earmarks.map((it) => ({ ...it, amount: it.amount.toString() }))),
});
export type CreditRow = Omit<ReturnType<typeof creditRow>, 'earmarks'> & {
  earmarks: { invoiceId: string; amount: string }[];
};

export const creditOfRow = (row: CreditRow): Credit => ({
  kind: row.kind,
  creditId: row.credit_id,
  currency: row.currency,
  amount: row.amount,
  unallocated: row.unallocated,
  bookedUnallocated: row.booked_unallocated,
  state: row.state,
  receivedOn: row.received_on,
  dueOn: row.due_on,
  earmarks: row.earmarks.map((it) => ({ ...it, amount: BigInt(it.amount) })),
  allocations: [],
});

export interface AllocationRow extends OfCustomer {
  credit_id: string;
  kind: CreditKind;
  invoice_id: string;
  instalment_no: number;
  amount: bigint;
  booked: bigint | null;
  credit_amount: bigint;
}

export const allocationRow = (customerId: string, credit: Credit, paid: Allocation): AllocationRow => ({
  customer_id: customerId,
  credit_id: credit.creditId,
  kind: credit.kind,
  invoice_id: paid.invoiceId,
  instalment_no: paid.instalmentNo,
  amount: paid.amount,
  booked: paid.booked,
  credit_amount: paid.creditAmount,
});

export const disputeRow = (customerId: string, dispute: Dispute) => ({
  customer_id: customerId,
  dispute_id: dispute.disputeId,
  invoice_id: dispute.invoiceId,
  currency: dispute.currency,
  amount: dispute.amount,
  is_resolved: dispute.isResolved,
});
export type DisputeRow = ReturnType<typeof disputeRow>;
