import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, invoice, order } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let holds: TopicReader;
let decisions: TopicReader;

const analyst = { user: 'u-analyst', roles: ['credit-analyst' as const] };
const manager = { user: 'u-manager', roles: ['credit-manager' as const] };
const sales = (...salesReps: string[]) => ({ user: 'u-sales', roles: ['sales' as const], salesReps });
const auditor = { user: 'u-auditor', roles: ['auditor' as const] };

const get = (path: string, as: object = analyst) => service.call('GET', `/v1/holds${path}`, { as: as as never });
const post = (path: string, body: object, as: object = manager) =>
  service.call('POST', `/v1/holds${path}`, { body, as: as as never });
const idsOf = ({ body }: { body: any }) => body.items.map(({ orderId }: { orderId: string }) => orderId);
const reason = 'payment-promised';

beforeAll(async () => {
  stand = await creditStand();
  service = await stand.start();
  await stand.startDay('2026-03-02');
  [holds, decisions] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-holds`),
    readTopic(`${stand.topicPrefix}credit-decisions`),
  ]);
  await stand.untilReady(service.url);
  await stand.tell('customers', [
    customer('A', '1000.00', { salesRepId: 'R-1', riskClass: 'A', segment: 'food' }),
    customer('B', '1000.00', { salesRepId: 'R-2' }),
    customer('C', '1000.00', { screening: 'pending' }),
  ]);
  await stand.tell('receivables', [invoice('I-1', 'A', '500.00', '2026-04-01')]);
  await eventually(async () => {
    const { body } = await service.call('GET', '/v1/credit-accounts/A/exposure');
    expect(body.exposure?.total).toEqual(eur('500.00'));
    expect((await service.call('GET', '/v1/credit-accounts/C')).status).toBe(200);
  });
  await stand.tell('orders', [
    order('A-1', 'A', '1750.00', { requestedDeliveryOn: '2026-03-03', priority: 9 }),
    order('A-2', 'A', '600.00'),
    order('B-1', 'B', '20000.00'),
    order('C-1', 'C', '10.00'),
  ]);
  await holds.waitFor(4);
}, 90_000);
afterAll(async () => {
  await Promise.all([holds?.stop(), decisions?.stop()]);
  await stand?.stop();
}, 30_000);

describe('The work-list', () => {
  it('has what is held, most urgent first, with counts by reason and age', async () => {
    const { status, body } = await get('');
    expect([status, ...idsOf({ body })]).toEqual([200, 'A-2', 'A-1', 'B-1', 'C-1']);
    expect(body.counts).toEqual({
      ...{ total: 4, byStatus: { open: 4 }, byAge: { '0-1': 4 } },
      byReason: { 'credit-limit-exceeded': 3, 'screening-incomplete': 1 },
    });
  });

  it('says why a hold is where it is, and what would free it', async () => {
    const [first] = (await get('?limit=1&sort=excess&customerId=A')).body.items;
    expect(first).toMatchObject({
      ...{
        orderId: 'A-1',
        customerId: 'A',
        status: 'open',
        priority: 35,
        orderPriority: 9,
        riskClass: 'A',
        segment: 'food',
      },
      ...{ total: eur('1750.00'), excess: eur('1250.00'), requestedDeliveryOn: '2026-03-03', salesRepId: 'R-1' },
      now: {
        ...{ excess: eur('1250.00'), available: eur('500.00'), freeingPayment: eur('1250.00'), priority: 35 },
        wouldFree: [{ by: 'payment', what: 'A payment of 1250.00 EUR or more, or a limit of 2250.00 EUR or more' }],
      },
    });
    expect(first.priorityParts).toContainEqual({
      part: 'delivery',
      points: 15,
      because: 'delivery is wanted on 2026-03-03',
    });
  });

  it.each([
    { query: '?reason=screening-incomplete', ids: ['C-1'] },
    { query: '?customerId=A', ids: ['A-2', 'A-1'] },
    { query: '?salesRepId=R-2', ids: ['B-1'] },
    { query: '?segment=food&sort=amount', ids: ['A-1', 'A-2'] },
    { query: '?riskClass=A&sort=excess', ids: ['A-1', 'A-2'] },
    { query: '?sort=amount', ids: ['B-1', 'A-1', 'A-2', 'C-1'] },
    { query: '?sort=delivery&limit=1', ids: ['A-1'] },
    { query: '?heldForDays=1', ids: [] },
    { query: '?assignedTo=-&customerId=B', ids: ['B-1'] },
    { query: '?assignedTo=u-7', ids: [] },
    { query: '?status=released', ids: [] },
    { query: '?waitsForSecondPerson=true', ids: [] },
  ])('$query: $ids', async ({ query, ids }) => expect(idsOf(await get(query))).toEqual(ids));

  it('is read page by page, each hold once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`?limit=1&sort=amount${cursor}`);
      seen.push(...idsOf({ body }));
      expect(body.counts === undefined).toBe(cursor !== '');
      if (!body.next) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(['B-1', 'A-1', 'A-2', 'C-1']);
  });

  it('shows sales what is of its own representatives, and hides that there is more', async () => {
    expect(idsOf(await get('', sales('R-2')))).toEqual(['B-1']);
    expect(idsOf(await get('?salesRepId=R-1', sales('R-2')))).toEqual([]);
    expect((await get('/A-1', sales('R-2'))).body).toMatchObject({ status: 404, code: 'hold-not-found' });
    expect((await get('/B-1', sales('R-2'))).status).toBe(200);
    expect((await post('/A-1/comments', { text: 'mine?' }, sales('R-2'))).status).toBe(404);
    expect((await post('/B-1/release', { reason }, sales('R-2'))).status).toBe(403);
    expect((await post('/B-1/release', { reason }, auditor)).status).toBe(403);
  });

  it.each(['?status=gone', '?heldForDays=x', '?sort=color', '?cursor=abc', '?reviewBy=soon'])(
    'refuses %s',
    async (query) => expect((await get(query)).status).toBe(400),
  );
});

describe('A case', () => {
  it('tells its history, who said what, and its decisions; a release is on the topic at once', async () => {
    await post('/A-2/assignment', { assignedTo: 'u-7', reviewOn: '2026-03-04' }, analyst);
    await post('/A-2/comments', { text: 'they always pay' }, sales('R-1'));
    expect(idsOf(await get('?assignedTo=u-7'))).toEqual(['A-2']);
    expect(idsOf(await get('?reviewBy=2026-03-04'))).toEqual(['A-2']);
    const released = await post('/A-2/release', { reason, note: 'called today' });
    expect([released.status, released.body.status]).toEqual([200, 'released']);
    await decisions.waitFor(
      1,
      ({ value, headers }) => value.orderId === 'A-2' && headers['ce_type'] === 'OrderReleased.v1',
    );
    await holds.waitFor(1, ({ key, value }) => key === 'A-2' && value.status === 'released');

    const { body } = await get('/A-2');
    expect(body.history).toMatchObject([
      { what: 'held', by: 'policy', after: { reasons: ['credit-limit-exceeded'] } },
      { what: 'assigned', by: 'user:u-analyst', before: { assignedTo: null }, after: { assignedTo: 'u-7' } },
      { what: 'released', by: 'user:u-manager', why: 'payment-promised: called today' },
    ]);
    expect(body.comments).toMatchObject([{ by: 'user:u-sales', text: 'they always pay' }]);
    expect(body.decisions.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['released', 'held']);
    expect(body.now).toBeUndefined();
    const { decisionId } = body.decisions[0];
    expect((await service.call('POST', `/v1/decisions/${decisionId}/recompute`)).body).toMatchObject({ isSame: true });
    expect((await post('/A-2/release', { reason })).body).toMatchObject({ status: 409, code: 'hold-closed' });
  });

  it('that nobody has, and a body that is not right, are said as problems', async () => {
    expect((await get('/nobody')).body).toMatchObject({ status: 404, code: 'hold-not-found' });
    expect((await post('/nobody/release', { reason })).body).toMatchObject({ code: 'hold-not-found' });
    expect((await post('/A-1/release', {})).body).toMatchObject({ status: 400, errors: [{ field: 'reason' }] });
  });

  it('is released once by a call that is repeated', async () => {
    const call = () =>
      service.call('POST', '/v1/holds/C-1/decline', { body: { reason: 'no' }, headers: { 'idempotency-key': 'once' } });
    const [first, again] = [await call(), await call()];
    expect([first.status, again.status, again.body.status]).toEqual([200, 200, 'declined']);
  });
});

describe('Several at once', () => {
  it('are each judged by themselves', async () => {
    await stand.tell('orders', [order('A-3', 'A', '700.00'), order('A-4', 'A', '800.00')]);
    await holds.waitFor(2, ({ key }) => key === 'A-3' || key === 'A-4');
    const orders = ['A-3', 'A-4', 'A-2', 'nobody'].map((orderId) => ({ orderId }));
    const { status, body } = await post('/releases', { orders, reason });
    expect([status, body.released]).toEqual([200, 2]);
    expect(body.results.map((one: any) => [one.orderId, one.status, one.body.code ?? one.body.status])).toEqual([
      ['A-3', 200, 'released'],
      ['A-4', 200, 'released'],
      ['A-2', 409, 'hold-closed'],
      ['nobody', 404, 'hold-not-found'],
    ]);
  });
});
