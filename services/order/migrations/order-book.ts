import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ids are compared byte by byte (collate "C"), the way the service sorts what it locks. No index names the status, and
 * pages keep room: so a decision rewrites its row in place and touches no index; that is a third of its cost.
 */
export class OrderBook1790000100000 implements MigrationInterface {
  name = 'OrderBook1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer_order (
        order_id text collate "C" not null,
        customer_id text collate "C" not null,
        status text not null,
        order_version int,
        content_hash text,
        total_minor numeric,
        total_currency text,
        placed_at timestamptz,
        sales_rep_id text,
        document json,
        cancelled_at timestamptz,
        cancel_reason text,
        decision_outcome text,
        decision_version int,
        decision_seq bigint,
        decision_document json,
        expired_on date,
        shipped_minor numeric,
        shipped_currency text,
        is_finally_shipped boolean not null,
        primary key (order_id, customer_id)
      ) with (fillfactor = 70);
      comment on table customer_order is 'The order book. A row without a version waits for its order: its decision, shipment or cancellation came first';
      comment on column customer_order.document is 'The newest version as its sender wrote it';
      comment on column customer_order.total_minor is 'Minor units; numeric, since 15 digits and 4 decimals exceed bigint';

      create unique index customer_order_owner on customer_order (order_id)
        where order_version is not null or cancelled_at is not null;
      comment on index customer_order_owner is 'An orderId belongs to the customer who first placed or cancelled it';

      create index customer_order_by_day on customer_order (placed_at, order_id) where order_version is not null;
      create index customer_order_of_customer on customer_order (customer_id, placed_at, order_id) where order_version is not null;
      create index customer_order_of_sales_rep on customer_order (sales_rep_id, placed_at, order_id) where sales_rep_id is not null;

      create table shipment (
        order_id text collate "C" not null,
        customer_id text collate "C" not null,
        shipment_id text collate "C" not null,
        requested_at timestamptz,
        requested_minor numeric,
        requested_currency text,
        answer_outcome text,
        answer_seq bigint,
        answer_minor numeric,
        answer_currency text,
        answer_reasons json,
        answered_at timestamptz,
        shipped_at timestamptz,
        shipped_minor numeric,
        shipped_currency text,
        is_final boolean not null,
        primary key (order_id, customer_id, shipment_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shipment, customer_order');
  }
}
