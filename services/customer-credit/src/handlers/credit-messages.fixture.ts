import type { EventByHand } from '@ordergate/messaging/testing';

let sent = 0;
const next = (): number => (sent += 1);
const event = (topic: EventByHand['topic'], type: string, data: object, id = `m-${next()}`): EventByHand => ({
  ...{ topic, type, id, data },
});
const uuid = (): string => `00000000-0000-4000-8000-${String(next()).padStart(12, '0')}`;

export const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const usd = (amount: string) => ({ amount, currency: 'USD' });
export const limitOf = (amount: object) => ({ kind: 'amount', amount });

/** A customer with a limit of EUR 1,000.00; say what differs. */
export const registered = (customerId: string, fields: object = {}) =>
  event('customers', 'CustomerRegistered.v1', {
    ...{ customerId, name: 'A customer', currency: 'EUR', language: 'en', country: 'DE' },
    limit: limitOf(eur('1000.00')),
    ...fields,
  });

/** Version 1, EUR 100.00. */
export const placed = (customerId: string, orderId: string, fields: object = {}) =>
  event('orders', 'OrderPlaced.v1', {
    ...{ customerId, orderId, orderVersion: 1, total: eur('100.00'), placedAt: '2026-03-02T10:00:00Z' },
    ...fields,
  });
/** Version 2. */
export const amended = (customerId: string, orderId: string, fields: object = {}) => ({
  ...placed(customerId, orderId, { orderVersion: 2, ...fields }),
  type: 'OrderAmended.v1',
});
export const cancelled = (customerId: string, orderId: string) =>
  event('orders', 'OrderCancelled.v1', { customerId, orderId, cancelledAt: '2026-03-02T11:00:00Z' });
export const shipped = (customerId: string, orderId: string, value: object, fields: object = {}) =>
  event('orders', 'OrderShipped.v1', {
    ...{ customerId, orderId, shipmentId: `S-${next()}`, value, shippedAt: '2026-03-02T12:00:00Z' },
    ...fields,
  });
/** Without a value: all that is left. */
export const requested = (
  customerId: string,
  orderId: string,
  shipmentId: string,
  value?: object,
  fields: object = {},
) =>
  event('orders', 'ShipmentRequested.v1', {
    ...{ customerId, orderId, shipmentId, ...(value && { value }), requestedAt: '2026-03-02T11:30:00Z' },
    ...fields,
  });
export const returned = (customerId: string, orderId: string, value: object) =>
  event('orders', 'ShipmentReturned.v1', {
    ...{ customerId, orderId, shipmentId: `S-${next()}`, value, returnedAt: '2026-03-02T13:00:00Z' },
  });

export const receivable = (type: string, customerId: string, fields: object) =>
  event('receivables', `${type}.v1`, { customerId, ...fields });
export const invoiced = (customerId: string, invoiceId: string, total: object, fields: object = {}) =>
  receivable('InvoicePosted', customerId, {
    ...{ invoiceId, total, issuedOn: '2026-03-01', dueOn: '2026-04-01' },
    ...fields,
  });
export const paid = (customerId: string, paymentId: string, total: object, fields: object = {}) =>
  receivable('PaymentReceived', customerId, { paymentId, total, receivedOn: '2026-03-02', ...fields });

/** What people and jobs want done; ids are UUIDs, as the service makes them. */
export const command = (type: string, customerId: string, fields: object) =>
  event('credit-commands', `${type}.v1`, { customerId, ...fields }, uuid());
export const limitSet = (customerId: string, limit: object, fields: object = {}) =>
  command('SetCreditLimit', customerId, { limit, reason: 'good payer', requestedBy: 'u-1', ...fields });
export const reevaluation = (customerId: string) =>
  command('ReevaluationRequested', customerId, { because: 'a rate has come' });

/** How the customer stands, as collections tells it: nothing overdue, never late; say what differs. */
export const stands = (customerId: string, fields: object = {}) =>
  event('collections', 'CustomerStandingChanged.v1', {
    ...{ customerId, businessDay: '2026-03-02', overdue: eur('0.00'), oldestOverdueDays: 0, disputed: eur('0.00') },
    ...{ dunningLevel: 0, weightedDaysLate: '0.00', windowDays: 365, ageing: [] },
    ...fields,
  });
export const paidPart = (paidOn: string, daysLate: number, amount: string, currency = 'EUR') => ({
  ...{ paidOn, daysLate, amount: { amount, currency } },
});

export const forceHeld = (customerId: string, orderId?: string) =>
  command('ForceHold', customerId, {
    ...{ forcedHoldId: `F-${next()}`, ...(orderId && { orderId }), reason: 'legal review', requestedBy: 'u-1' },
  });
/** What a new business day brings to orders. */
export const approvalsDue = (customerId: string, ...orderIds: string[]) =>
  command('ExpireApprovals', customerId, { orders: orderIds.map((orderId) => ({ orderId })), because: 'a day' });
export const holdsDue = (customerId: string, ...orderIds: string[]) =>
  command('ExpireHolds', customerId, { orders: orderIds.map((orderId) => ({ orderId })), because: 'a day' });
export const goodsDue = (customerId: string, ...orderIds: string[]) =>
  command('CheckUninvoicedGoods', customerId, { orders: orderIds.map((orderId) => ({ orderId })), because: 'a day' });
