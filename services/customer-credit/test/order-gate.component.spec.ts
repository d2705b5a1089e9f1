import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveRoutesAreClosed } from '@ordergate/http/testing';
import { walkRoutes } from '@ordergate/identity';
import { eventually, metricOf, readMetrics, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, invoice, order, usd } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let decisions: TopicReader;
let deadLetters: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  service = await stand.start();
  await stand.startDay('2026-03-02');
  [decisions, deadLetters] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}orders-dlt`),
  ]);
  await stand.untilReady(service.url);
}, 90_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), deadLetters?.stop()]);
  await stand?.stop();
}, 30_000);

const decided = (orderId: string, count = 1) => decisions.waitFor(count, ({ value }) => value.orderId === orderId);
const typesOf = (records: { headers: Record<string, string> }[]) => records.map(({ headers }) => headers['ce_type']);
const codesOf = (record: { value: any } | undefined) => record?.value.reasons.map(({ code }: { code: string }) => code);
const exposureOf = async (customerId: string) =>
  (await service.call('GET', `/v1/credit-accounts/${customerId}/exposure`)).body.exposure;
/** Topics promise no order between them, so a story waits for one effect before the next cause. */
const known = (customerId: string) =>
  eventually(async () => expect((await service.call('GET', `/v1/credit-accounts/${customerId}`)).status).toBe(200));

describe('An order on credit', () => {
  it('that takes exactly the credit that is left is approved, one unit more is held with the excess named', async () => {
    await stand.tell('customers', [customer('C-1', '300.00')]);
    await known('C-1');
    await stand.tell('orders', [order('O-1', 'C-1', '300.00'), order('O-2', 'C-1', '0.01')]);

    const [approved] = await decided('O-1');
    expect(approved).toMatchObject({
      key: 'C-1',
      headers: { ce_type: 'OrderApproved.v1', ce_correlationid: 'O-1' },
      value: {
        seq: 2,
        limit: { kind: 'amount', amount: eur('300.00') },
        available: eur('300.00'),
        approval: { ceiling: eur('300.00'), validUntil: '2026-04-01' },
        decidedBy: 'policy',
        reasons: [],
      },
    });
    const [held] = await decided('O-2');
    expect(held?.value.reasons).toEqual([
      expect.objectContaining({ code: 'credit-limit-exceeded', measured: '300.01', threshold: '300.00', unit: 'EUR' }),
    ]);
    expect(await exposureOf('C-1')).toMatchObject({ openOrders: eur('300.00'), total: eur('300.00') });
  });

  it('delivered twice is decided once; the same id with other content is a dead letter', async () => {
    await stand.tell('customers', [customer('C-2', '1000.00')]);
    await known('C-2');
    const same = { ...order('O-20', 'C-2', '400.00'), id: 'same-id' };
    await stand.tell('orders', [same, same]);
    await stand.tell('orders', [{ ...order('O-20', 'C-2', '500.00'), id: 'same-id' }]);
    const [dead] = await deadLetters.waitFor(1, ({ key }) => key === 'C-2');
    expect(dead?.headers['kafka_dlt-exception-message']).toMatch(/other content/);
    expect(await decided('O-20')).toHaveLength(1);
    expect(await exposureOf('C-2')).toMatchObject({ total: eur('400.00') });
  });

  it('of nobody that is known is held for that alone, and released by itself when the customer is registered', async () => {
    await stand.tell('orders', [order('O-30', 'C-3', '50.00')]);
    expect(codesOf((await decided('O-30'))[0])).toEqual(['unknown-customer']);
    await stand.tell('customers', [customer('C-3', '100.00')]);
    expect(typesOf(await decided('O-30', 2))).toEqual(['OrderHeld.v1', 'OrderReleased.v1']);
    expect(await exposureOf('C-3')).toMatchObject({ openOrders: eur('50.00') });
  });

  it('whose goods left in a currency without a rate is told right when the rate comes, though it waits for nothing', async () => {
    await stand.tell('customers', [customer('C-41', '1000.00')]);
    await eventually(async () => expect((await service.call('GET', '/v1/credit-accounts/C-41')).status).toBe(200));
    await stand.tell('orders', [order('O-41', 'C-41', '100.00')]);
    await decided('O-41');
    const value = { amount: '60', currency: 'JPY' };
    const goods = { orderId: 'O-41', customerId: 'C-41', shipmentId: 'S-41', value, shippedAt: '2026-03-02T12:00:00Z' };
    await stand.tell('orders', [{ type: 'OrderShipped.v1', data: goods }]);
    const shipped = async (): Promise<object> =>
      (await service.call('GET', '/v1/credit-accounts/C-41/exposure')).body.exposure.shippedNotInvoiced;
    await eventually(async () => expect(await shipped()).toEqual(eur('100.00')));
    await service.call('PUT', '/v1/exchange-rates/2026-03-02', { body: { from: 'JPY', to: 'EUR', rate: '0.5' } });
    await eventually(async () => expect(await shipped()).toEqual(eur('30.00')));
  });

  it('in a currency without a rate waits for the rate and is converted with it', async () => {
    await stand.tell('customers', [customer('C-4', '100.00')]);
    await known('C-4');
    await stand.tell('orders', [order('O-40', 'C-4', '0', { total: usd('100.00') })]);
    expect(codesOf((await decided('O-40'))[0])).toEqual(['currency-rate-missing']);
    const reply = await service.call('PUT', '/v1/exchange-rates/2026-03-02', {
      body: { from: 'USD', to: 'EUR', rate: '0.92' },
    });
    expect(reply).toMatchObject({ status: 200, body: { accountsToDecideAgain: 1 } });
    const [, released] = await decided('O-40', 2);
    expect(released?.value).toMatchObject({ rate: '0.92', totalInAccountCurrency: eur('92.00') });
  });

  it('is amended, cancelled and shipped: what it reserves follows', async () => {
    await stand.tell('customers', [customer('C-5', '1000.00')]);
    await known('C-5');
    const version = (orderVersion: number, amount: string) => ({
      ...order('O-50', 'C-5', amount, { orderVersion }),
      type: 'OrderAmended.v1',
    });
    await stand.tell('orders', [
      order('O-50', 'C-5', '400.00'),
      version(2, '1000.01'),
      version(3, '600.00'),
      version(2, '1.00'),
    ]);
    expect(typesOf(await decided('O-50', 3))).toEqual(['OrderApproved.v1', 'OrderHeld.v1', 'OrderApproved.v1']);
    const shipped = {
      shipmentId: 'S-1',
      orderId: 'O-50',
      customerId: 'C-5',
      value: eur('200.00'),
      shippedAt: '2026-03-02T12:00:00Z',
    };
    await stand.tell('orders', [{ type: 'OrderShipped.v1', data: shipped }]);
    await eventually(async () =>
      expect(await exposureOf('C-5')).toMatchObject({ openOrders: eur('400.00'), shippedNotInvoiced: eur('200.00') }),
    );
    await stand.tell('receivables', [invoice('I-50', 'C-5', '150.00', '2026-04-01', { orderId: 'O-50' })]);
    await eventually(async () =>
      expect(await exposureOf('C-5')).toMatchObject({
        openOrders: eur('400.00'),
        shippedNotInvoiced: eur('50.00'),
        receivables: eur('150.00'),
        total: eur('600.00'),
      }),
    );
    await stand.tell('orders', [
      {
        type: 'OrderCancelled.v1',
        data: { orderId: 'O-50', customerId: 'C-5', cancelledAt: '2026-03-02T13:00:00Z' } as never,
      },
    ]);
    await eventually(async () =>
      expect(await exposureOf('C-5')).toMatchObject({ openOrders: eur('0.00'), shippedNotInvoiced: eur('50.00') }),
    );
  });
});

describe('People', () => {
  it('change a limit through the customer’s own lane and get the outcome as the answer', async () => {
    await stand.tell('customers', [customer('C-6', '10.00')]);
    await known('C-6');
    const reply = await service.call('PUT', '/v1/credit-accounts/C-6/limit', {
      body: { limit: { kind: 'amount', amount: eur('500.00') }, reason: 'good payer' },
    });
    expect(reply).toMatchObject({ status: 200, body: { customerId: 'C-6', available: eur('500.00'), seq: 2 } });
    await stand.tell('orders', [order('O-60', 'C-6', '500.00')]);
    expect(typesOf(await decided('O-60'))).toEqual(['OrderApproved.v1']);
  });

  it('block and unblock an account; orders are held in between', async () => {
    await stand.tell('customers', [customer('C-7', '1000.00')]);
    await known('C-7');
    const block = await service.call('POST', '/v1/credit-accounts/C-7/blocks', {
      body: { kind: 'legal', reason: 'law suit' },
    });
    expect(block.status).toBe(201);
    await stand.tell('orders', [order('O-70', 'C-7', '10.00')]);
    expect((await decided('O-70'))[0]?.value.reasons).toEqual([
      { code: 'account-blocked', message: 'The account is blocked (legal): law suit' },
    ]);
    expect(await service.call('DELETE', `/v1/credit-accounts/C-7/blocks/${block.body.blockId}`)).toMatchObject({
      status: 200,
      body: { blocks: [] },
    });
    await stand.tell('orders', [order('O-71', 'C-7', '10.00')]);
    expect(typesOf(await decided('O-71'))).toEqual(['OrderApproved.v1']);
  });

  it('ask what would be decided, and nothing is reserved', async () => {
    await stand.tell('customers', [customer('C-8', '100.00')]);
    await known('C-8');
    const check = (amount: string) =>
      service.call('POST', '/v1/credit-checks', { body: order('O-80', 'C-8', amount).data });
    expect(await check('100.00')).toMatchObject({ status: 200, body: { outcome: 'approved' } });
    expect(await check('100.01')).toMatchObject({
      status: 200,
      body: { outcome: 'held', reasons: [{ code: 'credit-limit-exceeded' }] },
    });
    expect(await exposureOf('C-8')).toMatchObject({ total: eur('0.00') });
  });

  it('read a decision with the figures it rests on', async () => {
    const [first] = await decided('O-1');
    const reply = await service.call('GET', `/v1/decisions/${first!.value.decisionId}`);
    expect(reply).toMatchObject({ status: 200, body: { outcome: 'approved', ...first!.value } });
    const list = await service.call('GET', '/v1/credit-accounts/C-1/decisions?limit=1');
    expect(list.body.items).toMatchObject([{ orderId: 'O-2', outcome: 'held' }]);
    const next = await service.call('GET', `/v1/credit-accounts/C-1/decisions?limit=1&cursor=${list.body.next}`);
    expect(next.body.items).toMatchObject([{ orderId: 'O-1', outcome: 'approved' }]);
    const notOurs = Buffer.from('["not-a-number"]').toString('base64url');
    const refused = await service.call('GET', `/v1/credit-accounts/C-1/decisions?cursor=${notOurs}`);
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation-failed', errors: [{ field: 'cursor' }] } });
  });
});

describe('The figures for Prometheus', () => {
  it('count what the topic tells: each decision by outcome, each hold under each of its reasons', async () => {
    await eventually(async () => {
      const response = await fetch(`${service.url}/metrics`, {
        headers: { authorization: `Bearer ${await stand.issuer.token({ user: 'prometheus', roles: ['ops'] })}` },
      });
      const samples = readMetrics(await response.text());
      const told = typesOf(decisions.records);
      const reasons = decisions.records.flatMap((record) => codesOf(record) as string[]);
      for (const [outcome, type] of [
        ['approved', 'OrderApproved.v1'],
        ['held', 'OrderHeld.v1'],
        ['released', 'OrderReleased.v1'],
      ] as const) {
        const counted = told.filter((one) => one === type).length;
        expect(counted).toBeGreaterThan(0);
        expect([outcome, metricOf(samples, 'ordergate_decisions_total', { outcome })]).toEqual([outcome, counted]);
      }
      for (const reason of ['credit-limit-exceeded', 'unknown-customer', 'technical-error', 'order-splitting']) {
        const counted = reasons.filter((code) => code === reason).length;
        expect([reason, metricOf(samples, 'ordergate_hold_reasons_total', { reason })]).toEqual([reason, counted]);
      }
    });
  });
});

describe('Every route', () => {
  it('is closed to tokens that are missing, expired, foreign or without the role', async () => {
    const { requests, holes } = await proveRoutesAreClosed(service.url, walkRoutes(service.app), stand.issuer);
    expect(holes).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(11 * 4);
  }, 30_000);
});
