import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveRoutesAreClosed } from '@ordergate/http/testing';
import { walkRoutes } from '@ordergate/identity';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import {
  decisionData,
  grantData,
  limitExceeded,
  orderData,
  shipmentData,
} from '../src/handlers/order-messages.fixture.ts';
import { startOrderService } from './order-service.fixture.ts';

let service: Awaited<ReturnType<typeof startOrderService>>;
let orders: TopicReader;
let deadLetters: TopicReader;

beforeAll(async () => {
  service = await startOrderService();
  [orders, deadLetters] = await Promise.all([
    readTopic(`${service.topicPrefix}orders`),
    readTopic(`${service.topicPrefix}orders-dlt`),
  ]);
}, 90_000);
afterAll(async () => {
  await Promise.all([orders?.stop(), deadLetters?.stop()]);
  await service?.stop();
}, 30_000);

let last = 1000;
const nextOrderId = (): string => `SO-${(last += 1)}`;
const messagesOf = (orderId: string) => orders.records.filter(({ value }) => value?.orderId === orderId);
const bodyOf = (fields: object) => {
  const { orderVersion: _version, placedAt: _placedAt, ...body } = orderData(fields);
  return body;
};
const place = (orderId: string, fields: object = {}, query = '') =>
  service.call('POST', `/v1/orders${query}`, { body: bodyOf({ orderId, ...fields }) });
const arrived = (orderId: string) =>
  eventually(async () => {
    const reply = await service.call('GET', `/v1/orders/${orderId}`);
    expect(reply.status).toBe(200);
    return reply.body;
  });

