import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a decision moves stands in its own row: a row and an index entry less to write for each. The ledger is a view of all. */
export class LedgerInDecisions1790000000130 implements MigrationInterface {
  name = 'LedgerInDecisions1790000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table decision add column caused_by text, add column moves_open_orders bigint, add column moves_shipped_not_invoiced bigint;
      comment on column decision.caused_by is 'ce_source and ce_id of the message';
      comment on column decision.moves_open_orders is 'in the account''s exposure; null: the decision moves nothing';

      alter table ledger_entry rename to exposure_movement;
      alter table exposure_movement rename constraint ledger_entry_pkey to exposure_movement_pkey;
      comment on table exposure_movement is 'Append-only: what moves an account''s exposure without a decision of the same seq';

      update decision d set caused_by = m.caused_by, moves_open_orders = m.open_orders, moves_shipped_not_invoiced = m.shipped_not_invoiced
        from exposure_movement m where m.customer_id = d.customer_id and m.seq = d.seq;
      delete from exposure_movement m using decision d where m.customer_id = d.customer_id and m.seq = d.seq;

      create view ledger_entry as
        select customer_id, seq, open_orders, shipped_not_invoiced, receivables, instruments_in_hand, unallocated_credits, caused_by, business_day
          from exposure_movement
        union all
        select customer_id, seq, moves_open_orders, moves_shipped_not_invoiced, 0, 0, 0, caused_by, business_day
          from decision where moves_open_orders is not null;
      comment on view ledger_entry is 'The ledger: the buckets of credit_account are the sums of these';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into exposure_movement select * from ledger_entry e where not exists
        (select 1 from exposure_movement m where m.customer_id = e.customer_id and m.seq = e.seq);
      drop view ledger_entry;
      alter table exposure_movement rename to ledger_entry;
      alter table ledger_entry rename constraint exposure_movement_pkey to ledger_entry_pkey;
      alter table decision drop column caused_by, drop column moves_open_orders, drop column moves_shipped_not_invoiced;
    `);
  }
}
