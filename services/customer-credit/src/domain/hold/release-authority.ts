import type { PersonsWord } from '../gate/decision.ts';
import { amountText, hundredthsText, type Reason } from '../gate/reason.ts';
import type { ReleaseAuthority, ReleaseParameters } from '../policy/parameters.ts';

/** A limit that the order would exceed. */
export interface ExceededLimit {
  code: string;
  /** The segment or credit group; null: the account's own limit. */
  subject: string | null;
  /** Beyond the limit, and the limit, in minor units of the limit's currency. */
  excess: bigint;
  limit: bigint;
  /** The excess in the account's currency; null when there is no rate. */
  inAccountCurrency: bigint | null;
}

/** Who wants to release. */
export interface Releaser {
  userId: string;
  roles: readonly string[];
  /** Whose orders the person sells: such a person does not release them. */
  salesReps: readonly string[];
}

/** What a release is judged by. */
export interface ReleaseFacts {
  accountCurrency: string;
  reasons: readonly Reason[];
  exceeded: readonly ExceededLimit[];
  salesRepId: string | null;
  /** User ids of those who have raised a limit of the account, or of a credit group that it is in, on this business day. */
  limitRaisedBy: readonly string[];
}

export type ReleaseVerdict =
  | { outcome: 'may' }
  /** Within the person's authority, and above what one person does alone. */
  | { outcome: 'needs-second-person'; why: string }
  | { outcome: 'refused'; code: 'not-releasable' | 'own-order' | 'same-person' | 'authority-exceeded'; why: string };

/** What the gate cannot know, nobody can overrule; a blocked account is unblocked first, by who may. */
const neverReleased: Readonly<Record<string, string>> = {
  'unknown-customer': 'no credit account exists to reserve credit on',
  'technical-error': 'the order could not be read; it can be declined, or sent again',
  'currency-rate-missing': 'what the order is worth is not known until the rate comes',
  'account-blocked': 'the account is blocked; the block has to be lifted first',
};

/**
 * Whether this person may release the order: what cannot be overruled, whose order it is, who has raised the limit today,
 * how much the person's roles may exceed and overrule, and whether it takes two.
 */
export function decideRelease(facts: ReleaseFacts, person: Releaser, release: ReleaseParameters): ReleaseVerdict {
  return (
    mayBeReleased(facts, release) ??
    isNobodysOwn(facts, person) ??
    hasAuthority(facts, person, release.authority) ??
    takesTwo(facts, release) ?? { outcome: 'may' }
  );
}

function mayBeReleased({ reasons }: ReleaseFacts, { overInsuranceStop }: ReleaseParameters): ReleaseVerdict | null {
  for (const { code, message } of reasons) {
    const why = neverReleased[code];
    if (why) return refused('not-releasable', `${code}: ${why}`);
    if (code === 'insurance-stop' && !overInsuranceStop)
      return refused('not-releasable', `insurance-stop: ${message}; the policy lets nobody overrule that`);
  }
  return null;
}

/** Whether those who released an order had the authority, by what is stored of it. */
export function mayHaveReleased(
  { persons, exceeded = [], salesRepId }: PersonsWord,
  reasons: readonly Reason[],
  accountCurrency: string,
  release: ReleaseParameters,
): boolean {
  const facts: ReleaseFacts = {
    ...{ accountCurrency, reasons, salesRepId: salesRepId ?? null, limitRaisedBy: [] },
    exceeded: exceeded.map(({ code, subject, excess, limit, inAccountCurrency }) => ({
      ...{ code, subject, excess: BigInt(excess), limit: BigInt(limit) },
      inAccountCurrency: inAccountCurrency === null ? null : BigInt(inAccountCurrency),
    })),
  };
  return persons.every(({ userId, roles }) => {
    const { outcome } = decideRelease(facts, { userId, roles, salesReps: [] }, release);
    return outcome === 'may' || (outcome === 'needs-second-person' && persons.length > 1);
  });
}

