import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which holds have been open for how long: of open ones alone, so that it stays small however many have closed. */
export class HoldsExpire1790000000120 implements MigrationInterface {
  name = 'HoldsExpire1790000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index credit_hold_held_since on credit_hold (opened_on) where status in ('open', 'ready')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index credit_hold_held_since');
  }
}
