import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How customers pay, and what their paying has been. */
export class StandingTables1790000000031 implements MigrationInterface {
  name = 'StandingTables1790000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer_standing (
        customer_id text primary key,
        business_day date,
        stands_until date,
        currency text not null,
        overdue bigint not null,
        oldest_overdue_days int not null,
        disputed bigint not null,
        dunning_level int not null,
        weighted_days_late bigint not null,
        score int,
        ageing jsonb not null
      );
      create index customer_standing_until on customer_standing (stands_until);
      comment on column customer_standing.business_day is 'Of the message that told it; null: it was never told, since no day had started';
      comment on column customer_standing.stands_until is 'The last day on which it holds if nothing comes; null: for ever';
      comment on column customer_standing.weighted_days_late is 'Hundredths of a day';

      create table paid_amount (
        customer_id text not null,
        currency text not null,
        paid_on date not null,
        days_late int not null,
        amount bigint not null,
        primary key (customer_id, currency, paid_on, days_late)
      );
      comment on table paid_amount is 'What was paid, by day and days late, in minor units: the payment record';

      create table customer_job (
        job_id text primary key,
        kind text not null,
        business_day date not null,
        cursor text not null,
        ended_at timestamptz
      );
      create index customer_job_open on customer_job (job_id) where ended_at is null;
      comment on table customer_job is 'Facts that concern many customers: each is sent a command, in order of id; cursor is the last that was';

      insert into paid_amount
        select customer_id, item.currency, paid.paid_on, days_late, sum(allocation.amount)
        from receivable_allocation allocation
          join receivable_item item using (customer_id, invoice_id, instalment_no)
          join receivable_credit credit using (customer_id, credit_id, kind)
          cross join lateral (select greatest(credit.received_on, credit.due_on) as paid_on) paid
          cross join lateral (select least(greatest(paid.paid_on - item.due_on, 0), 36500) as days_late) late
        where (credit.kind = 'payment' and credit.state = 'posted') or (credit.kind = 'instrument' and credit.state = 'cleared')
        group by 1, 2, 3, 4;
      insert into customer_standing
        select distinct on (customer_id) customer_id, null::date, date '1900-01-01', currency, 0, 0, 0, 0, 0, null::int, '[]'::jsonb
        from receivable_item order by customer_id, due_on;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table customer_job, paid_amount, customer_standing');
  }
}
