import { hash } from 'node:crypto';
import type { OrderAmendedV1, OrderPlacedV1 } from '@ordergate/contracts';
import { minorOf } from '@ordergate/money';
import type { Undecided } from '@ordergate/messaging';
import type { CustomerOrder, OrderUrgency } from '../domain/order/customer-order.ts';
import type { OrderVersion } from '../domain/order/take-version.ts';

/** The placed or amended order as the domain takes it. */
export function versionOf(message: OrderPlacedV1 | OrderAmendedV1): OrderVersion {
  const { orderId, orderVersion, total, paymentMethod = 'open-account', placedAt } = message;
  return {
    orderId,
    version: orderVersion,
    contentHash: hash('sha1', JSON.stringify(message), 'base64'),
    currency: total.currency,
    total: minorOf(total.amount, total.currency),
    conditions: {
      paymentMethod,
      paymentTermsDays: message.paymentTermsDays ?? null,
      instrumentDueOn: message.instrumentDueOn ?? null,
      segment: message.segment ?? null,
      salesRepId: message.salesRepId ?? null,
      discounts: message.lines?.map(({ discountPercent }) => discountPercent ?? '0') ?? [],
    },
    prepaid: paymentMethod === 'prepaid',
    placedAt: new Date(placedAt),
    urgency: urgencyOf(message),
  };
}

const noUrgency: OrderUrgency = { requestedDeliveryOn: null, priority: null };

function urgencyOf({ requestedDeliveryOn, priority }: OrderPlacedV1 | OrderAmendedV1): OrderUrgency {
  if (requestedDeliveryOn === undefined && priority === undefined) return noUrgency;
  return { requestedDeliveryOn: requestedDeliveryOn ?? null, priority: priority ?? null };
}

export function applyVersion(order: CustomerOrder, incoming: OrderVersion): void {
  const { version, contentHash, currency, total, conditions, prepaid, placedAt, urgency } = incoming;
  Object.assign(order, { version, contentHash, currency, total, conditions, prepaid, placedAt, urgency });
}

const placing: readonly (string | undefined)[] = ['OrderPlaced.v1', 'OrderAmended.v1', undefined];
const identifier = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** The order that a broken or waiting message asks about, as far as it can be read; null if that is not enough. */
export function namedOrder({
  type,
  data,
  customerId,
}: Undecided): { customerId: string; orderId: string; version: number | null } | null {
  const { orderId, orderVersion } = (data ?? {}) as { orderId?: unknown; orderVersion?: unknown };
  if (!placing.includes(type) && !type?.startsWith('OrderPlaced')) return null;
  if (customerId === '' || typeof orderId !== 'string' || !identifier.test(orderId)) return null;
  const isVersion = Number.isInteger(orderVersion) && Number(orderVersion) > 0 && Number(orderVersion) < 2 ** 31;
  return { customerId, orderId, version: isVersion ? Number(orderVersion) : null };
}
