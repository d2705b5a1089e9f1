import type { RowSet, Sql } from '@ordergate/database';
import type { Book } from '../book/book.ts';
import {
  allocationRow,
  allocationRows,
  creditRow,
  creditRows,
  disputeRow,
  disputeRows,
  itemRow,
  itemRows,
} from './rows.ts';

const upsertItems = `
  insert into receivable_item (${itemRows.names}) select * from ${itemRows.from('item')}
  on conflict (customer_id, invoice_id, instalment_no) do update set
    open = excluded.open, invoiced = excluded.invoiced, disputed = excluded.disputed,
    booked_amount = excluded.booked_amount, booked_open = excluded.booked_open, booked_invoiced = excluded.booked_invoiced`;

const upsertCredits = `
  insert into receivable_credit (${creditRows.names}) select * from ${creditRows.from('credit')}
  on conflict (customer_id, credit_id, kind) do update set
    unallocated = excluded.unallocated, booked_unallocated = excluded.booked_unallocated,
    state = excluded.state, earmarks = excluded.earmarks`;

const upsertAllocations = `
  insert into receivable_allocation (${allocationRows.names}) select * from ${allocationRows.from('paid')}
  on conflict (customer_id, credit_id, kind, invoice_id, instalment_no) do update set
    amount = excluded.amount, booked = excluded.booked, credit_amount = excluded.credit_amount`;

const deleteAllocations = `
  delete from receivable_allocation paid using ${allocationRows.from('undone')}
  where (paid.customer_id, paid.credit_id, paid.kind, paid.invoice_id, paid.instalment_no)
      = (undone.customer_id, undone.credit_id, undone.kind, undone.invoice_id, undone.instalment_no)`;

const upsertDisputes = `
  insert into receivable_dispute (${disputeRows.names}) select * from ${disputeRows.from('dispute')}
  on conflict (customer_id, dispute_id) do update set
    currency = excluded.currency, amount = excluded.amount, is_resolved = excluded.is_resolved`;

/** Writes what has changed in these books since they were loaded, in at most five statements. Call it once a transaction. */
export async function saveBooks(sql: Sql, books: ReadonlyMap<string, Book>): Promise<void> {
  const changed = [...books.values()];
  const rows = <Row>(of: (book: Book) => Row[]): Row[] => changed.flatMap(of);
  await Promise.all([
    run(
      sql,
      upsertItems,
      itemRows,
      rows(({ customerId, changes }) => [...changes.items].map((item) => itemRow(customerId, item))),
    ),
    run(
      sql,
      upsertCredits,
      creditRows,
      rows(({ customerId, changes }) => [...changes.credits].map((credit) => creditRow(customerId, credit))),
    ),
    run(
      sql,
      deleteAllocations,
      allocationRows,
      rows((book) => allocationsOf(book, 'undoneAllocations')),
    ),
    run(
      sql,
      upsertAllocations,
      allocationRows,
      rows((book) => allocationsOf(book, 'allocations')),
    ),
    run(
      sql,
      upsertDisputes,
      disputeRows,
      rows(({ customerId, changes }) => [...changes.disputes].map((it) => disputeRow(customerId, it))),
    ),
  ]);
  for (const { changes } of changed) Object.values(changes).forEach((set: { clear(): void }) => set.clear());
}

const allocationsOf = ({ customerId, changes }: Book, which: 'allocations' | 'undoneAllocations') =>
  [...changes[which]].map(([paid, credit]) => allocationRow(customerId, credit, paid));

async function run<Name extends string>(
  sql: Sql,
  statement: string,
  set: RowSet<Name>,
  rows: readonly Record<Name, unknown>[],
): Promise<void> {
  if (rows.length > 0) await sql.query(statement, set.arrays(rows));
}
