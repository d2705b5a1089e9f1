import type { SplitFacts } from '../gate/rule.ts';
import type { Parameters } from '../policy/parameters.ts';
import { markOfSalesRep, placeOf, salesRepAt, type OrderHistory } from './order-history.ts';
import type { OrderAsked } from './unusual-demand.ts';

/** Another customer's orders, and how its amounts are told in this account's currency; null without a rate. */
export interface LinkedHistory {
  history: OrderHistory;
  inAccountCurrency(minor: bigint): bigint | null;
}

/**
 * Orders by one representative that each stay within the threshold and together pass it: the order itself, the customer's
 * others within the window and those of linked customers. null when they do not.
 */
export function splitOrders(
  own: OrderHistory,
  linked: readonly LinkedHistory[],
  { orderId, day, total, salesRepId }: OrderAsked & { salesRepId: string },
  { windowDays, threshold }: NonNullable<Parameters['orderSplitting']>,
): SplitFacts | null {
  if (total > threshold) return null;
  const soldBy = markOfSalesRep(salesRepId);
  let orders = 1;
  let sum = total;
  const count = (history: OrderHistory, leftOut: number, amountOf: LinkedHistory['inAccountCurrency']): void => {
    history.days.forEach((other, at) => {
      if (at === leftOut || Math.abs(other - day) >= windowDays) return;
      const amount = amountOf(BigInt(history.totals[at]!));
      if (amount === null || amount > threshold || salesRepAt(history, at) !== soldBy) return;
      orders += 1;
      sum += amount;
    });
  };
  count(own, placeOf(own, orderId), (minor) => minor);
  for (const { history, inAccountCurrency } of linked) count(history, -1, inAccountCurrency);
  return orders > 1 && sum > threshold ? { salesRepId, orders, total: sum } : null;
}
