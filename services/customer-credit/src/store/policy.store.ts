import type { Sql } from '@ordergate/database';

/** A version as it was written; it never changes. */
export interface WrittenPolicy {
  version: string;
  document: object;
  note: string | null;
  writtenBy: string;
  writtenAt: Date;
}

/** False when the version is known already. */
export async function savePolicy(
  sql: Sql,
  { version, document, note, writtenBy, writtenAt }: WrittenPolicy,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into policy (version, document, note, written_by, written_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning 1`,
    [version, JSON.stringify(document), note, writtenBy, writtenAt],
  );
  return rows.length > 0;
}

export async function readWrittenPolicy(sql: Sql, version: string): Promise<WrittenPolicy | undefined> {
  const [policy] = await sql.query<WrittenPolicy>(
    `select version, document, note, written_by as "writtenBy", written_at as "writtenAt" from policy where version = $1`,
    [version],
  );
  return policy;
}

/** Which versions a decision of the day is taken with; null: none was ever activated, none runs in the shadow. */
export async function versionsInForce(
  sql: Sql,
  businessDay: string,
): Promise<{ live: string | null; shadow: string | null }> {
  const [versions] = await sql.query<{ live: string | null; shadow: string | null }>(
    `select (select version from policy_activation where effective_on <= $1 order by activation_no desc limit 1) as live,
       (select version from shadow_policy) as shadow`,
    [businessDay],
  );
  return versions!;
}

export interface Activation {
  version: string;
  effectiveOn: string;
  reason: string;
  activatedBy: string;
  activatedAt: Date;
}

export async function saveActivation(
  sql: Sql,
  { version, effectiveOn, reason, activatedBy, activatedAt }: Activation,
): Promise<void> {
  await sql.query(
    `insert into policy_activation (version, effective_on, reason, activated_by, activated_at) values ($1, $2, $3, $4, $5)`,
    [version, effectiveOn, reason, activatedBy, activatedAt],
  );
}

/** Newest first. */
export async function readActivations(sql: Sql, version?: string): Promise<Activation[]> {
  return sql.query<Activation>(
    `select version, effective_on as "effectiveOn", reason, activated_by as "activatedBy", activated_at as "activatedAt"
     from policy_activation where $1::text is null or version = $1 order by activation_no desc`,
    [version ?? null],
  );
}

/** What a tool has proved about a version; a newer report replaces the older. */
export interface PolicyCheck {
  kind: 'scenarios' | 'backtest';
  passed: boolean;
  summary: string;
  reportedBy: string;
  reportedAt: Date;
}

export async function savePolicyCheck(
  sql: Sql,
  version: string,
  { kind, passed, summary, reportedBy, reportedAt }: PolicyCheck,
): Promise<void> {
  await sql.query(
    `insert into policy_check (version, kind, passed, summary, reported_by, reported_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (version, kind) do update set passed = excluded.passed, summary = excluded.summary,
       reported_by = excluded.reported_by, reported_at = excluded.reported_at`,
    [version, kind, passed, summary, reportedBy, reportedAt],
  );
}

export async function readPolicyChecks(sql: Sql, version: string): Promise<PolicyCheck[]> {
  return sql.query<PolicyCheck>(
    `select kind, passed, summary, reported_by as "reportedBy", reported_at as "reportedAt"
     from policy_check where version = $1 order by kind`,
    [version],
  );
}

/** Newest first, those written before `before` when it is given. */
export async function listPolicies(
  sql: Sql,
  { before, limit }: { before: { writtenAt: string; version: string } | undefined; limit: number },
): Promise<Omit<WrittenPolicy, 'document'>[]> {
  return sql.query(
    `select version, note, written_by as "writtenBy", written_at as "writtenAt" from policy
     where $1::timestamptz is null or (written_at, version) < ($1, $2) order by written_at desc, version desc limit $3`,
    [before?.writtenAt ?? null, before?.version ?? null, limit],
  );
}

/** The candidate that every order is also decided with, without effect; null ends it. */
export async function setShadow(
  sql: Sql,
  shadow: { version: string; setBy: string; setAt: Date } | null,
): Promise<void> {
  if (shadow === null) await sql.query('delete from shadow_policy');
  else
    await sql.query(
      `insert into shadow_policy (version, set_by, set_at) values ($1, $2, $3)
       on conflict (one_row) do update set version = excluded.version, set_by = excluded.set_by, set_at = excluded.set_at`,
      [shadow.version, shadow.setBy, shadow.setAt],
    );
}

export async function shadowVersion(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ version: string }>('select version from shadow_policy');
  return row?.version ?? null;
}
