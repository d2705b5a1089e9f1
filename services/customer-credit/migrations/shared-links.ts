import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which links more than one customer has: the others need not be followed for every order. */
export class SharedLinks1790000000095 implements MigrationInterface {
  name = 'SharedLinks1790000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_link add column is_shared boolean not null default false;
      comment on column customer_link.is_shared is 'another customer has it, or has had it';
      update customer_link one set is_shared = true where exists (
        select 1 from customer_link other where other.link = one.link and other.customer_id <> one.customer_id);
      create index customer_link_shared on customer_link (customer_id) where is_shared;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table customer_link drop column is_shared');
  }
}
