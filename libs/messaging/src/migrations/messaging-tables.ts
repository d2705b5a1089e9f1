import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every service needs to take messages effectively once and to tell what it did: SEMANTICS.md 1–5 and 16. */
export class MessagingTables1790000000000 implements MigrationInterface {
  name = 'MessagingTables1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lane_partition (
        consumer text not null,
        partition int not null,
        epoch bigint not null default 0,
        position bigint not null default 0,
        published_position bigint not null default 0,
        primary key (consumer, partition)
      );
      comment on table lane_partition is 'Who may write for a partition (epoch), and how far its log is written and published';

      create table message_log (
        consumer text not null,
        partition int not null,
        position bigint not null,
        logged_on date not null,
        id uuid not null,
        aggregatetype text not null,
        aggregateid text not null,
        type text not null,
        payload text,
        payload_bytes bytea,
        headers text not null,
        primary key (consumer, partition, position, logged_on)
      ) partition by range (logged_on);
      create table message_log_default partition of message_log default;
      comment on table message_log is 'The outbox: append-only, day partitions are dropped by retention';

      create table inbox (
        customer_id text not null,
        consumer text not null,
        source text not null,
        id text not null,
        content_hash text not null,
        received_on date not null,
        primary key (customer_id, consumer, source, id)
      );
      create index inbox_received_on on inbox using brin (received_on);

      create table parked_message (
        customer_id text not null,
        consumer text not null,
        topic text not null,
        parked_no bigint generated always as identity,
        partition int not null,
        record_partition int not null,
        record_offset bigint not null,
        key bytea,
        value bytea,
        headers jsonb not null,
        reason text not null,
        parked_at timestamptz not null,
        wanted text check (wanted in ('retry', 'discard')),
        wanted_by text,
        wanted_why text,
        primary key (customer_id, consumer, topic, parked_no)
      );

      create table parked_message_outcome (
        parked_no bigint primary key,
        customer_id text not null,
        topic text not null,
        outcome text not null,
        wanted_by text,
        wanted_why text,
        ended_at timestamptz not null
      );

      create table business_day (
        one_row boolean primary key default true check (one_row),
        business_day date not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table business_day, parked_message_outcome, parked_message, inbox, message_log, lane_partition',
    );
  }
}
