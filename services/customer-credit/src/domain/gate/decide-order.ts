import { accountBlockedRule } from './account-blocked.rule.ts';
import { collateralShortfallRule } from './collateral-shortfall.rule.ts';
import { creditLimitRule } from './credit-limit.rule.ts';
import { currencyRateMissingRule } from './currency-rate-missing.rule.ts';
import { customRules } from './custom.rule.ts';
import { demandSpikeRule } from './demand-spike.rule.ts';
import { discountAuthorityRule } from './discount-authority.rule.ts';
import { dunningLevelRule } from './dunning-level.rule.ts';
import { forcedHoldRule } from './forced-hold.rule.ts';
import { groupLimitRule } from './group-limit.rule.ts';
import { instrumentTenorRule } from './instrument-tenor.rule.ts';
import { insuranceStopRule } from './insurance-stop.rule.ts';
import { limitExpiredRule } from './limit-expired.rule.ts';
import { oldestOpenItemRule } from './oldest-open-item.rule.ts';
import { orderSplittingRule } from './order-splitting.rule.ts';
import { orderValueRule } from './order-value.rule.ts';
import { overdueItemsRule } from './overdue-items.rule.ts';
import { paymentBehaviourRule } from './payment-behaviour.rule.ts';
import { paymentTermsRule } from './payment-terms.rule.ts';
import type { Reason } from './reason.ts';
import { reviewOverdueRule } from './review-overdue.rule.ts';
import { riskClassRule } from './risk-class.rule.ts';
import type { GateFacts, KnownAccountFacts, Rule, RuleOfMany } from './rule.ts';
import { screeningIncompleteRule } from './screening-incomplete.rule.ts';
import { segmentLimitRule } from './segment-limit.rule.ts';
import { unknownCustomer } from './unknown-customer.rule.ts';

/** In the order in which reasons are published. */
export const gateRules: readonly (Rule | RuleOfMany)[] = [
  accountBlockedRule,
  screeningIncompleteRule,
  creditLimitRule,
  segmentLimitRule,
  groupLimitRule,
  limitExpiredRule,
  reviewOverdueRule,
  collateralShortfallRule,
  overdueItemsRule,
  oldestOpenItemRule,
  dunningLevelRule,
  orderValueRule,
  paymentTermsRule,
  discountAuthorityRule,
  paymentBehaviourRule,
  riskClassRule,
  demandSpikeRule,
  orderSplittingRule,
  instrumentTenorRule,
  insuranceStopRule,
  forcedHoldRule,
  currencyRateMissingRule,
  customRules,
];

/** Every reason for which the order must wait; none means approved. All rules are always asked. */
export function decideOrder(facts: GateFacts, rules = gateRules): Reason[] {
  if (!isKnown(facts)) return [unknownCustomer];
  const reasons: Reason[] = [];
  for (const rule of rules) {
    const found = rule(facts);
    if (found === null) continue;
    if ('code' in found) reasons.push(found);
    else reasons.push(...found);
  }
  return reasons;
}

function isKnown(facts: GateFacts): facts is KnownAccountFacts {
  return facts.account.currency !== null;
}

/** The gate could not decide: such holds are decided again when their cause goes (SEMANTICS.md 15). */
export const undecidedCodes: readonly string[] = ['unknown-customer', 'currency-rate-missing', 'technical-error'];
