import type { Sql } from '@ordergate/database';
import { emptyBook, type Book } from '../book/book.ts';
import { creditKey } from '../book/credit.ts';
import { documentIdsOf, type ReceivableEvent } from '../receivable-event.ts';
import { creditOfRow, itemOf, type AllocationRow, type CreditRow, type DisputeRow, type ItemRow } from './rows.ts';

// $1: customers; $2, $3: the documents that events name, each with its customer.
const named = 'unnest($2::text[], $3::text[]) as named(customer_id, document_id)';

/** What is open or unconverted, named invoices, and what named credits have paid. */
const selectItems = `
  select * from receivable_item where customer_id = any($1) and (open <> 0 or booked_amount is null)
  union
  select item.* from ${named}
    join receivable_item item on item.customer_id = named.customer_id and item.invoice_id = named.document_id
  union
  select item.* from ${named}
    join receivable_allocation paid on paid.customer_id = named.customer_id and paid.credit_id = named.document_id
    join receivable_item item on (item.customer_id, item.invoice_id, item.instalment_no) = (paid.customer_id, paid.invoice_id, paid.instalment_no)
  order by customer_id, invoice_id, instalment_no`;

/** What has a rest or is in hand, named credits, and what has paid unconverted items. */
const selectCredits = `
  select * from receivable_credit where customer_id = any($1) and (unallocated <> 0 or state = 'in-hand')
  union
  select credit.* from ${named}
    join receivable_credit credit on credit.customer_id = named.customer_id and credit.credit_id = named.document_id
  union
  select credit.* from receivable_item item
    join receivable_allocation paid using (customer_id, invoice_id, instalment_no)
    join receivable_credit credit on (credit.customer_id, credit.credit_id, credit.kind) = (paid.customer_id, paid.credit_id, paid.kind)
    where item.customer_id = any($1) and item.booked_amount is null`;

/** Of the same credits, but not of those that are there for their rest alone: they may have paid thousands of items. */
const selectAllocations = `
  select paid.* from receivable_credit credit
    join receivable_allocation paid using (customer_id, credit_id, kind)
    where credit.customer_id = any($1) and credit.state = 'in-hand'
  union
  select paid.* from ${named}
    join receivable_allocation paid on paid.customer_id = named.customer_id and paid.credit_id = named.document_id
  union
  select paid.* from receivable_item item
    join receivable_allocation paid using (customer_id, invoice_id, instalment_no)
    where item.customer_id = any($1) and item.booked_amount is null
  order by customer_id, credit_id, kind, invoice_id, instalment_no`;

const selectDisputes = `
  select * from receivable_dispute where customer_id = any($1) and not is_resolved
  union
  select dispute.* from ${named}
    join receivable_dispute dispute on dispute.customer_id = named.customer_id and dispute.dispute_id = named.document_id`;

/**
 * The books of these customers as far as `events` and `convertUnconverted` need them: four statements, whatever the
 * number of customers. Every customer gets a book; lock the customers first, since nothing is locked here.
 */
export async function loadBooks(
  sql: Sql,
  customerIds: Iterable<string>,
  events: readonly ReceivableEvent[] = [],
): Promise<Map<string, Book>> {
  const books = new Map([...customerIds].map((customerId) => [customerId, emptyBook(customerId)]));
  const documents = events.flatMap((event) => documentIdsOf(event).map((id) => [event.customerId, id] as const));
  const customers = [...books.keys()];
  const withDocuments = [customers, documents.map(([customerId]) => customerId), documents.map(([, id]) => id)];
  const [items, credits, allocations, disputes] = await Promise.all([
    sql.query<ItemRow>(selectItems, withDocuments),
    sql.query<CreditRow>(selectCredits, withDocuments),
    sql.query<AllocationRow>(selectAllocations, withDocuments),
    sql.query<DisputeRow>(selectDisputes, withDocuments),
  ]);
  for (const row of items) enterItem(books.get(row.customer_id)!, row);
  for (const row of credits)
    books.get(row.customer_id)!.credits.set(creditKey(row.kind, row.credit_id), creditOfRow(row));
  for (const row of allocations) enterAllocation(books.get(row.customer_id)!, row);
  for (const row of disputes) enterDispute(books.get(row.customer_id)!, row);
  return books;
}

function enterItem({ items }: Book, row: ItemRow): void {
  const instalments = items.get(row.invoice_id);
  if (instalments) instalments.push(itemOf(row));
  else items.set(row.invoice_id, [itemOf(row)]);
}

function enterAllocation({ credits }: Book, row: AllocationRow): void {
  credits.get(creditKey(row.kind, row.credit_id))!.allocations.push({
    invoiceId: row.invoice_id,
    instalmentNo: row.instalment_no,
    amount: row.amount,
    booked: row.booked,
    creditAmount: row.credit_amount,
  });
}

function enterDispute({ disputes }: Book, row: DisputeRow): void {
  disputes.set(row.dispute_id, {
    disputeId: row.dispute_id,
    invoiceId: row.invoice_id,
    currency: row.currency,
    amount: row.amount,
    isResolved: row.is_resolved,
  });
}
