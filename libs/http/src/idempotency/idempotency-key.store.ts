import type { Sql } from '@ordergate/database';
import { randomUUID } from 'node:crypto';

export interface KeyedRequest {
  userId: string;
  route: string;
  key: string;
  bodyHash: Buffer;
}

export interface StoredAnswer {
  status: number;
  location: string | null;
  /** JSON; null = an empty body. */
  body: string | null;
}

export type Claim =
  | { outcome: 'ours'; attemptId: string }
  | { outcome: 'answered'; answer: StoredAnswer }
  | { outcome: 'in-flight' }
  | { outcome: 'other-body' };

// After this time without an answer the process that had the request is taken for dead.
const inFlightSecondsMax = 30;
const keptDays = 7;

/** Takes the key for this request, or says why not. Of requests at the same time one gets it. */
export async function claimKey(sql: Sql, { userId, route, key, bodyHash }: KeyedRequest): Promise<Claim> {
  const attemptId = randomUUID();
  const taken = await sql.query(
    `insert into idempotency_key as k (user_id, route, key, body_hash, attempt_id, taken_at)
     values ($1, $2, $3, $4, $5, now())
     on conflict (user_id, route, key) do update
       set body_hash = excluded.body_hash, attempt_id = excluded.attempt_id, taken_at = now(),
           status = null, location = null, body = null
       where k.taken_at < now() - make_interval(days => $6)
          or (k.status is null and k.body_hash = excluded.body_hash and k.taken_at < now() - make_interval(secs => $7))
     returning attempt_id`,
    [userId, route, key, bodyHash, attemptId, keptDays, inFlightSecondsMax],
  );
  if (taken.length > 0) return { outcome: 'ours', attemptId };

  const [row] = await sql.query<{ body_hash: Buffer; status: number | null } & Omit<StoredAnswer, 'status'>>(
    'select body_hash, status, location, body from idempotency_key where user_id = $1 and route = $2 and key = $3',
    [userId, route, key],
  );
  // Given up between the two statements: the caller's next attempt will get it.
  if (!row) return { outcome: 'in-flight' };
  if (!bodyHash.equals(row.body_hash)) return { outcome: 'other-body' };
  if (row.status === null) return { outcome: 'in-flight' };
  return { outcome: 'answered', answer: { status: row.status, location: row.location, body: row.body } };
}

/** Keeps the answer. A request that was taken over meanwhile keeps nothing. */
export async function keepAnswer(sql: Sql, attemptId: string, request: KeyedRequest, answer: StoredAnswer) {
  await sql.query(
    `update idempotency_key set status = $5, location = $6, body = $7
     where user_id = $1 and route = $2 and key = $3 and attempt_id = $4`,
    [request.userId, request.route, request.key, attemptId, answer.status, answer.location, answer.body],
  );
}

/** Gives the key back: the request may be sent again as if it were new. */
export async function releaseKey(sql: Sql, attemptId: string, request: KeyedRequest) {
  await sql.query('delete from idempotency_key where user_id = $1 and route = $2 and key = $3 and attempt_id = $4', [
    request.userId,
    request.route,
    request.key,
    attemptId,
  ]);
}

/** Deletes keys older than 7 days, at most 10,000 a call; returns how many. Call it now and then (hourly). */
export async function pruneIdempotencyKeys(sql: Sql): Promise<number> {
  const rows = await sql.query(
    `delete from idempotency_key where ctid in (
       select ctid from idempotency_key where taken_at < now() - make_interval(days => $1) limit 10000)
     returning 1 as deleted`,
    [keptDays],
  );
  return rows.length;
}
