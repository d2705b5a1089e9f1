import type { Parameters } from '../policy/parameters.ts';
import type { HoldPolicy, Policy } from '../policy/policy.ts';
import { sectionsFor, selectParameters, type PolicySubject } from '../policy/select-parameters.ts';
import { decideOrder } from './decide-order.ts';
import type { Decision } from './decision.ts';
import { factsAgain } from './facts-record.ts';
import type { GateFacts } from './rule.ts';
import { holdExpired } from '../hold/hold-expired.ts';
import { mayHaveReleased } from '../hold/release-authority.ts';
import { areSameReasons, type Reason } from './reason.ts';
import { unknownCustomer } from './unknown-customer.rule.ts';

/** What one rule said of an order. */
export interface Verdict {
  rule: string;
  /** `off`: the policy does not ask it here. `not-asked`: no rule was, the decision rests on something else. */
  verdict: 'passed' | 'held' | 'off' | 'not-asked';
  reasons: Reason[];
  /** As the policy names them. */
  parameters?: object;
  /** Where a parameter comes from when not from the policy's general part. */
  scopes?: Record<string, string>;
}

export interface Explanation {
  facts: GateFacts;
  verdicts: Verdict[];
}

export interface Recomputed {
  reasons: Reason[];
  outcome: 'approved' | 'held';
  isSame: boolean;
  /** Why the rules were not asked again, where they were not asked at first either. */
  because?: 'kept-approval' | 'undecided';
}

const alwaysOn = new Set([
  ...['account-blocked', 'screening-incomplete', 'credit-limit-exceeded', 'segment-limit-exceeded'],
  ...['group-limit-exceeded', 'limit-expired', 'insurance-stop', 'forced-hold', 'currency-rate-missing'],
]);
// In the order in which reasons are published.
const rulesInOrder = [
  ...['account-blocked', 'screening-incomplete', 'credit-limit-exceeded', 'segment-limit-exceeded'],
  ...['group-limit-exceeded', 'limit-expired', 'review-overdue', 'collateral-shortfall', 'overdue-items'],
  ...['oldest-open-item', 'dunning-level', 'order-value', 'payment-terms', 'discount-authority', 'payment-behaviour'],
  ...['risk-class', 'demand-spike', 'order-splitting', 'instrument-tenor', 'insurance-stop', 'forced-hold'],
  'currency-rate-missing',
];

/** The facts of a decision and what each rule said of them, from what is stored with it and its version of the policy. */
export function explainDecision(decision: Decision, policy: Policy): Explanation {
  const facts = factsOf(decision, policy);
  if (facts.account.currency === null) {
    return { facts, verdicts: [{ rule: unknownCustomer.code, verdict: 'held', reasons: [unknownCustomer] }] };
  }
  const wasAsked = notAsked(decision) === undefined;
  const { rules, holds, origins } = sectionsFor(policy, subjectOf(facts));
  const names = [...rulesInOrder, ...Object.keys(rules).filter((name) => name.startsWith('custom:'))];
  const verdicts = names.map((rule): Verdict => {
    const reasons = decision.reasons.filter(({ code }) => code === rule);
    const parameters = rules[rule as keyof typeof rules];
    const isOn = alwaysOn.has(rule) || (parameters !== undefined && parameters !== 'off');
    const scopes = scopesOf(rule, origins);
    return {
      rule,
      verdict: reasons.length > 0 ? 'held' : !isOn ? 'off' : wasAsked ? 'passed' : 'not-asked',
      reasons,
      ...(isOn && typeof parameters === 'object' && { parameters }),
      ...(Object.keys(scopes).length > 0 && { scopes }),
    };
  });
  if (decision.facts?.heldSince !== undefined) verdicts.push(expiryOf(decision, holds, origins));
  return { facts, verdicts };
}

const scopesOf = (path: string, origins: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(origins).filter(([its]) => its === path || its.startsWith(`${path}.`)));

/** No rule of the gate: the policy has ended the hold. */
function expiryOf({ reasons }: Decision, { expireAfterDays }: HoldPolicy, origins: Record<string, string>): Verdict {
  const scopes = scopesOf('holds.expireAfterDays', origins);
  return {
    ...{ rule: 'hold-expired', verdict: 'held', reasons: reasons.filter(({ code }) => code === 'hold-expired') },
    parameters: { expireAfterDays },
    ...(Object.keys(scopes).length > 0 && { scopes }),
  };
}

/**
 * Decides again from the stored facts. Same facts, same answer, for ever: of a release by people that what they overruled is
 * the same, and that the policy lets them.
 */
export function recompute(decision: Decision, policy: Policy): Recomputed {
  const because = notAsked(decision);
  const facts = because ? null : factsOf(decision, policy);
  const reasons = facts ? [...decideOrder(facts), ...expiredAgain(decision, policy, facts)] : decision.reasons;
  const outcome = reasons.length === 0 ? 'approved' : 'held';
  const isSame = !facts || (areSameReasons(reasons, decision.reasons) && isGivenAgain(decision, outcome, facts));
  return { reasons, outcome, isSame, ...(because && { because }) };
}

/** Why the policy ended the hold, where it has. */
function expiredAgain({ facts: kept, businessDay }: Decision, policy: Policy, facts: GateFacts): Reason[] {
  if (kept?.heldSince === undefined) return [];
  const expired = holdExpired(kept.heldSince, businessDay, sectionsFor(policy, subjectOf(facts)).holds);
  return expired ? [expired] : [];
}

function isGivenAgain(
  { outcome: given, facts, reasons }: Decision,
  outcome: string,
  { account, parameters }: GateFacts,
) {
  const word = facts?.word;
  if (!word) return (given === 'held' || given === 'declined') === (outcome === 'held');
  return given === 'declined' || mayHaveReleased(word, reasons, account.currency!, parameters.release);
}

/** An approval that was kept, and a message that could not be read, do not rest on the rules. */
function notAsked({ facts, reasons }: Decision): Recomputed['because'] {
  if (facts?.keptApproval) return 'kept-approval';
  return reasons.some(({ code }) => code === 'technical-error') ? 'undecided' : undefined;
}

/** What a policy is asked about a decision's order: the facts that were stored, with its own parameters. */
export function factsOf(decision: Decision, policy: Policy): GateFacts {
  const parametersFor = (facts: Omit<GateFacts, 'parameters'>): Parameters =>
    selectParameters(policy, subjectOf(facts));
  return factsAgain(decision, parametersFor);
}

function subjectOf({ account, order }: Omit<GateFacts, 'parameters'>): PolicySubject {
  return {
    currency: account.currency ?? order.currency,
    customerId: account.customerId,
    segment: order.segment ?? account.segment,
    riskClass: account.riskClass,
    groups: account.groups.map(({ id }) => id),
  };
}
