import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest orders in a shorter form: what is kept in the old one is read from the orders again. */
export class ShortHistories1790000000096 implements MigrationInterface {
  name = 'ShortHistories1790000000096';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update credit_account set recent_orders = null where recent_orders is not null;
      comment on column credit_account.recent_orders is
        'the newest orders, one a line: marks of its id and its representative, amount and day in base 36; null while no policy asks for them';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('update credit_account set recent_orders = null where recent_orders is not null');
  }
}
