import { messageOf, parse } from '@ordergate/contracts';
import type { Delivery } from '@ordergate/messaging';

let sent = 0;

/** A delivery of a valid message, as a lane hands it over; each has its own `ce_id`. */
export function delivery(type: string, data: object): Delivery<never> {
  const parsed = parse(type, data);
  if (!parsed.ok) throw new Error(`${type}: ${JSON.stringify(parsed.violations)}`);
  sent += 1;
  const topic = messageOf(type)!.topic as 'orders';
  return {
    id: `m-${sent}`,
    source: 'test',
    correlationId: undefined,
    traceparent: undefined,
    partition: 0,
    customerId: (parsed.message as { customerId: string }).customerId,
    record: { topic, partition: 0, offset: String(sent), key: null, value: null, headers: {} },
    type,
    time: undefined,
    message: parsed.message as never,
  };
}

export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export const orderData = (fields: object = {}) => ({
  orderId: 'SO-1',
  orderVersion: 1,
  customerId: 'C-1',
  total: eur('100.00'),
  placedAt: '2026-11-21T10:00:00Z',
  ...fields,
});

export const decisionData = (fields: object = {}) => ({
  decisionId: '5f0c9f2e-0d6c-5c1b-9c54-7c4d8f0a0017',
  seq: 1,
  orderId: 'SO-1',
  orderVersion: 1,
  customerId: 'C-1',
  decidedAt: '2026-11-21T10:00:00.012Z',
  businessDay: '2026-11-21',
  reasons: [],
  decidedBy: 'policy',
  ...fields,
});

const none = eur('0.00');

/** What a grant says beside that. */
export const grantData = (fields: object = {}) =>
  decisionData({
    policyVersion: '2026-11-01.1',
    total: eur('100.00'),
    totalInAccountCurrency: eur('100.00'),
    exposure: {
      openOrders: none,
      shippedNotInvoiced: none,
      receivables: none,
      instrumentsInHand: none,
      unallocatedCredits: none,
      total: none,
    },
    limit: { kind: 'amount', amount: eur('1000.00') },
    available: eur('1000.00'),
    approval: { ceiling: eur('100.00'), validUntil: '2026-12-21' },
    ...fields,
  });

export const limitExceeded = {
  code: 'credit-limit-exceeded',
  message: 'Exposure 0.00 EUR and this order of 100.00 EUR exceed the limit of 50.00 EUR by 50.00 EUR',
  measured: '100.00',
  threshold: '50.00',
  unit: 'EUR',
};

export const shipmentData = (fields: object = {}) => ({
  shipmentId: 'SHP-1',
  orderId: 'SO-1',
  customerId: 'C-1',
  ...fields,
});

export const placed = (fields?: object) => delivery('OrderPlaced.v1', orderData(fields));
export const amended = (fields?: object) => delivery('OrderAmended.v1', orderData({ orderVersion: 2, ...fields }));
export const cancelled = (fields?: object) =>
  delivery('OrderCancelled.v1', { orderId: 'SO-1', customerId: 'C-1', cancelledAt: '2026-11-22T10:00:00Z', ...fields });
export const held = (fields?: object) =>
  delivery('OrderHeld.v1', decisionData({ reasons: [limitExceeded], ...fields }));
export const holdExpired = {
  code: 'hold-expired',
  message: 'Held since 2026-11-21, and nobody has answered for 61 days; the hold waits for 60',
  ...{ measured: '61', threshold: '60', unit: 'days' },
};
export const declined = (fields?: object) =>
  delivery('OrderDeclined.v1', decisionData({ reasons: [limitExceeded, holdExpired], ...fields }));
export const approved = (fields?: object) => delivery('OrderApproved.v1', grantData(fields));
export const released = (fields?: object) =>
  delivery('OrderReleased.v1', grantData({ decidedBy: 'user:u-7', ...fields }));
export const expired = (fields?: object) =>
  delivery('ApprovalExpired.v1', { seq: 9, orderId: 'SO-1', customerId: 'C-1', expiredOn: '2026-12-22', ...fields });
export const requested = (fields?: object) =>
  delivery('ShipmentRequested.v1', shipmentData({ requestedAt: '2026-11-22T10:00:00Z', ...fields }));
export const answeredWith = (type: string, fields?: object) =>
  delivery(
    type,
    shipmentData({ seq: 3, value: eur('100.00'), reasons: [], decidedAt: '2026-11-22T10:00:01Z', ...fields }),
  );
export const shipped = (fields?: object) =>
  delivery('OrderShipped.v1', shipmentData({ value: eur('100.00'), shippedAt: '2026-11-23T10:00:00Z', ...fields }));
export const returned = (fields?: object) =>
  delivery('ShipmentReturned.v1', shipmentData({ value: eur('30.00'), returnedAt: '2026-11-25T10:00:00Z', ...fields }));
