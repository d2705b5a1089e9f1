import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to each order, by whom and why; numbered under the lock of the order's row, so a reader misses none. */
export class Timeline1790000200000 implements MigrationInterface {
  name = 'Timeline1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_order
        add column heard_seq bigint,
        add column entries int not null default 0;
      update customer_order set heard_seq = decision_seq;
      comment on column customer_order.heard_seq is 'The highest seq that the gate has told of the order; what is older is a repeat';
      comment on column customer_order.entries is 'How many entries its timeline has';
      alter table shipment add column returned json;

      create table timeline_entry (
        order_id text collate "C" not null,
        customer_id text collate "C" not null,
        entry_no int not null,
        what text not null,
        happened_at timestamptz not null,
        done_by text not null,
        status text not null,
        details json not null,
        primary key (order_id, customer_id, entry_no)
      );
      comment on table timeline_entry is 'Append-only. entry_no counts for each order as the book heard of things, happened_at is by the clock of who told';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table timeline_entry;
      alter table shipment drop column returned;
      alter table customer_order drop column heard_seq, drop column entries`);
  }
}
