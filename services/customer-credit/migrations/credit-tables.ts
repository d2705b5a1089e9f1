import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, orders, decisions and the exposure ledger. Every hot table leads with customer_id (ARCHITECTURE.md). */
export class CreditTables1790000000010 implements MigrationInterface {
  name = 'CreditTables1790000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit_account (
        customer_id text primary key,
        currency text,
        limit_kind text not null default 'none' check (limit_kind in ('amount', 'unlimited', 'none')),
        limit_minor bigint check ((limit_minor is not null) = (limit_kind = 'amount')),
        limit_valid_until date,
        risk_class text,
        screening text not null default 'passed',
        segment text,
        sales_rep_id text,
        credit_group_id text,
        payment_terms_days int,
        blocks jsonb not null default '[]',
        master_updated_at timestamptz,
        source_limits jsonb not null default '{}',
        open_orders bigint not null default 0,
        shipped_not_invoiced bigint not null default 0,
        receivables bigint not null default 0,
        instruments_in_hand bigint not null default 0,
        unallocated_credits bigint not null default 0,
        oldest_due_on date,
        has_unconverted boolean not null default false,
        open_holds int not null default 0,
        seq bigint not null default 0
      ) with (fillfactor = 70);
      comment on column credit_account.currency is 'null: a stub, so that there is a row to lock; not an account';

      create table customer_order (
        customer_id text not null,
        order_id text not null,
        order_version int not null,
        content_hash text not null,
        status text not null check (status in ('approved', 'released', 'held', 'cancelled', 'none')),
        currency text,
        rate text,
        total bigint not null default 0,
        approved bigint not null default 0,
        shipped bigint not null default 0,
        invoiced bigint not null default 0,
        ceiling bigint,
        valid_until date,
        conditions text not null default '',
        prepaid boolean not null default false,
        placed_at timestamptz,
        held_for text[] not null default '{}',
        primary key (customer_id, order_id)
      ) with (fillfactor = 85);
      create index customer_order_held on customer_order (customer_id) where status = 'held';

      create table shipment (
        customer_id text not null,
        order_id text not null,
        shipment_id text not null,
        event text not null,
        primary key (customer_id, shipment_id, event)
      );
      comment on table shipment is 'Shipments and returns that were counted, so that a sender who changes message ids is counted once';

      create table decision (
        customer_id text not null,
        seq bigint not null,
        decision_id uuid not null,
        order_id text not null,
        order_version int,
        outcome text not null check (outcome in ('approved', 'held', 'released', 'declined')),
        decided_at timestamptz not null,
        business_day date not null,
        policy_version text not null,
        decided_by text not null,
        currency text,
        total bigint,
        account_currency text,
        total_in_account_currency bigint,
        rate text,
        open_orders bigint not null,
        shipped_not_invoiced bigint not null,
        receivables bigint not null,
        instruments_in_hand bigint not null,
        unallocated_credits bigint not null,
        limit_kind text not null,
        limit_minor bigint,
        adds bigint,
        ceiling bigint,
        valid_until date,
        reasons jsonb,
        facts jsonb,
        primary key (customer_id, seq)
      );
      create index decision_id on decision (decision_id);
      create index decision_order on decision (customer_id, order_id);

      create table ledger_entry (
        customer_id text not null,
        seq bigint not null,
        open_orders bigint not null,
        shipped_not_invoiced bigint not null,
        receivables bigint not null,
        instruments_in_hand bigint not null,
        unallocated_credits bigint not null,
        caused_by text not null,
        business_day date not null,
        primary key (customer_id, seq)
      );
      comment on table ledger_entry is 'Append-only: the buckets of credit_account are the sums of these';

      create table exchange_rate (
        from_currency text not null,
        to_currency text not null,
        business_day date not null,
        rate text not null,
        primary key (from_currency, to_currency, business_day)
      );

      create table reevaluation_job (
        job_id uuid primary key,
        kind text not null,
        detail jsonb not null,
        cursor text not null default '',
        ended_at timestamptz
      );

      create table command_outcome (
        command_id text primary key,
        customer_id text not null,
        status int not null,
        body jsonb not null,
        stored_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table command_outcome, reevaluation_job, exchange_rate, ledger_entry, decision, shipment, customer_order, credit_account',
    );
  }
}
