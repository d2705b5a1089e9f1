import type { Order } from './order.ts';

export const orderStatuses = [
  'received',
  'approved',
  'held',
  'released',
  'declined',
  'cancelled',
  'expired',
  'shipped',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/**
 * Where an order stands. Cancelled is final, whatever comes before or after. An order is shipped when all of it has left;
 * a newer version that asks for more makes it wait for its own decision again.
 */
export function statusOf(order: Order): OrderStatus {
  const { newest, cancelledAt, decision } = order;
  if (cancelledAt !== null) return 'cancelled';
  if (isShipped(order)) return 'shipped';
  if (decision === null || decision.version < (newest?.version ?? 0)) return 'received';
  return decision.outcome;
}

/** The gate has answered the newest version, or no answer will come any more. */
export const isDecided = (status: OrderStatus): boolean => status !== 'received';

function isShipped({ newest, shipped, isFinallyShipped }: Order): boolean {
  if (isFinallyShipped) return true;
  if (newest === null || shipped === null || shipped.currency !== newest.total.currency) return false;
  return shipped.minor >= newest.total.minor;
}
