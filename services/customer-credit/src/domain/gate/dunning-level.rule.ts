import type { Rule } from './rule.ts';

/** Reminders have gone too far to sell more on credit. Exactly the allowed level still passes. */
export const dunningLevelRule: Rule = ({ account, order, parameters }) => {
  const { dunningLevel } = parameters;
  const level = account.standing.dunningLevel;
  if (!dunningLevel || order.prepaid || level <= dunningLevel.max) return null;

  return {
    code: 'dunning-level',
    message: `The account's dunning level is ${level}; up to ${dunningLevel.max} is allowed`,
    measured: String(level),
    threshold: String(dunningLevel.max),
  };
};
