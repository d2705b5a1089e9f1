import { amountText, moneyReason } from './reason.ts';
import type { Rule } from './rule.ts';

/**
 * A large order split over several, for one customer or several names of one buyer, by one representative: each stays
 * within the threshold, together they pass it. A single order above the threshold is not split; exactly it still passes.
 */
export const orderSplittingRule: Rule = ({ account, order, parameters }) => {
  const { orderSplitting } = parameters;
  const { split, total } = order;
  if (!orderSplitting || split === null || total === null || split.orders < 2) return null;
  const { threshold, windowDays } = orderSplitting;
  if (total > threshold || split.total <= threshold) return null;

  const { currency } = account;
  const message = `${split.orders} orders by representative ${split.salesRepId} within ${windowDays} days, each within ${amountText(threshold, currency)}, come to ${amountText(split.total, currency)}`;
  return moneyReason('order-splitting', currency, split.total, threshold, message);
};
