import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds as cases: one row an order that is or was held, and what happened to the case beside decisions. */
export class CreditHolds1790000000070 implements MigrationInterface {
  name = 'CreditHolds1790000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit_hold (
        customer_id text not null,
        order_id text not null,
        order_version int,
        status text not null check (status in ('open', 'ready', 'released', 'declined', 'cancelled', 'expired')),
        opened_at timestamptz not null,
        opened_on date not null,
        closed_on date check ((closed_on is null) = (status in ('open', 'ready'))),
        seq bigint not null,
        updated_at timestamptz not null,
        reasons jsonb not null,
        reason_codes text[] not null,
        currency text,
        total bigint,
        account_currency text,
        total_in_account_currency bigint,
        excess bigint,
        priority int not null,
        sales_rep_id text,
        segment text,
        risk_class text,
        requested_delivery_on date,
        order_priority int,
        assigned_to text,
        review_on date,
        release_request jsonb,
        is_retired boolean not null default false,
        primary key (customer_id, order_id)
      ) with (fillfactor = 85);
      comment on table credit_hold is 'A held order as a case; written again when the order is held anew after it closed';
      comment on column credit_hold.excess is 'beyond the limit, in minor units of the account''s currency; null when no limit is exceeded';
      comment on column credit_hold.release_request is 'a release that waits for its second person';
      comment on column credit_hold.is_retired is 'the tombstone on credit-holds is published';
      create index credit_hold_by_order on credit_hold (order_id);
      create index credit_hold_work_list on credit_hold (priority desc, opened_at) where status in ('open', 'ready');
      create index credit_hold_to_retire on credit_hold (closed_on, customer_id) where closed_on is not null and not is_retired;

      create table hold_event (
        customer_id text not null,
        order_id text not null,
        seq bigint not null,
        kind text not null,
        happened_at timestamptz not null,
        business_day date not null,
        happened_by text not null,
        why text,
        before jsonb,
        after jsonb,
        primary key (customer_id, order_id, seq)
      );
      comment on table hold_event is 'Append-only: what happened to a hold that is no decision; decisions are in their own table';

      alter table customer_order drop constraint customer_order_status_check;
      alter table customer_order add check (status in ('approved', 'released', 'held', 'declined', 'cancelled', 'none'));

      insert into credit_hold (customer_id, order_id, order_version, status, opened_at, opened_on, seq, updated_at, reasons,
        reason_codes, currency, total, account_currency, total_in_account_currency, priority, sales_rep_id, segment)
      select o.customer_id, o.order_id, nullif(o.order_version, 0), case when o.held_for = '{forced-hold}' then 'ready' else 'open' end,
        d.decided_at, d.business_day, d.seq, d.decided_at, coalesce(d.reasons, '[]'), o.held_for, o.currency,
        case when o.currency is null then null else o.total end, d.account_currency, d.total_in_account_currency, 0,
        a.sales_rep_id, a.segment
      from customer_order o join credit_account a using (customer_id) cross join lateral (
        select * from decision where customer_id = o.customer_id and order_id = o.order_id order by seq desc limit 1
      ) d where o.status = 'held';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table hold_event, credit_hold;
      update customer_order set status = 'cancelled' where status = 'declined';
      alter table customer_order drop constraint customer_order_status_check;
      alter table customer_order add check (status in ('approved', 'released', 'held', 'cancelled', 'none'));
    `);
  }
}
