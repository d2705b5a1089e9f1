import type { CreditAccount, CreditLimit, LimitRaised, SpecialTerms } from './credit-account.ts';
import type { CreditGroup } from './credit-group.ts';
import { limitInForce } from './limit-in-force.ts';

/** What an account's limits allow on a business day: its own, and those of its segments. */
export interface AllowedLimits {
  own: CreditLimit;
  segments: SpecialTerms['segmentLimits'];
}

export function allowedOn(account: CreditAccount, businessDay: string): AllowedLimits {
  return { own: limitInForce(account, businessDay).limit, segments: account.terms.segmentLimits };
}

/** Whether a change lets the account owe more than before, as a whole or in a segment. A segment without a limit is unlimited. */
export function isRaised(before: AllowedLimits, after: AllowedLimits): boolean {
  if (allowsMore(after.own, before.own)) return true;
  return Object.entries(before.segments ?? {}).some(([segment, { limit }]) =>
    allowsMore(after.segments?.[segment]?.limit ?? { kind: 'unlimited' }, limit),
  );
}

/** Whether a changed group lets its members owe more. One that left the group above it, or counts in another currency, may. */
export function isGroupRaised(before: CreditGroup, after: CreditGroup): boolean {
  const isUnderTheSame = before.parentId === null || before.parentId === after.parentId;
  return !isUnderTheSame || before.currency !== after.currency || allowsMore(after.limit, before.limit);
}

/** Who has raised a limit on the day, with the one who does so now. */
export function raisedBy(limitRaised: LimitRaised | undefined, on: string, userId: string): LimitRaised {
  const others = limitRaised?.on === on ? limitRaised.by.filter((other) => other !== userId) : [];
  return { on, by: [...others, userId] };
}

function allowsMore(limit: CreditLimit, other: CreditLimit): boolean {
  if (limit.kind === 'none' || other.kind === 'unlimited') return false;
  if (limit.kind === 'unlimited') return true;
  return other.kind === 'none' || limit.minor > other.minor;
}
