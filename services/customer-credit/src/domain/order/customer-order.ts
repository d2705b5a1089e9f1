import { convert, maxMinor } from '@ordergate/money';
import { noExposure, type Exposure } from '../account/exposure.ts';
import type { OrderGoods } from './order-goods.ts';

/** `none`: goods or invoices came for an order that we have not seen. */
export type OrderStatus = 'approved' | 'released' | 'held' | 'declined' | 'cancelled' | 'expired' | 'none';

export type PaymentMethod = 'open-account' | 'prepaid' | 'instrument' | 'letter-of-credit';

/** What an order was placed on: unchanged, its approval is kept. */
export interface OrderConditions {
  paymentMethod: PaymentMethod;
  /** Days from invoice to due day, when the order names them. */
  paymentTermsDays: number | null;
  instrumentDueOn: string | null;
  segment: string | null;
  salesRepId: string | null;
  /** Of each line, in percent as it was written. */
  discounts: readonly string[];
}

export const usualConditions: OrderConditions = {
  paymentMethod: 'open-account',
  paymentTermsDays: null,
  instrumentDueOn: null,
  segment: null,
  salesRepId: null,
  discounts: [],
};

/** How soon an order is wanted, as its sender says. */
export interface OrderUrgency {
  requestedDeliveryOn: string | null;
  /** The sender's own; higher is more urgent. */
  priority: number | null;
}

/** What was told of an order in a currency that had no rate yet: one sum for each currency, so it does not grow. */
export interface UncomparedAmount {
  of: 'shipped' | 'invoiced';
  /** The account's own where only the order's currency had no rate. */
  currency: string;
  minor: bigint;
  /** Told in the account's currency, or converted at the rate at which it came: known to the ledger. */
  isBooked: boolean;
  /** What the order's `of` holds for it meanwhile, in the order's currency. */
  countedAs: bigint;
}

/** An order as the account's ledger sees it. Amounts are minor units of the order's own currency. */
export interface CustomerOrder {
  customerId: string;
  orderId: string;
  /** The newest version that was decided; 0 while only unreadable ones came. */
  version: number;
  /** Of the newest version, so that a resend is told from a change without a new number. */
  contentHash: string;
  status: OrderStatus;
  currency: string | null;
  /** Account currency for one unit of the order's, as booked when it was decided; null while there was none. */
  rate: string | null;
  total: bigint;
  /** A: reserved by the approval; 0 while held, and for prepaid orders. */
  approved: bigint;
  /** S and I: shipped, and invoiced net of credit notes that name its invoices. */
  shipped: bigint;
  invoiced: bigint;
  uncompared: readonly UncomparedAmount[];
  /** Stays with an order whose approval has expired. */
  approval: { ceiling: bigint; validUntil: string } | null;
  conditions: OrderConditions;
  prepaid: boolean;
  placedAt: Date | null;
  /** The codes of the reasons while held. */
  heldFor: string[];
  /** null until goods are asked for or leave. */
  goods: OrderGoods | null;
  /** Of its newest decision, which names the one before; null while there is none. */
  decidedSeq: bigint | null;
  /** Known while its message is in hand; a held order keeps it in its hold. */
  urgency?: OrderUrgency;
}

export function unseenOrder(customerId: string, orderId: string): CustomerOrder {
  return {
    customerId,
    orderId,
    version: 0,
    contentHash: '',
    status: 'none',
    currency: null,
    rate: null,
    total: 0n,
    approved: 0n,
    shipped: 0n,
    invoiced: 0n,
    uncompared: [],
    approval: null,
    conditions: usualConditions,
    prepaid: false,
    placedAt: null,
    heldFor: [],
    goods: null,
    decidedSeq: null,
  };
}

export function isApproved({ status }: CustomerOrder): boolean {
  return status === 'approved' || status === 'released';
}

/** The approval's last day is over while goods are left that it would have let out. */
export function isExpired(order: CustomerOrder, businessDay: string): boolean {
  const { approval, total, shipped } = order;
  return isApproved(order) && approval !== null && businessDay > approval.validUntil && total > shipped;
}

/**
 * The day itself ends the approval, since something is neither shipped nor invoiced. What is invoiced is no longer reserved,
 * and only whoever asks for its goods finds the approval over: else all orders of a company that tells nobody of its
 * shipments would be decided again for ever.
 */
export function endsWithTheDay(order: CustomerOrder, businessDay: string): boolean {
  return isExpired(order, businessDay) && order.total > order.invoiced;
}

/**
 * The order's share of the exposure, in the account's currency (SEMANTICS.md 8): what is approved and neither shipped
 * nor invoiced, and what is shipped and not invoiced. Converted at the order's own rate, so that it ends at zero; without
 * one only what is known in the account's currency counts.
 */
export function shareOf(order: CustomerOrder, accountCurrency: string | null): Exposure {
  if (!order.currency || !accountCurrency) return noExposure;
  if (!order.rate) {
    const known = (of: UncomparedAmount['of']): bigint =>
      order.uncompared.find((one) => one.of === of && one.isBooked && one.currency === accountCurrency)?.minor ?? 0n;
    return { ...noExposure, shippedNotInvoiced: maxMinor(0n, known('shipped') - known('invoiced')) };
  }
  const open = maxMinor(0n, order.approved - maxMinor(order.shipped, order.invoiced));
  const uninvoiced = maxMinor(0n, order.shipped - order.invoiced);
  return {
    ...noExposure,
    openOrders: convert(open, order.currency, accountCurrency, order.rate),
    shippedNotInvoiced: convert(uninvoiced, order.currency, accountCurrency, order.rate),
  };
}

/** What the order still adds if approved: nothing for what has left or is invoiced already, nothing if prepaid. */
export function addedBy(order: Pick<CustomerOrder, 'total' | 'shipped' | 'invoiced' | 'prepaid'>): bigint {
  return order.prepaid ? 0n : maxMinor(0n, order.total - maxMinor(order.shipped, order.invoiced));
}
