import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The history of accounts and credit groups: every change with who, when, before, after and why. */
export class AccountChanges1790000000050 implements MigrationInterface {
  name = 'AccountChanges1790000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_change (
        customer_id text not null,
        seq bigint not null,
        type text not null,
        data jsonb not null,
        changed_at timestamptz not null,
        primary key (customer_id, seq)
      );
      create table credit_group_change (
        group_id text not null,
        changed_at timestamptz not null,
        before jsonb,
        after jsonb not null,
        reason text not null,
        changed_by text not null,
        primary key (group_id, changed_at)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table credit_group_change, account_change');
  }
}
