import { maxMinor } from '@ordergate/money';
import { isApproved, type CustomerOrder } from './customer-order.ts';

/** What of an order stands at the warehouse's door, or has left and waits for its invoice. */
export interface OrderGoods {
  /** Authorized and not left yet, in minor units of the order's currency: taken from the ceiling (SEMANTICS.md 12). */
  authorized: bigint;
  /** What was authorized under this `seq` of the account or an earlier one has lapsed. */
  lapsedUntil: bigint;
  /** The business day since which goods are out without an invoice; null: none are. */
  uninvoicedSince: string | null;
}

export const noGoods: OrderGoods = { authorized: 0n, lapsedUntil: 0n, uninvoicedSince: null };

/** What the approval still lets out, whatever was invoiced (SEMANTICS.md 8); nothing without one. */
export function leftToShip(order: CustomerOrder): bigint {
  if (!isApproved(order) || order.approval === null) return 0n;
  return maxMinor(0n, order.approval.ceiling - order.shipped - (order.goods ?? noGoods).authorized);
}

/** What of the order itself neither stands authorized nor has left. */
export function restOfOrder({ total, shipped, goods }: CustomerOrder): bigint {
  return maxMinor(0n, total - shipped - (goods ?? noGoods).authorized);
}

/** The order after a change: authorizations lapse with its approval, and goods wait for their invoice from the first day on. */
export function withGoods(order: CustomerOrder, seq: bigint, businessDay: string): CustomerOrder {
  const isUninvoiced = order.shipped > order.invoiced;
  if (order.goods === null && !isUninvoiced) return order;
  const goods = order.goods ?? noGoods;
  const lapses = goods.authorized > 0n && (!isApproved(order) || order.approval === null);
  order.goods = {
    ...(lapses
      ? { authorized: 0n, lapsedUntil: seq }
      : { authorized: goods.authorized, lapsedUntil: goods.lapsedUntil }),
    uninvoicedSince: isUninvoiced ? (goods.uninvoicedSince ?? businessDay) : null,
  };
  return order;
}
