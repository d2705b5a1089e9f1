import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credit groups: customers, and groups of them, whose exposure is also checked as one pool. */
export class CreditGroups1790000000040 implements MigrationInterface {
  name = 'CreditGroups1790000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credit_group (
        group_id text primary key,
        parent_id text references credit_group,
        depth int not null,
        currency text not null,
        limit_kind text not null check (limit_kind in ('amount', 'unlimited', 'none')),
        limit_minor bigint check ((limit_minor is not null) = (limit_kind = 'amount')),
        exposure bigint not null,
        share_in_parent bigint not null,
        changed_by text not null,
        changed_at timestamptz not null
      ) with (fillfactor = 50);
      comment on column credit_group.depth is '0 at the top; pools are locked from the deepest up';
      comment on column credit_group.exposure is 'sum of the shares of its accounts and of the groups under it';

      alter table credit_account
        add column pool_id text,
        add column pool_share bigint not null default 0;
      comment on column credit_account.pool_id is 'the credit group that counts pool_share, in its currency';
      create index credit_account_group on credit_account (credit_group_id) where credit_group_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop index credit_account_group; alter table credit_account drop column pool_id, drop column pool_share; drop table credit_group',
    );
  }
}
