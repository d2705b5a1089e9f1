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
  | {
      outcome: 'taken';
      registered: boolean;
      /** null: there was no account. */
      currencyBefore: string | null;
      /** null: limit and validity are what they were. An amount is in the currency before. */
      limitBefore: CreditLimit | null;
      riskClassBefore: string | null;
    };

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
  const before = { ...account };
  if (!registered && account.currency !== record.currency) forgetLimits(account);
  const { currency, limit, limitValidUntil, source, updatedAt, ...rest } = record;
  Object.assign(account, rest, { currency, masterUpdatedAt: updatedAt });
  if (limit !== null) takeLimit(account, { limit, limitValidUntil, source });
  account.blocks = account.blocks.filter(({ kind }) => kind !== 'closed');
  const isSameLimit =
    limitKey(before.limit) === limitKey(account.limit) &&
    before.limitValidUntil === account.limitValidUntil &&
    (registered || before.currency === currency);
  return {
    outcome: 'taken',
    registered,
    currencyBefore: before.currency,
    limitBefore: isSameLimit ? null : before.limit,
    riskClassBefore: before.riskClass,
  };
}

/** A limit is an amount of the old currency; nobody has granted that number of the new one. */
function forgetLimits(account: CreditAccount): void {
  account.sourceLimits = {};
  account.limitValidUntil = null;
  if (account.limit.kind === 'amount') account.limit = { kind: 'none' };
  const { reviewOn, forcedHolds } = account.terms;
  account.terms = { ...(reviewOn && { reviewOn }), ...(forcedHolds && { forcedHolds }) };
}

type ToldLimit = Pick<MasterRecord, 'limitValidUntil' | 'source'> & { limit: CreditLimit };

/** A limit comes and goes with its validity. */
function takeLimit(account: CreditAccount, { limit, limitValidUntil, source }: ToldLimit): void {
  const told = `${limitKey(limit)}${limitValidUntil === null ? '' : ` until ${limitValidUntil}`}`;
  if (account.sourceLimits[source] === told) return;
  account.sourceLimits = { ...account.sourceLimits, [source]: told };
  account.limit = limit;
  account.limitValidUntil = limitValidUntil;
}

/** Two limits are the same when this is. */
export function limitKey(limit: CreditLimit): string {
  return limit.kind === 'amount' ? `amount ${limit.minor}` : limit.kind;
}
