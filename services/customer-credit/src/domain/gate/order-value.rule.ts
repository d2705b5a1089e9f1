import { amountText, moneyReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** A single order of this size needs a person. Exactly the maximum still passes. */
export const orderValueRule: Rule = ({ account, order, parameters }) => {
  const { orderValue } = parameters;
  if (!orderValue || order.total === null || order.total <= orderValue.max) return null;

  return moneyReason(
    'order-value',
    account.currency,
    order.total,
    orderValue.max,
    `A single order of ${amountText(order.total, account.currency)} needs a person`,
  );
};
