import type { Order, OrderVersion } from './order.ts';

export type VersionTaken =
  | { outcome: 'taken'; order: Order }
  | { outcome: 'ignored'; because: 'superseded' | 'already-known' }
  | { outcome: 'refused'; violation: string };

/** What a placed or amended version means for an order (SEMANTICS.md 7): the highest counts, gaps are allowed. */
export function takeVersion(order: Order, incoming: OrderVersion): VersionTaken {
  const known = order.newest;
  if (known === null || incoming.version > known.version) {
    return { outcome: 'taken', order: { ...order, newest: incoming } };
  }
  if (incoming.version < known.version) return { outcome: 'ignored', because: 'superseded' };
  if (incoming.contentHash === known.contentHash) return { outcome: 'ignored', because: 'already-known' };
  return {
    outcome: 'refused',
    violation: `orderVersion ${incoming.version} of order ${order.orderId} came before with other content; send a changed order with a higher orderVersion`,
  };
}
