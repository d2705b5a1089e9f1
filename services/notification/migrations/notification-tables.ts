import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told, what about, and what became of it. The only tables of Ordergate beside the customers' with personal data. */
export class NotificationTables1790000000040 implements MigrationInterface {
  name = 'NotificationTables1790000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer (
        customer_id text primary key,
        name text not null,
        language text not null,
        sales_rep_id text,
        email text,
        contacts jsonb not null,
        updated_at timestamptz not null
      );
      comment on column customer.updated_at is 'when the record changed at its source; an older one changes nothing';

      create table recipient (
        recipient_id text primary key,
        name text,
        email text not null,
        language text not null default 'en',
        holds text not null default 'every' check (holds in ('every', 'none')),
        is_configured boolean not null default false,
        changed_by text,
        changed_at timestamptz not null default now()
      );
      comment on column recipient.is_configured is 'the address comes from the environment and follows it at each start';

      create table notification (
        customer_id text not null,
        notification_id text not null,
        order_id text not null,
        decision_id text not null,
        recipient_id text not null,
        template text not null,
        facts jsonb not null,
        traceparent text,
        status text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'recorded')),
        created_at timestamptz not null,
        due_at timestamptz not null default now(),
        attempts int not null default 0,
        attempt_open boolean not null default false,
        unknown_attempts int not null default 0,
        sent_to text,
        language text,
        problem text,
        settled_at timestamptz,
        told_at timestamptz,
        primary key (customer_id, notification_id)
      );
      comment on column notification.due_at is 'when it is tried next; while an attempt runs, when it counts as dead';
      comment on column notification.attempt_open is 'an attempt has begun and its outcome is not known';
      comment on column notification.unknown_attempts is 'attempts of which nobody knows whether the server took the mail';
      comment on column notification.told_at is 'when its outcome was published on the topic notifications';
      create index notification_due on notification (due_at) where status = 'pending';
      create index notification_untold on notification (settled_at) where told_at is null and status in ('sent', 'failed');
      create index notification_created_at on notification (created_at, notification_id);
      create index notification_order_id on notification (order_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notification, recipient, customer');
  }
}
