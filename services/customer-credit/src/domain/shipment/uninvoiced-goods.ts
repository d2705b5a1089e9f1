import { daysBetween } from '@ordergate/money';
import type { CustomerOrder } from '../order/customer-order.ts';

/** Goods of an order that have left. */
export interface GoodsOut {
  /** What they are worth. */
  minor: bigint;
  currency: string;
  /** The business day on which they left. */
  leftOn: string;
  /** Somebody was told already that no invoice had come. */
  isAlerted: boolean;
}

export interface UninvoicedGoods<Goods extends GoodsOut> {
  goods: Goods[];
  /** Minor units of the order's currency. */
  minor: bigint;
  /** The business day on which the first of them left, and how many days ago that is. */
  leftOn: string;
  days: number;
}

/**
 * What has been out for more days than allowed, has no invoice, and was told to nobody yet; null if there is none.
 * Invoices count for what left first. Goods valued in another currency than their order's count as all of it.
 */
export function uninvoicedGoods<Goods extends GoodsOut>(
  { shipped, invoiced, currency }: Pick<CustomerOrder, 'shipped' | 'invoiced' | 'currency'>,
  goods: readonly Goods[],
  { daysMax, businessDay }: { daysMax: number; businessDay: string },
): UninvoicedGoods<Goods> | null {
  let open = shipped - invoiced;
  let minor = 0n;
  const overdue: Goods[] = [];
  for (const one of goods.toSorted((a, b) => (a.leftOn < b.leftOn ? 1 : -1))) {
    const uninvoiced = one.currency === currency && one.minor < open ? one.minor : open;
    if (uninvoiced <= 0n) continue;
    open -= uninvoiced;
    if (one.isAlerted || daysBetween(one.leftOn, businessDay) <= daysMax) continue;
    overdue.push(one);
    minor += uninvoiced;
  }
  const first = overdue.at(-1);
  if (!first) return null;
  return { goods: overdue, minor, leftOn: first.leftOn, days: daysBetween(first.leftOn, businessDay) };
}
