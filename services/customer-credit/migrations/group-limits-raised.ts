import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who makes room in a credit group does not release its members' orders on the same day. */
export class GroupLimitsRaised1790000000100 implements MigrationInterface {
  name = 'GroupLimitsRaised1790000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit_group add column limit_raised jsonb;
      comment on column credit_group.limit_raised is 'who has raised its limit last, and on which business day';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table credit_group drop column limit_raised');
  }
}
