import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom the receivables are against. Names live here and nowhere else in this database (SEMANTICS.md, "Who and whose"). */
export class CustomerTable1790000000030 implements MigrationInterface {
  name = 'CustomerTable1790000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer (
        customer_id text primary key,
        name text not null,
        currency text not null,
        language text not null,
        updated_at timestamptz not null
      );
      comment on column customer.updated_at is 'When the record changed at its source; an older one changes nothing';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table customer');
  }
}
