import { isApproved, type CustomerOrder, type OrderConditions, type OrderUrgency } from './customer-order.ts';

/** A placed or amended version, as its sender wrote it. Minor units of its own currency. */
export interface OrderVersion {
  orderId: string;
  version: number;
  contentHash: string;
  currency: string;
  total: bigint;
  conditions: OrderConditions;
  prepaid: boolean;
  placedAt: Date;
  urgency: OrderUrgency;
}

export type VersionTaken =
  | { outcome: 'ignored'; because: 'cancelled' | 'superseded' | 'already-decided' }
  | { outcome: 'refused'; violation: string }
  /** Within ceiling, validity and conditions, or a decrease: the approval stays, for the new amount. */
  | { outcome: 'keeps-approval' }
  | { outcome: 'decide' };

/** What a version of an order means for the order as it stands (SEMANTICS.md 7, 10, 11). Cancel is final. */
export function takeVersion(order: CustomerOrder, incoming: OrderVersion, businessDay: string): VersionTaken {
  if (order.status === 'cancelled') return { outcome: 'ignored', because: 'cancelled' };
  if (incoming.version < order.version) return { outcome: 'ignored', because: 'superseded' };
  if (incoming.version === order.version) {
    if (incoming.contentHash === order.contentHash) return { outcome: 'ignored', because: 'already-decided' };
    return {
      outcome: 'refused',
      violation: `orderVersion ${incoming.version} of order ${order.orderId} came before with other content; send a changed order with a higher orderVersion`,
    };
  }
  return keepsApproval(order, incoming, businessDay) ? { outcome: 'keeps-approval' } : { outcome: 'decide' };
}

function keepsApproval(order: CustomerOrder, incoming: OrderVersion, businessDay: string): boolean {
  if (!isApproved(order) || !order.approval || incoming.currency !== order.currency) return false;
  // The same amount on other conditions is no decrease.
  if (incoming.prepaid === order.prepaid && incoming.total < order.approved) return true;
  return (
    JSON.stringify(incoming.conditions) === JSON.stringify(order.conditions) &&
    incoming.total <= order.approval.ceiling &&
    businessDay <= order.approval.validUntil
  );
}
