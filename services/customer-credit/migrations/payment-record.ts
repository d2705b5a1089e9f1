import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers have paid and how late, as collections tells it: for the windows of `payment-behaviour`. */
export class PaymentRecord1790000000041 implements MigrationInterface {
  name = 'PaymentRecord1790000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_record (
        customer_id text not null,
        currency text not null,
        paid_on date not null,
        days_late int not null,
        amount bigint not null check (amount > 0),
        primary key (customer_id, currency, paid_on, days_late)
      );
      comment on table payment_record is 'What was paid, by day and days late, in minor units, as collections last told';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table payment_record');
  }
}
