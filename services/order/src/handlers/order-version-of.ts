import { hash } from 'node:crypto';
import type { OrderV1 } from '@ordergate/contracts';
import { parseMoney } from '@ordergate/money';
import type { OrderVersion } from '../domain/order.ts';

/** The version that a message carries. A parsed message has its fields in the contract's order, so equal content hashes alike. */
export function orderVersionOf(order: OrderV1): OrderVersion {
  const document = JSON.stringify(order);
  return {
    version: order.orderVersion,
    contentHash: hash('sha1', document, 'base64'),
    total: parseMoney(order.total),
    placedAt: new Date(order.placedAt),
    salesRepId: order.salesRepId ?? null,
    document,
  };
}
