import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked again and again while orders are held: which orders wait for a rate, and how far a job has come. */
export class HoldWork1790000000080 implements MigrationInterface {
  name = 'HoldWork1790000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index customer_order_without_rate on customer_order (customer_id)
        where uncompared is not null or (rate is null and shipped <> 0);
      alter table reevaluation_job
        add column accounts_told int not null default 0,
        add column started_at timestamptz not null default now();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table reevaluation_job drop column accounts_told, drop column started_at;
      drop index customer_order_without_rate;
    `);
  }
}
