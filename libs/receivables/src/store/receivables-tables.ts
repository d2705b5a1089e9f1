import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The books of all customers, in the database of each service that keeps them. */
export class ReceivablesTables1790000000001 implements MigrationInterface {
  name = 'ReceivablesTables1790000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table receivable_item (
        customer_id text not null,
        invoice_id text not null,
        instalment_no int not null,
        order_id text,
        currency text not null,
        amount bigint not null,
        open bigint not null check (open >= 0),
        invoiced bigint not null check (invoiced >= 0),
        booked_amount bigint,
        booked_open bigint,
        booked_invoiced bigint,
        disputed bigint not null check (disputed between 0 and open),
        issued_on date not null,
        due_on date not null,
        primary key (customer_id, invoice_id, instalment_no)
      );
      create index receivable_item_live on receivable_item (customer_id) where open <> 0 or booked_amount is null;
      create index receivable_item_unconverted on receivable_item (customer_id) where booked_amount is null;
      comment on table receivable_item is 'Invoice instalments in minor units; booked_* in the account''s currency, null while there is no rate';

      create table receivable_credit (
        customer_id text not null,
        credit_id text not null,
        kind text not null check (kind in ('payment', 'credit-note', 'instrument', 'write-off')),
        currency text not null,
        amount bigint not null,
        unallocated bigint not null check (unallocated >= 0),
        booked_unallocated bigint,
        state text not null check (state in ('posted', 'in-hand', 'cleared', 'bounced', 'reversed')),
        received_on date not null,
        due_on date,
        earmarks jsonb not null,
        primary key (customer_id, credit_id, kind)
      );
      create index receivable_credit_live on receivable_credit (customer_id) where unallocated <> 0 or state = 'in-hand';
      comment on column receivable_credit.earmarks is 'Parts that wait for invoices which are not posted yet: [{ invoiceId, amount in minor units }]';

      create table receivable_allocation (
        customer_id text not null,
        credit_id text not null,
        kind text not null,
        invoice_id text not null,
        instalment_no int not null,
        amount bigint not null,
        booked bigint,
        credit_amount bigint not null,
        primary key (customer_id, credit_id, kind, invoice_id, instalment_no)
      );
      create index receivable_allocation_of_item on receivable_allocation (customer_id, invoice_id, instalment_no);
      comment on table receivable_allocation is 'What a credit has paid of an item, so that a bounce or a reversal can take it back exactly';

      create table receivable_dispute (
        customer_id text not null,
        dispute_id text not null,
        invoice_id text not null,
        currency text,
        amount bigint,
        is_resolved boolean not null,
        primary key (customer_id, dispute_id)
      );
      create index receivable_dispute_live on receivable_dispute (customer_id) where not is_resolved;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table receivable_dispute, receivable_allocation, receivable_credit, receivable_item');
  }
}