describe('An order system', () => {
  it('places an order: 202 with its address, OrderPlaced on the topic, and the order to read', async () => {
    const orderId = nextOrderId();
    const reply = await place(orderId, { salesRepId: 'R-7', total: { amount: '12500.00', currency: 'EUR' } });
    expect(reply.status).toBe(202);
    expect(reply.headers.get('location')).toBe(`/v1/orders/${orderId}`);
    expect(reply.body).toMatchObject({ orderId, orderVersion: 1, status: 'received' });

    const [message] = await orders.waitFor(1, ({ value }) => value?.orderId === orderId);
    expect(message).toMatchObject({
      key: 'C-1',
      headers: { ce_type: 'OrderPlaced.v1', ce_source: '/ordergate/order/http', ce_correlationid: orderId },
      value: { orderId, orderVersion: 1, customerId: 'C-1', salesRepId: 'R-7', placedAt: expect.any(String) },
    });
    expect(await arrived(orderId)).toMatchObject({
      status: 'received',
      total: { amount: '12500.00', currency: 'EUR' },
    });
  });

  it('sees a decision that another service publishes, with its reasons', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    await service.tell('credit-decisions', 'OrderHeld.v1', decisionData({ orderId, reasons: [limitExceeded] }));
    const { body } = await service.call('GET', `/v1/orders/${orderId}?wait=10s`);
    expect(body).toMatchObject({ status: 'held', decision: { outcome: 'held', reasons: [limitExceeded] } });
  });

  it('gets 201 and the decision when it waits for it', async () => {
    const orderId = nextOrderId();
    const reply = place(orderId, {}, '?wait=10s');
    await orders.waitFor(1, ({ value }) => value?.orderId === orderId);
    await service.tell('credit-decisions', 'OrderApproved.v1', grantData({ orderId }));
    expect(await reply).toMatchObject({ status: 201, body: { status: 'approved', decision: { reasons: [] } } });
  });

  it('gets the status as it is when nobody decides in time', async () => {
    const orderId = nextOrderId();
    expect(await place(orderId, {}, '?wait=300ms')).toMatchObject({ status: 202, body: { status: 'received' } });
    await arrived(orderId);
    expect(await service.call('GET', `/v1/orders/${orderId}?wait=300ms`)).toMatchObject({
      status: 200,
      body: { status: 'received' },
    });
  });

  it('amends with a higher version only', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    await arrived(orderId);
    const amend = (orderVersion: number, amount: string) =>
      service.call('PUT', `/v1/orders/${orderId}`, {
        body: { ...bodyOf({ orderId, total: { amount, currency: 'EUR' } }), orderVersion },
      });
    expect(await amend(1, '90.00')).toMatchObject({ status: 409, body: { code: 'version-conflict' } });
    expect(await amend(3, '90.00')).toMatchObject({ status: 202 });
    await eventually(async () =>
      expect((await service.call('GET', `/v1/orders/${orderId}`)).body).toMatchObject({ orderVersion: 3 }),
    );
    expect(await amend(2, '80.00')).toMatchObject({ status: 409, body: { code: 'version-conflict' } });
    // The same version with the same content is no conflict, and nothing more is published.
    expect(await amend(3, '90.00')).toMatchObject({ status: 202, body: { orderVersion: 3 } });
    const [placed, amended, ...more] = messagesOf(orderId);
    expect([placed, amended].map((message) => message?.headers['ce_type'])).toEqual([
      'OrderPlaced.v1',
      'OrderAmended.v1',
    ]);
    expect(amended?.value.placedAt).toBe(placed?.value.placedAt);
    expect(more).toEqual([]);
  });

  it("cannot take another customer's orderId", async () => {
    const orderId = nextOrderId();
    await place(orderId);
    await arrived(orderId);
    expect(await place(orderId, { customerId: 'C-2' })).toMatchObject({
      status: 409,
      body: { code: 'version-conflict' },
    });
  });

  it('cancels, once and for good, also right after the place', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    const cancellation = { body: { reason: 'no longer needed' } };
    const reply = await service.call('POST', `/v1/orders/${orderId}/cancellation?wait=10s`, cancellation);
    expect(reply).toMatchObject({ status: 201, body: { status: 'cancelled', cancelReason: 'no longer needed' } });
    expect((await service.call('POST', `/v1/orders/${orderId}/cancellation`, { body: {} })).status).toBe(201);
    await eventually(() => expect(messagesOf(orderId)).toHaveLength(2));
    expect(await service.call('POST', '/v1/orders/SO-unknown/cancellation', { body: {} })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it('asks before it ships, and sees the answer', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    const value = { amount: '40.00', currency: 'EUR' };
    const reply = service.call('POST', `/v1/orders/${orderId}/shipments?wait=10s`, {
      body: { shipmentId: 'SHP-1', value },
    });
    const isRequest = ({ headers, value: data }: { headers: Record<string, string>; value: any }) =>
      headers['ce_type'] === 'ShipmentRequested.v1' && data.orderId === orderId;
    expect((await orders.waitFor(1, isRequest))[0]!.value).toMatchObject({ shipmentId: 'SHP-1', value });
    const decidedAt = '2026-11-22T10:00:01Z';
    const answer = { ...shipmentData({ orderId, seq: 3, value, reasons: [], decidedAt }), customerId: 'C-1' };
    await service.tell('credit-decisions', 'ShipmentAuthorized.v1', answer);
    expect(await reply).toMatchObject({ status: 201, body: { shipmentId: 'SHP-1', status: 'authorized', value } });
    const { body } = await service.call('GET', `/v1/orders/${orderId}`);
    expect(body.shipments).toMatchObject([{ shipmentId: 'SHP-1', status: 'authorized' }]);
  });

  it('may repeat a request: same key and body give the same answer and one message', async () => {
    const orderId = nextOrderId();
    const headers = { 'idempotency-key': `again-${orderId}` };
    const request = { body: bodyOf({ orderId }), headers };
    const first = await service.call('POST', '/v1/orders', request);
    const second = await service.call('POST', '/v1/orders', request);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    const other = await service.call('POST', '/v1/orders', { body: bodyOf({ orderId, customerId: 'C-9' }), headers });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-conflict' } });
    await arrived(orderId);
    expect(messagesOf(orderId)).toHaveLength(1);
  });

  it('is told every field that does not fit', async () => {
    const reply = await place(nextOrderId(), { total: { amount: '1.234', currency: 'EUR' }, customerId: '' });
    expect(reply).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
    expect(reply.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'customerId',
      'total.amount',
    ]);
  });
});

