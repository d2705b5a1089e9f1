import { daysReason } from './reason.ts';
import type { Rule } from './rule.ts';

/**
 * Nobody sells on longer terms than the customer has agreed, or than its class may have at most. An order that names no
 * terms has the agreed ones. Exactly the allowed days still pass.
 */
export const paymentTermsRule: Rule = ({ account, order, parameters }) => {
  const { paymentTerms } = parameters;
  const terms = order.paymentTermsDays ?? account.paymentTermsDays;
  if (!paymentTerms || order.prepaid || terms === null) return null;

  const [agreed, max] = [account.paymentTermsDays ?? Infinity, paymentTerms.maxDays ?? Infinity];
  const allowed = Math.min(agreed, max);
  if (terms <= allowed) return null;

  const whose = agreed <= max ? 'that are agreed with the customer' : 'that the policy allows';
  const message = `Payment terms of ${terms} days are longer than the ${allowed} days ${whose}`;
  return daysReason('payment-terms', terms, allowed, message);
};
