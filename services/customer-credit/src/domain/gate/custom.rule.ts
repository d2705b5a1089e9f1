import { readsAmounts } from '../policy/expression-facts.ts';
import type { Reason } from './reason.ts';
import type { RuleOfMany } from './rule.ts';

const none: readonly Reason[] = [];
const messageMax = 500;

/**
 * The policy's own rules, each under its own code: an expression over the facts is true. One that cannot be answered holds
 * as well and says why, since the gate fails closed.
 */
export const customRules: RuleOfMany = (facts) => {
  const { custom } = facts.parameters;
  if (custom.length === 0) return none;
  const hasAmounts = facts.order.total !== null && !facts.account.hasUnconverted;
  return custom.flatMap(({ name, expression, message, asked }) => {
    if (!hasAmounts && readsAmounts(asked)) return none;
    const answer = asked.isTrue(facts);
    if (answer === false) return none;
    const said = answer === true ? (message ?? expression) : `Its expression cannot be answered: ${answer.failed}`;
    return { code: name, message: said.slice(0, messageMax) };
  });
};
