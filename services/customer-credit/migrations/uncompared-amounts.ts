import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was told of an order in a currency that had no rate, so that it can be told right when the rate comes. */
export class UncomparedAmounts1790000000025 implements MigrationInterface {
  name = 'UncomparedAmounts1790000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_order add column uncompared jsonb;
      comment on column customer_order.uncompared is
        'sums that had no rate, by currency: [{ of: shipped or invoiced, currency, minor, isBooked, countedAs in the order''s currency }]; null = none';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table customer_order drop column uncompared');
  }
}
