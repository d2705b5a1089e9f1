import type { Policy, RuleName } from './policy.ts';

const asked = new WeakMap<Policy, Map<RuleName, boolean>>();

/** Whether any order could be asked this rule: what it needs is loaded then. */
export function asksAnywhere(policy: Policy, rule: RuleName): boolean {
  let rules = asked.get(policy);
  if (!rules) asked.set(policy, (rules = new Map()));
  let isAsked = rules.get(rule);
  if (isAsked === undefined) {
    isAsked = [policy, ...policy.scopes].some(({ rules: named }) => typeof named?.[rule] === 'object');
    rules.set(rule, isAsked);
  }
  return isAsked;
}
