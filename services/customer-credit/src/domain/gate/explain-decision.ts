import type { Parameters } from '../policy/parameters.ts';
import type { Policy } from '../policy/policy.ts';
import { sectionsFor, selectParameters, type PolicySubject } from '../policy/select-parameters.ts';
import { decideOrder } from './decide-order.ts';
import type { Decision } from './decision.ts';
import { factsAgain } from './facts-record.ts';
import type { GateFacts } from './rule.ts';
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
  const { rules, origins } = sectionsFor(policy, subjectOf(facts));
  const names = [...rulesInOrder, ...Object.keys(rules).filter((name) => name.startsWith('custom:'))];
  const verdicts = names.map((rule): Verdict => {
    const reasons = decision.reasons.filter(({ code }) => code === rule);
    const parameters = rules[rule as keyof typeof rules];
    const isOn = alwaysOn.has(rule) || (parameters !== undefined && parameters !== 'off');
    const scopes = Object.fromEntries(
      Object.entries(origins).filter(([path]) => path === rule || path.startsWith(`${rule}.`)),
    );
    return {
      rule,
      verdict: reasons.length > 0 ? 'held' : !isOn ? 'off' : wasAsked ? 'passed' : 'not-asked',
      reasons,
      ...(isOn && typeof parameters === 'object' && { parameters }),
      ...(Object.keys(scopes).length > 0 && { scopes }),
    };
  });
  return { facts, verdicts };
}

/**
 * Decides again from the stored facts. Same facts, same answer, for ever: of a release by people that what they overruled is
 * the same, and that the policy lets them.
 */
export function recompute(decision: Decision, policy: Policy): Recomputed {
  const because = notAsked(decision);
  const facts = because ? null : factsOf(decision, policy);
  const reasons = facts ? decideOrder(facts) : decision.reasons;
  const outcome = reasons.length === 0 ? 'approved' : 'held';
  const isSame = !facts || (areSameReasons(reasons, decision.reasons) && isGivenAgain(decision, outcome, facts));
  return { reasons, outcome, isSame, ...(because && { because }) };
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
