import { accountBlockedRule } from './account-blocked.rule.ts';
import { creditLimitRule } from './credit-limit.rule.ts';
import { currencyRateMissingRule } from './currency-rate-missing.rule.ts';
import { oldestOpenItemRule } from './oldest-open-item.rule.ts';
import { orderValueRule } from './order-value.rule.ts';
import { overdueItemsRule } from './overdue-items.rule.ts';
import type { Reason } from './reason.ts';
import type { GateFacts, KnownAccountFacts, Rule } from './rule.ts';
import { unknownCustomer } from './unknown-customer.rule.ts';

/** In the order in which reasons are published. */
const rules: readonly Rule[] = [
  accountBlockedRule,
  creditLimitRule,
  overdueItemsRule,
  oldestOpenItemRule,
  orderValueRule,
  currencyRateMissingRule,
];

/** Every reason for which the order must wait; none means approved. All rules are always asked. */
export function decideOrder(facts: GateFacts): Reason[] {
  if (!isKnown(facts)) return [unknownCustomer];
  const reasons: Reason[] = [];
  for (const rule of rules) {
    const reason = rule(facts);
    if (reason) reasons.push(reason);
  }
  return reasons;
}

function isKnown(facts: GateFacts): facts is KnownAccountFacts {
  return facts.account.currency !== null;
}

/** The gate could not decide: such holds are decided again when their cause goes (SEMANTICS.md 15). */
export const undecidedCodes: readonly string[] = ['unknown-customer', 'currency-rate-missing', 'technical-error'];
