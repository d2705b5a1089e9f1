import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers have promised, how far their reminders have gone, and by which rules. */
export class DunningTables1790000000032 implements MigrationInterface {
  name = 'DunningTables1790000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer add segment text, add risk_class text, add credit_group_id text;
      alter table customer_standing add promised jsonb not null default '[]', add dunned_on date;
      comment on column customer_standing.dunned_on is 'The last notice since the level was 0';

      create table commitment (
        customer_id text not null,
        kind text not null check (kind in ('promise', 'plan')),
        commitment_id text not null,
        currency text not null,
        instalments jsonb not null,
        receipts jsonb not null,
        state text not null check (state in ('open', 'kept', 'broken')),
        made_by text not null,
        made_at timestamptz not null,
        primary key (customer_id, kind, commitment_id)
      );
      create index commitment_open on commitment (customer_id) where state = 'open';
      comment on table commitment is 'Promises to pay and payment plans; amounts in minor units';

      create table dunning_policy (
        one_row boolean primary key default true check (one_row),
        version text not null,
        document jsonb not null
      );
      comment on table dunning_policy is 'What the active policy says about dunning';

      create table dunning_run (
        run_id text primary key,
        business_day date not null,
        started_by text not null,
        started_at timestamptz not null
      );
      create table dunning_run_customer (
        customer_id text not null,
        run_id text not null,
        outcome text,
        dunning_level int,
        primary key (customer_id, run_id)
      );
      create index dunning_run_customer_of_run on dunning_run_customer (run_id, customer_id);
      comment on column dunning_run_customer.outcome is '"raised", or why the level was left; null: not handled yet';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dunning_run_customer, dunning_run, dunning_policy, commitment;
      alter table customer_standing drop promised, drop dunned_on;
      alter table customer drop segment, drop risk_class, drop credit_group_id;
    `);
  }
}
