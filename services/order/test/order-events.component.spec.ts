import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TokenRequest } from '@ordergate/identity';
import { eventually, metricOf, readMetrics } from '@ordergate/testing';
import { connect } from 'node:net';
import { decisionData, grantData, limitExceeded, orderData } from '../src/handlers/order-messages.fixture.ts';
import { EventStream } from './event-stream.fixture.ts';
import { startOrderService } from './order-service.fixture.ts';

let service: Awaited<ReturnType<typeof startOrderService>>;
let second: Awaited<ReturnType<typeof service.another>>;
let idle: EventStream;
let secondHasStopped = false;

beforeAll(async () => {
  service = await startOrderService();
  second = await service.another();
  await place('SO-idle');
  idle = await follow('SO-idle');
}, 90_000);
afterAll(async () => {
  await idle?.close();
  if (!secondHasStopped) await second?.app.close();
  await service?.stop();
}, 30_000);

const auditor: TokenRequest = { user: 'u-1', roles: ['auditor'] };
const salesOf = (...salesReps: string[]): TokenRequest => ({ user: 'u-2', roles: ['sales'], salesReps });

let last = 0;
const nextOrderId = (): string => `SO-${(last += 1)}`;
const eventsUrl = (orderId: string, url = service.url): string => `${url}/v1/orders/${orderId}/events`;

async function follow(
  orderId: string,
  { url = service.url, as = auditor, after }: { url?: string; as?: TokenRequest; after?: string } = {},
) {
  return EventStream.open(eventsUrl(orderId, url), await service.issuer.token(as), after);
}

async function place(orderId: string, fields: object = {}): Promise<void> {
  await service.tell('orders', 'OrderPlaced.v1', orderData({ orderId, ...fields }));
  await eventually(async () =>
    expect((await service.call('GET', `/v1/orders/${orderId}`)).body.status).toBe('received'),
  );
}

