import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table behind the header Idempotency-Key; a migration of every service that takes writes over HTTP. */
export class CreateIdempotencyKey1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table idempotency_key (
        user_id text not null,
        route text not null,
        key text not null,
        body_hash bytea not null,
        attempt_id uuid not null,
        taken_at timestamptz not null,
        status int,
        location text,
        body text,
        primary key (user_id, route, key)
      )`);
    await runner.query('create index idempotency_key_taken_at on idempotency_key (taken_at)');
    await runner.query(`comment on column idempotency_key.status is 'null while the request is being handled'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key');
  }
}
