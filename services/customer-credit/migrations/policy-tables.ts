import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies: what was written, when which is in force, what was proved about each, and the one that runs in the shadow. */
export class PolicyTables1790000000030 implements MigrationInterface {
  name = 'PolicyTables1790000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy (
        version text primary key,
        document jsonb not null,
        note text,
        written_by text not null,
        written_at timestamptz not null
      );

      create table policy_activation (
        activation_no bigint generated always as identity primary key,
        version text not null references policy,
        effective_on date not null,
        reason text not null,
        activated_by text not null,
        activated_at timestamptz not null
      );
      comment on table policy_activation is 'In force on a day: the newest of those that are effective by then';

      create table policy_check (
        version text not null references policy,
        kind text not null check (kind in ('scenarios', 'backtest')),
        passed boolean not null,
        summary text not null,
        reported_by text not null,
        reported_at timestamptz not null,
        primary key (version, kind)
      );

      create table shadow_policy (
        one_row boolean primary key default true check (one_row),
        version text not null references policy,
        set_by text not null,
        set_at timestamptz not null
      );

      create table shadow_difference (
        customer_id text not null,
        seq bigint not null,
        shadow_version text not null,
        order_id text not null,
        outcome text not null,
        shadow_outcome text not null,
        reasons jsonb not null,
        shadow_reasons jsonb not null,
        decided_at timestamptz not null,
        primary key (customer_id, seq, shadow_version)
      );
      create index shadow_difference_newest on shadow_difference (shadow_version, decided_at);
      comment on table shadow_difference is 'Orders that the shadow policy would have answered otherwise';

      create index credit_account_with_holds on credit_account (customer_id) where open_holds > 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index credit_account_with_holds;
      drop table shadow_difference, shadow_policy, policy_check, policy_activation, policy`);
  }
}
