import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the gate asks of earlier orders, of the customer and of those linked to it. */
export class OrderHistory1790000000060 implements MigrationInterface {
  name = 'OrderHistory1790000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit_account add column recent_orders text;
      comment on column credit_account.recent_orders is
        'the newest orders, one a line: id, day, amount, representative; null while no policy asks for them';

      create table customer_link (
        customer_id text not null,
        link text not null,
        primary key (customer_id, link)
      );
      create index customer_link_by_link on customer_link (link, customer_id);
      comment on table customer_link is 'what customers may have in common, as salted hashes: who has the same is perhaps one buyer';
      create table customer_link_salt as select gen_random_uuid()::text as salt;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table customer_link, customer_link_salt; alter table credit_account drop column recent_orders',
    );
  }
}
