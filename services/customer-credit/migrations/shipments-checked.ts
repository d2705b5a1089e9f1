import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Approvals that expire and shipments that are asked for. Columns of customer_order are null until goods move, so that an
 * order that is only decided stores nothing more; the index on the last day is a summary of page ranges, which an insert
 * hardly touches.
 */
export class ShipmentsChecked1790000000090 implements MigrationInterface {
  name = 'ShipmentsChecked1790000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_order
        add column authorized bigint,
        add column lapsed_until bigint,
        add column uninvoiced_since date;
      comment on column customer_order.authorized is 'Authorized shipments that have not left; null while none was asked for';
      comment on column customer_order.lapsed_until is 'Authorizations of this seq or an earlier one have lapsed with the approval';
      comment on column customer_order.uninvoiced_since is 'The business day since which goods are out without an invoice';
      alter table customer_order drop constraint customer_order_status_check;
      alter table customer_order add check (status in ('approved', 'released', 'held', 'declined', 'cancelled', 'expired', 'none'));
      create index customer_order_valid_until on customer_order using brin (valid_until) with (pages_per_range = 16, autosummarize = on);
      create index customer_order_uninvoiced on customer_order (uninvoiced_since, customer_id) where uninvoiced_since is not null;

      create table shipment_request (
        customer_id text not null,
        shipment_id text not null,
        order_id text not null,
        asked bigint,
        asked_currency text,
        outcome text not null check (outcome in ('authorized', 'refused')),
        value bigint not null,
        currency text not null,
        reasons jsonb,
        seq bigint not null,
        decided_at timestamptz not null,
        business_day date not null,
        primary key (customer_id, shipment_id)
      );
      comment on table shipment_request is 'Append-only: what the warehouse asked and was told; a shipment is answered once';

      alter table shipment
        add column minor bigint,
        add column currency text,
        add column business_day date,
        add column alerted_on date;
      comment on column shipment.alerted_on is 'The day on which somebody was told that no invoice had come';
      create index shipment_of_order on shipment (customer_id, order_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index shipment_of_order;
      alter table shipment drop column minor, drop column currency, drop column business_day, drop column alerted_on;
      drop table shipment_request;
      update customer_order set status = 'cancelled' where status = 'expired';
      alter table customer_order drop constraint customer_order_status_check;
      alter table customer_order add check (status in ('approved', 'released', 'held', 'declined', 'cancelled', 'none'));
      drop index customer_order_uninvoiced, customer_order_valid_until;
      alter table customer_order drop column authorized, drop column lapsed_until, drop column uninvoiced_since;
    `);
  }
}
