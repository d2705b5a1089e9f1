import { hundredthsText, percentReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** A line's discount is more than a representative may grant. Exactly the maximum still passes. */
export const discountAuthorityRule: Rule = ({ order, parameters }) => {
  const { discountAuthority } = parameters;
  if (!discountAuthority || order.discountPercent <= discountAuthority.maxPercent) return null;

  const { maxPercent } = discountAuthority;
  const message = `A line discount of ${hundredthsText(order.discountPercent)} % is above the ${hundredthsText(maxPercent)} % that the representative may grant`;
  return percentReason('discount-authority', order.discountPercent, maxPercent, message);
};
