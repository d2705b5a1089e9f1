import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { topicName } from '@ordergate/contracts';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { get, post, startCollections, tell, type RunningService } from './running-service.fixture.ts';

jest.setTimeout(90_000);

let service: RunningService;
let collections: TopicReader;

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const owes = (customerId: string, invoiceId: string, amount: string, dueOn: string) =>
  post(service, '/v1/invoices?wait=10s', { customerId, invoiceId, total: eur(amount), issuedOn: '2026-10-01', dueOn });
const standing = async (customerId: string) => (await get(service, `/v1/customers/${customerId}/standing`)).body;
const asCollector = { role: 'collector' as const };
const run = (body: object) => post(service, '/v1/dunning-runs', body, asCollector);

beforeAll(async () => {
  service = await startCollections();
  collections = await readTopic(topicName(service.topicPrefix, 'collections'));
  await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-21' });
  await eventually(async () => expect((await get(service, '/v1/ageing')).status).toBe(200));
});

afterAll(async () => {
  await collections?.stop();
  await service?.app.close();
});

describe('A dunning run over HTTP', () => {
  it('answers when it has come to everybody: of one customer, then of all', async () => {
    await owes('C-1', 'I', '100', '2026-11-14');
    await owes('C-2', 'I', '50', '2026-11-01');
    await owes('C-3', 'I', '50', '2026-11-20');
    const one = await run({ customerId: 'C-1' });
    expect(one).toMatchObject({ status: 201, body: { status: 'done', customers: 1, handled: 1, notices: 1 } });
    expect(await standing('C-1')).toMatchObject({ dunningLevel: 1 });
    expect(await standing('C-2')).toMatchObject({ dunningLevel: 0 });

    const all = await run({});
    expect(all).toMatchObject({ status: 201, body: { status: 'done', customers: 3, notices: 1 } });
    expect(await standing('C-2')).toMatchObject({ dunningLevel: 1 });
    expect(await get(service, all.location!)).toEqual({ status: 200, body: all.body });
    const notices = await collections.waitFor(2, ({ headers }) => headers['ce_type'] === 'DunningNoticeIssued.v1');
    expect(notices.map(({ value }) => [value.customerId, value.dunningLevel])).toEqual([
      ['C-1', 1],
      ['C-2', 1],
    ]);
  });

  it('the same call again is the same run', async () => {
    const options = { ...asCollector, key: 'same run' };
    const first = await post(service, '/v1/dunning-runs', { customerId: 'C-2' }, options);
    expect(await post(service, '/v1/dunning-runs', { customerId: 'C-2' }, options)).toEqual(first);
  });

  it('goes by the policy that is active', async () => {
    const document = { version: 'P-1', dunning: { levels: [{ level: 1, days: 1 }] } };
    await tell(service, 'policies', 'PolicyActivated.v1', {
      ...{ version: 'P-1', document, activatedBy: 'user:u-1', activatedAt: '2026-11-21T00:00:00Z' },
    });
    await eventually(async () => {
      await run({ customerId: 'C-3' });
      expect(await standing('C-3')).toMatchObject({ dunningLevel: 1 });
    });
  });

  it('of nobody is refused', async () => {
    expect(await run({ customerId: 'NOBODY' })).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await post(service, '/v1/dunning-runs', {})).toMatchObject({ status: 403 });
  });
});

describe('A promise over HTTP', () => {
  it('is recorded, is read where the answer says, and is kept by a payment', async () => {
    await owes('C-4', 'I', '100', '2026-11-01');
    const body = { promiseId: 'P-1', customerId: 'C-4', amount: eur('60'), payOn: '2026-11-21' };
    const made = await post(service, '/v1/promises?wait=10s', body, asCollector);
    const url = '/v1/customers/C-4/promises/P-1';
    expect(made).toMatchObject({ status: 201, location: url, body: { status: 'open', promiseId: 'P-1' } });
    const promise = {
      promiseId: 'P-1',
      state: 'open',
      amount: eur('60.00'),
      received: eur('0.00'),
      madeBy: 'user:u-1',
    };
    expect((await get(service, url)).body).toMatchObject(promise);
    expect((await get(service, '/v1/customers/C-4/promises')).body).toMatchObject({ items: [promise] });
    expect(await standing('C-4')).toMatchObject({ promised: [{ payOn: '2026-11-21', amount: eur('60.00') }] });
    expect(await post(service, '/v1/promises', { ...body, amount: eur('61') }, asCollector)).toMatchObject({
      status: 409,
      body: { code: 'version-conflict' },
    });
    await post(service, '/v1/payments?wait=10s', {
      ...{ paymentId: 'M', customerId: 'C-4', total: eur('60'), receivedOn: '2026-11-21' },
    });
    expect((await get(service, url)).body).toMatchObject({ state: 'kept', received: eur('60.00') });
  });

  it('for a day that has passed, or by nobody, is refused', async () => {
    const body = { customerId: 'C-4', amount: eur('60'), payOn: '2026-11-20' };
    expect((await post(service, '/v1/promises', body, asCollector)).body.errors).toEqual([
      { field: 'payOn', value: '2026-11-20', problem: 'must be 2026-11-21, the business day, or later' },
    ]);
    expect(await post(service, '/v1/promises', { ...body, customerId: 'NOBODY' }, asCollector)).toMatchObject({
      status: 404,
    });
  });
});

describe('A payment plan over HTTP', () => {
  it('is agreed, and broken on the day after an instalment was missed', async () => {
    await owes('C-5', 'I', '100', '2026-11-01');
    const instalments = [
      { dueOn: '2026-11-22', amount: eur('40') },
      { dueOn: '2026-12-22', amount: eur('60') },
    ];
    const made = await post(service, '/v1/payment-plans?wait=10s', { customerId: 'C-5', instalments }, asCollector);
    expect(made).toMatchObject({ status: 201, body: { status: 'open' } });
    await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-23' });
    await eventually(async () =>
      expect((await get(service, made.location!)).body).toMatchObject({ state: 'broken', amount: eur('100.00') }),
    );
    const mixed = [instalments[0], { dueOn: '2026-12-22', amount: { amount: '60', currency: 'USD' } }];
    expect(
      await post(service, '/v1/payment-plans', { customerId: 'C-5', instalments: mixed }, asCollector),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'instalments', problem: 'must all be in one currency' }] },
    });
  });
});
