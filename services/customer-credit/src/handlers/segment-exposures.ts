import type { Sql } from '@ordergate/database';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import type { PoolFacts } from '../domain/gate/rule.ts';
import { shareOf, type CustomerOrder } from '../domain/order/customer-order.ts';
import { loadOrdersWithShare } from '../store/customer-order.store.ts';
import { loadOpenByOrder } from '../store/open-item.store.ts';
import { totalOf } from '../domain/account/exposure.ts';

/** The segment that an order counts in: its own, else the customer's; '' where neither names one. */
export function segmentOf(account: CreditAccount, order: CustomerOrder | undefined): string {
  return order?.conditions.segment ?? account.segment ?? '';
}

/**
 * What customers owe by segment: orders, goods and open invoices in the segment of their order, invoices without an order
 * in the customer's own. Loaded only for accounts that have a limit for a segment; orders move it from there on.
 */
export class SegmentExposures {
  private readonly exposures = new Map<string, Map<string, bigint>>();

  static async load(sql: Sql, accounts: readonly CreditAccount[]): Promise<SegmentExposures> {
    const segments = new SegmentExposures();
    const limited = accounts.filter(({ terms, currency }) => terms.segmentLimits && currency !== null);
    if (limited.length === 0) return segments;
    const ids = limited.map(({ customerId }) => customerId);
    for (const id of ids) segments.exposures.set(id, new Map());
    const byId = new Map(limited.map((account) => [account.customerId, account]));
    const [orders, items] = await Promise.all([loadOrdersWithShare(sql, ids), loadOpenByOrder(sql, ids)]);
    const named = new Map(orders.map((order) => [`${order.customerId}\n${order.orderId}`, order]));
    for (const order of orders) {
      const account = byId.get(order.customerId)!;
      segments.move(account, segmentOf(account, order), totalOf(shareOf(order, account.currency)));
    }
    for (const { customerId, orderId, open } of items) {
      const account = byId.get(customerId)!;
      segments.move(account, segmentOf(account, named.get(`${customerId}\n${orderId ?? ''}`)), open);
    }
    return segments;
  }

  /** The limit that is set for the order's segment, and what is owed there before it; null when there is none. */
  facts(account: CreditAccount, order: CustomerOrder, adds: bigint): PoolFacts | null {
    const { terms, currency, customerId } = account;
    const segment = segmentOf(account, order);
    const set = terms.segmentLimits?.[segment];
    if (!set || currency === null) return null;
    const owed = this.exposures.get(customerId)?.get(segment) ?? 0n;
    const exposure = owed - totalOf(shareOf(order, currency));
    return { id: segment, currency, limit: set.limit, validUntil: set.validUntil, exposure, adds };
  }

  move({ customerId }: CreditAccount, segment: string, by: bigint): void {
    const exposures = this.exposures.get(customerId);
    if (exposures && by !== 0n) exposures.set(segment, (exposures.get(segment) ?? 0n) + by);
  }
}
