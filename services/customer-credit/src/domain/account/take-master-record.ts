import type { CreditAccount, CreditLimit } from './credit-account.ts';
import { movesNothing } from './exposure.ts';

/** The whole master record of a customer, as its source tells it. */
export interface MasterRecord {
  currency: string;
  /** null: the source says nothing about a limit. */
  limit: CreditLimit | null;
  limitValidUntil: string | null;
  riskClass: string | null;
  screening: string;
  segment: string | null;
  salesRepId: string | null;
  creditGroupId: string | null;
  paymentTermsDays: number | null;
  updatedAt: Date;
  source: string;
}

export type RecordTaken =
  | { outcome: 'ignored'; because: 'older' }
  | { outcome: 'refused'; violation: string }
  | { outcome: 'taken'; registered: boolean; limitBefore: CreditLimit | null; riskClassBefore: string | null };

/**
 * Takes a master record over (SEMANTICS.md 14). An older one changes nothing. The first limit is taken; a later one only
 * if its source has changed its mind, so that an ERP's resend does not undo an analyst's change.
 */
export function takeMasterRecord(account: CreditAccount, record: MasterRecord): RecordTaken {
  if (account.masterUpdatedAt && record.updatedAt < account.masterUpdatedAt)
    return { outcome: 'ignored', because: 'older' };
  const registered = account.currency === null;
  if (!registered && account.currency !== record.currency && !movesNothing(account.exposure)) {
    return {
      outcome: 'refused',
      violation: `currency ${record.currency} differs from the account's ${account.currency}, which has exposure; settle it first`,
    };
  }
  const before = { limit: account.limit, riskClass: account.riskClass };
  const { currency, limit, source, updatedAt, ...rest } = record;
  Object.assign(account, rest, { currency, masterUpdatedAt: updatedAt });
  const changed = limit !== null && takeLimit(account, limit, source);
  account.blocks = account.blocks.filter(({ kind }) => kind !== 'closed');
  return {
    outcome: 'taken',
    registered,
    limitBefore: changed ? before.limit : null,
    riskClassBefore: before.riskClass,
  };
}

function takeLimit(account: CreditAccount, limit: CreditLimit, source: string): boolean {
  const told = limitKey(limit);
  if (account.sourceLimits[source] === told) return false;
  account.sourceLimits = { ...account.sourceLimits, [source]: told };
  if (limitKey(account.limit) === told) return false;
  account.limit = limit;
  return true;
}

/** Two limits are the same when this is. */
export function limitKey(limit: CreditLimit): string {
  return limit.kind === 'amount' ? `amount ${limit.minor}` : limit.kind;
}
