import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Less to write for each decision: an order's decisions are a chain from its newest one back, in place of an index; the
 * index by id keeps hashes, not sorted ids; and facts are kept as they are told, not taken apart.
 */
export class DecisionsOfOrders1790000000110 implements MigrationInterface {
  name = 'DecisionsOfOrders1790000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_order add column decided_seq bigint;
      comment on column customer_order.decided_seq is 'seq of its newest decision';
      alter table decision add column previous_seq bigint, alter column facts type json using facts::json;
      comment on column decision.previous_seq is 'seq of the order''s decision before this one; null for its first';

      update decision d set previous_seq = chain.previous from (
        select customer_id, seq, lag(seq) over (partition by customer_id, order_id order by seq) as previous from decision
      ) chain where chain.customer_id = d.customer_id and chain.seq = d.seq and chain.previous is not null;
      update customer_order o set decided_seq = newest.seq from (
        select customer_id, order_id, max(seq) as seq from decision group by customer_id, order_id
      ) newest where newest.customer_id = o.customer_id and newest.order_id = o.order_id;

      drop index decision_order, decision_id;
      create index decision_id on decision using hash (decision_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index decision_id;
      create index decision_id on decision (decision_id);
      create index decision_order on decision (customer_id, order_id);
      alter table decision drop column previous_seq, alter column facts type jsonb using facts::jsonb;
      alter table customer_order drop column decided_seq;
    `);
  }
}