/** Segregation of duties: who sells does not release, nor does who has made room for it today. */
function isNobodysOwn(
  { salesRepId, limitRaisedBy }: ReleaseFacts,
  { userId, salesReps }: Releaser,
): ReleaseVerdict | null {
  if (salesRepId !== null && (salesRepId === userId || salesReps.includes(salesRepId)))
    return refused('own-order', `The order is of representative ${salesRepId}, for whom ${userId} sells`);
  if (limitRaisedBy.includes(userId))
    return refused(
      'same-person',
      `${userId} has raised a limit of this account or of its credit group today; somebody else releases its orders`,
    );
  return null;
}

/** One entry of the policy has to allow all of it. */
function hasAuthority(
  facts: ReleaseFacts,
  { roles }: Releaser,
  authority: readonly ReleaseAuthority[],
): ReleaseVerdict | null {
  const own = authority.filter(({ role }) => roles.includes(role));
  if (own.length === 0) {
    const may = [...new Set(authority.map(({ role }) => role))].join(', ');
    return refused(
      'authority-exceeded',
      `The policy lets ${may} release held orders, not ${roles.join(', ') || 'you'}`,
    );
  }
  const beyond = own.map((entry) => beyondAuthority(facts, entry));
  if (beyond.includes(null)) return null;
  return refused('authority-exceeded', beyond.join('; '));
}

/** What of the release is beyond this entry; null when nothing is. */
function beyondAuthority({ reasons, exceeded, accountCurrency }: ReleaseFacts, entry: ReleaseAuthority): string | null {
  const { role, amountMax, percentMax, overrules } = entry;
  const foreign = reasons.find(({ code }) => overrules && !overrulesCode(overrules, code));
  if (foreign) return `${role} may not overrule ${foreign.code}`;
  for (const limit of exceeded) {
    const { inAccountCurrency, subject } = limit;
    const of = subject === null ? 'the limit' : `the limit of ${subject}`;
    if (amountMax !== undefined && inAccountCurrency === null)
      return `${role} may exceed a limit by up to ${amountText(amountMax, accountCurrency)}; there is no rate to say by how much ${of} is exceeded`;
    if (amountMax !== undefined && inAccountCurrency! > amountMax)
      return `${role} may exceed a limit by up to ${amountText(amountMax, accountCurrency)}; ${of} is exceeded by ${amountText(inAccountCurrency!, accountCurrency)}`;
    if (percentMax !== undefined && limit.excess * 100_00n > limit.limit * percentMax)
      return `${role} may exceed a limit by up to ${hundredthsText(percentMax)} %; ${of} is exceeded by ${percentOfLimit(limit)}`;
  }
  return null;
}

function overrulesCode(overrules: readonly string[], code: string): boolean {
  return overrules.includes(code) || (code.startsWith('custom:') && overrules.includes('custom:*'));
}

/** Rounded up, so that what is too much never reads like what is allowed. */
function percentOfLimit({ excess, limit }: ExceededLimit): string {
  if (limit === 0n) return 'all of the order, since it is nothing';
  return `${hundredthsText((excess * 100_00n + limit - 1n) / limit)} %`;
}

function takesTwo(
  { exceeded, accountCurrency }: ReleaseFacts,
  { fourEyesAbove }: ReleaseParameters,
): ReleaseVerdict | null {
  if (fourEyesAbove === undefined) return null;
  const beyond = exceeded.find(({ inAccountCurrency: excess }) => excess === null || excess > fourEyesAbove);
  if (!beyond) return null;
  const { inAccountCurrency: excess } = beyond;
  const by = excess === null ? 'an amount that has no rate' : amountText(excess, accountCurrency);
  const why = `The limit is exceeded by ${by}; above ${amountText(fourEyesAbove, accountCurrency)} it takes two`;
  return { outcome: 'needs-second-person', why };
}

function refused(code: Extract<ReleaseVerdict, { outcome: 'refused' }>['code'], why: string): ReleaseVerdict {
  return { outcome: 'refused', code, why };
}
