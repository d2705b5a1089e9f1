import type { Rule } from './rule.ts';

/** A person has put the customer or this order on hold. Carries the reason of the first one; never released automatically. */
export const forcedHoldRule: Rule = ({ account }) => {
  const [hold] = account.forcedHolds;
  if (!hold) return null;

  const what = hold.orderId === null ? 'The customer' : 'The order';
  return { code: 'forced-hold', message: `${what} is held by a person: ${hold.reason}` };
};
