import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the gate asks of an account beside its limit and exposure. */
export class GateFacts1790000000020 implements MigrationInterface {
  name = 'GateFacts1790000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit_account
        add column special_terms jsonb not null default '{}',
        add column standing jsonb not null default '{}';
      comment on column credit_account.special_terms is
        'agreed beside the base limit: temporary and segment limits, review day, collateral, forced holds';
      comment on column credit_account.standing is 'how the customer pays, as collections last told';
      comment on column customer_order.conditions is 'JSON of what is not as usual: payment, terms, segment, representative, discounts';
      update customer_order set conditions = '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table credit_account drop column special_terms, drop column standing');
  }
}