describe('Who follows an order', () => {
  it('hears where it stands, then all that happens, at whichever instance', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    const streams = await Promise.all([follow(orderId), follow(orderId, { url: second.url })]);
    for (const stream of streams) await stream.atLeast(1);
    await service.tell('credit-decisions', 'OrderHeld.v1', decisionData({ orderId, seq: 1, reasons: [limitExceeded] }));
    await service.tell('credit-decisions', 'OrderReleased.v1', grantData({ orderId, seq: 2, decidedBy: 'user:u-7' }));
    for (const stream of streams) {
      expect(stream).toMatchObject({ status: 200, contentType: 'text/event-stream' });
      expect(await stream.happenings(3)).toEqual(['1 order: received', '2 held: held', '3 released: released']);
      expect(stream.events.map(({ type }) => type)).toEqual(['order', 'happening', 'happening']);
      expect(stream.events[0]!.data).toMatchObject({ orderId, customerId: 'C-1', total: { amount: '100.00' } });
      expect(stream.events[1]!.data).toMatchObject({ orderId, no: 2, by: 'policy', reasons: [limitExceeded] });
      expect(stream.events[2]!.data).toMatchObject({ by: 'user:u-7', approval: { validUntil: '2026-12-21' } });
      await stream.close();
    }
  });

  it('comes back after a break, at another instance, and has missed nothing and hears nothing twice', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    const before = await follow(orderId);
    await service.tell('credit-decisions', 'OrderHeld.v1', decisionData({ orderId, seq: 1 }));
    const [, { id }] = (await before.atLeast(2)) as [unknown, { id: string }];
    await before.close();
    await service.tell('credit-decisions', 'OrderReleased.v1', grantData({ orderId, seq: 2 }));
    await service.tell('orders', 'OrderCancelled.v1', {
      ...{ orderId, customerId: 'C-1' },
      cancelledAt: '2026-11-22T10:00:00Z',
    } as never);
    const after = await follow(orderId, { url: second.url, after: id });
    const heard = await after.happenings(2);
    expect(heard.toSorted()).toEqual([expect.stringMatching(/^3 /), expect.stringMatching(/^4 /)]);
    expect(heard.at(-1)).toMatch(/(cancelled|released): cancelled$/);
    await after.close();
  });

  it.each(['999', ''])('starts anew when the order has no event "%s"', async (after) => {
    const orderId = nextOrderId();
    await place(orderId);
    const stream = await follow(orderId, { after });
    expect(await stream.happenings(1)).toEqual(['1 order: received']);
    await stream.close();
  });

  it.each([
    { what: 'an order that there is not', orderId: 'SO-none', status: 404, code: 'not-found' },
    { what: 'an orderId that is none', orderId: '%00', status: 400, code: 'validation-failed' },
    { what: 'an event id that is none', orderId: 'SO-idle', after: 'x', status: 400, code: 'validation-failed' },
    {
      what: 'an order of another representative',
      orderId: 'SO-idle',
      as: salesOf('R-9'),
      status: 404,
      code: 'not-found',
    },
  ])('is told no as problem+json about $what', async ({ orderId, after, as = auditor, status, code }) => {
    const headers = {
      authorization: `Bearer ${await service.issuer.token(as)}`,
      ...(after && { 'last-event-id': after }),
    };
    const reply = await fetch(eventsUrl(orderId), { headers });
    expect(reply.headers.get('content-type')).toMatch('application/problem+json');
    expect({ status: reply.status, body: await reply.json() }).toMatchObject({ status, body: { code } });
  });

  it('as sales: hears no more of an order that goes to another representative', async () => {
    const orderId = nextOrderId();
    await place(orderId, { salesRepId: 'R-1' });
    const stream = await follow(orderId, { as: salesOf('R-1') });
    await stream.atLeast(1);
    await service.tell('orders', 'OrderAmended.v1', orderData({ orderId, orderVersion: 2, salesRepId: 'R-1' }));
    await stream.atLeast(2);
    await service.tell('orders', 'OrderAmended.v1', orderData({ orderId, orderVersion: 3, salesRepId: 'R-2' }));
    await eventually(() => expect(stream.hasEnded).toBe(true));
    expect(await stream.happenings(2)).toEqual(['1 order: received', '2 amended: received']);
  });

  it('is followed no longer than the token lasts', async () => {
    const stream = await follow('SO-idle', { as: { ...auditor, expiresIn: '2s' } });
    await stream.atLeast(1);
    expect(stream.hasEnded).toBe(false);
    await eventually(() => expect(stream.hasEnded).toBe(true));
  });

  it('and does not read is cut off instead of kept', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    const { hostname, port } = new URL(second.url);
    const socket = connect(Number(port), hostname);
    const token = await service.issuer.token(auditor);
    socket.on('error', () => undefined).pause();
    socket.write(`GET /v1/orders/${orderId}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    const open = async () =>
      metricOf(
        readMetrics(
          await (
            await fetch(`${second.url}/metrics`, {
              headers: { authorization: `Bearer ${await service.issuer.token({ user: 'u-3', roles: ['ops'] })}` },
            })
          ).text(),
        ),
        'ordergate_order_streams',
      );
    await eventually(async () => expect(await open()).toBe(1));
    const reasons = Array.from({ length: 100 }, () => ({ ...limitExceeded, message: 'x'.repeat(500) }));
    for (let seq = 1; seq <= 400; seq += 1) {
      await service.tell('credit-decisions', 'OrderHeld.v1', decisionData({ orderId, seq, reasons }));
    }
    await eventually(async () => expect(await open()).toBe(0));
    socket.destroy();
  }, 40_000);

  it('hears now and then that the stream is alive, when nothing happens', async () => {
    await eventually(() => expect(idle.comments).toContain('still here'));
    expect(await idle.happenings(1)).toEqual(['1 order: received']);
  }, 30_000);

  it('is let go when the instance stops, and goes on at the other', async () => {
    const stream = await follow('SO-idle', { url: second.url });
    await stream.atLeast(1);
    const startedAt = performance.now();
    secondHasStopped = true;
    await second.app.close();
    expect(stream.hasEnded).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(idle.hasEnded).toBe(false);
  }, 30_000);
});

describe('The timeline over HTTP', () => {
  it('is read page by page, in the order in which things happened', async () => {
    const orderId = nextOrderId();
    await place(orderId);
    await service.tell(
      'credit-decisions',
      'OrderHeld.v1',
      decisionData({ orderId, seq: 1, decidedAt: '2026-11-21T10:00:01Z' }),
    );
    const read = async (query = '') => (await service.call('GET', `/v1/orders/${orderId}/timeline${query}`)).body;
    const first = await eventually(async () => {
      const page = await read('?limit=1');
      expect(page.next).toBeDefined();
      return page;
    });
    expect(first.items).toMatchObject([
      { no: 1, what: 'placed', by: 'source:test', at: '2026-11-21T10:00:00.000Z', status: 'received' },
    ]);
    const second = await read(`?limit=1&cursor=${first.next}`);
    expect(second).toEqual({ items: [expect.objectContaining({ no: 2, what: 'held', status: 'held' })] });
  });

  it('is seen by sales for their own orders alone', async () => {
    const orderId = nextOrderId();
    await place(orderId, { salesRepId: 'R-1' });
    const statusFor = async (as: TokenRequest) =>
      (await service.call('GET', `/v1/orders/${orderId}/timeline`, { as })).status;
    expect([await statusFor(salesOf('R-1')), await statusFor(salesOf('R-2'))]).toEqual([200, 404]);
  });
});