describe('The order book', () => {
  it('dead-letters a changed order under a known version, and goes on', async () => {
    const orderId = nextOrderId();
    await service.tell('orders', 'OrderPlaced.v1', orderData({ orderId }));
    await service.tell('orders', 'OrderPlaced.v1', orderData({ orderId, total: { amount: '1.00', currency: 'EUR' } }));
    const [dead] = await deadLetters.waitFor(1, ({ value }) => value?.orderId === orderId);
    expect(dead!.headers['kafka_dlt-exception-message']).toContain(`orderVersion 1 of order ${orderId} came before`);
    expect(await arrived(orderId)).toMatchObject({ total: { amount: '100.00' } });
  });

  it('lists page by page, by status and customer, newest first', async () => {
    const ids = [1, 2, 3].map(() => nextOrderId());
    for (const [day, orderId] of ids.entries()) {
      const placedAt = `2026-11-2${day}T10:00:00.123456Z`;
      await service.tell('orders', 'OrderPlaced.v1', orderData({ orderId, customerId: 'C-list', placedAt }));
    }
    await service.tell('credit-decisions', 'OrderHeld.v1', decisionData({ orderId: ids[1], customerId: 'C-list' }));
    await Promise.all(ids.map(arrived));
    const list = async (query: string) => (await service.call('GET', `/v1/orders?customerId=C-list&${query}`)).body;
    const idsOf = ({ items }: { items: { orderId: string }[] }) => items.map(({ orderId }) => orderId);

    const first = await list('limit=2');
    expect(idsOf(first)).toEqual([ids[2], ids[1]]);
    const second = await list(`limit=2&cursor=${first.next}`);
    expect([idsOf(second), second.next]).toEqual([[ids[0]], undefined]);
    await eventually(async () => expect(idsOf(await list('status=held'))).toEqual([ids[1]]));
    expect((await service.call('GET', '/v1/orders?status=lost')).status).toBe(400);
  });
});

describe('Who reads what', () => {
  it('sales: the orders of the representatives in the token, as if there were no others', async () => {
    const [ours, theirs, nobodys] = [nextOrderId(), nextOrderId(), nextOrderId()];
    await place(ours, { salesRepId: 'R-ours', customerId: 'C-sales' });
    await place(theirs, { salesRepId: 'R-theirs', customerId: 'C-sales' });
    await place(nobodys, { customerId: 'C-sales' });
    await Promise.all([ours, theirs, nobodys].map(arrived));
    const as = { user: 'u-3', roles: ['sales'] as const, salesReps: ['R-ours'] };
    const statusOf = async (path: string) => (await service.call('GET', path, { as })).status;
    expect(await statusOf(`/v1/orders/${ours}`)).toBe(200);
    expect(await statusOf(`/v1/orders/${theirs}`)).toBe(404);
    expect(await statusOf(`/v1/orders/${nobodys}`)).toBe(404);
    const { body } = await service.call('GET', '/v1/orders?customerId=C-sales', { as });
    expect(body.items.map(({ orderId }: { orderId: string }) => orderId)).toEqual([ours]);
    const noReps = { user: 'u-4', roles: ['sales'] as const };
    expect((await service.call('GET', '/v1/orders', { as: noReps })).body.items).toEqual([]);
  });

  it.each(['credit-analyst', 'credit-manager', 'auditor'] as const)(
    '%s: every order, and writes none',
    async (role) => {
      const as = { user: 'u-5', roles: [role] };
      expect((await service.call('GET', '/v1/orders', { as })).status).toBe(200);
      expect(await service.call('POST', '/v1/orders', { as, body: bodyOf({ orderId: nextOrderId() }) })).toMatchObject({
        status: 403,
        body: { code: 'role-missing' },
      });
    },
  );

  it.each(['collector', 'accounting', 'ops'] as const)('%s: none', async (role) =>
    expect((await service.call('GET', '/v1/orders', { as: { user: 'u-6', roles: [role] } })).status).toBe(403),
  );

  it('every route is closed to tokens that are missing, expired, foreign or without the role', async () => {
    const { requests, holes } = await proveRoutesAreClosed(service.url, walkRoutes(service.app), service.issuer);
    expect(holes).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(6 * 6);
  }, 30_000);
});
