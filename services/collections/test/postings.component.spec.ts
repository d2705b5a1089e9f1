import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { topicName } from '@ordergate/contracts';
import { proveRoutesAreClosed } from '@ordergate/http/testing';
import { walkRoutes } from '@ordergate/identity';
import { eventually, publish, readTopic, testInfra, type TopicReader } from '@ordergate/testing';
import { get, post, startCollections, tell, type RunningService } from './running-service.fixture.ts';

jest.setTimeout(90_000);

let service: RunningService;
let receivables: TopicReader;

const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const invoice = (customerId: string, invoiceId: string, total: string, more: object = {}) => ({
  invoiceId,
  customerId,
  total: money(total),
  issuedOn: '2026-10-01',
  dueOn: '2026-11-20',
  ...more,
});
const payment = (customerId: string, paymentId: string, total: string, more: object = {}) => ({
  paymentId,
  customerId,
  total: money(total),
  receivedOn: '2026-11-21',
  ...more,
});
const openItems = async (customerId: string) =>
  (await get(service, `/v1/customers/${customerId}/open-items`)).body.items;
const openAmounts = async (customerId: string) =>
  ((await openItems(customerId)) as any[]).map(({ invoiceId, open }) => `${invoiceId} ${open.amount}`);
const eventuallyOpen = (customerId: string, amounts: string[]) =>
  eventually(async () => expect(await openAmounts(customerId)).toEqual(amounts));

beforeAll(async () => {
  service = await startCollections();
  await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-21' });
  receivables = await readTopic(topicName(service.topicPrefix, 'receivables'));
});

afterAll(async () => {
  await receivables?.stop();
  await service?.app.close();
});

describe('an invoice posted over HTTP', () => {
  it('goes to the topic as the message it is, and is an open item', async () => {
    const body = invoice('C-1', 'INV-1', '100.50', { orderId: 'SO-1' });
    const posted = await post(service, '/v1/invoices', body);
    const url = '/v1/customers/C-1/invoices/INV-1';
    expect(posted).toMatchObject({ status: 202, location: url, body: { status: 'received', url } });
    const [record] = await receivables.waitFor(1, ({ value }) => value.invoiceId === 'INV-1');
    expect(record).toMatchObject({
      key: 'C-1',
      value: body,
      headers: { ce_type: 'InvoicePosted.v1', ce_correlationid: 'INV-1' },
    });
    expect(record!.headers['ce_id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    await eventuallyOpen('C-1', ['INV-1 100.50']);
    await eventually(async () => expect((await openItems('C-1'))[0]).toHaveProperty('overdueDays'));
    expect(await openItems('C-1')).toEqual([
      {
        invoiceId: 'INV-1',
        instalmentNo: 1,
        orderId: 'SO-1',
        amount: money('100.50'),
        open: money('100.50'),
        disputed: money('0.00'),
        issuedOn: '2026-10-01',
        dueOn: '2026-11-20',
        overdueDays: 1,
      },
    ]);
  });

  it('answers 201 when the caller waits for the effect, and is read where the answer says', async () => {
    const instalments = [
      { dueOn: '2026-12-01', amount: money('40') },
      { dueOn: '2026-11-01', amount: money('60') },
    ];
    const posted = await post(service, '/v1/invoices?wait=10s', invoice('C-2', 'INV/2', '100', { instalments }));
    expect(posted).toMatchObject({ status: 201, body: { status: 'posted' } });
    const { body } = await get(service, posted.location!, 'accounting');
    expect(body.instalments.map(({ instalmentNo, overdueDays }: any) => [instalmentNo, overdueDays])).toEqual([
      [2, 20],
      [1, 0],
    ]);
  });

  it('twice with one key is one message; known under its id with other content, it is a conflict', async () => {
    const body = invoice('C-3', 'INV-3', '10');
    const first = await post(service, '/v1/invoices?wait=10s', body, { key: 'same' });
    const again = await post(service, '/v1/invoices?wait=10s', body, { key: 'same' });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await post(service, '/v1/invoices', { ...body, total: money('11') })).toMatchObject({
      status: 409,
      body: { code: 'version-conflict' },
    });
    await post(service, '/v1/invoices?wait=10s', invoice('C-3', 'INV-4', '5'));
    expect(receivables.records.filter(({ value }) => value.invoiceId === 'INV-3')).toHaveLength(1);
    expect(await openAmounts('C-3')).toEqual(['INV-3 10.00', 'INV-4 5.00']);
  });

  it('that cannot be is refused with every violation named, and nothing is published', async () => {
    const refused = await post(service, '/v1/invoices', invoice('C-3', 'INV-5', '1.234', { dueOn: 'soon' }));
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
    expect(refused.body.errors.map(({ field }: any) => field).sort()).toEqual(['dueOn', 'total.amount']);
    const dispute = {
      disputeId: 'D-1',
      customerId: 'C-3',
      invoiceId: 'INV-3',
      amount: money('1', 'USD'),
      on: '2026-11-21',
    };
    expect((await post(service, '/v1/disputes', dispute)).body.detail).toBe(
      'amount must be in EUR, the currency of invoice INV-3',
    );
    await post(service, '/v1/invoices?wait=10s', invoice('C-3', 'INV-6', '1'));
    expect(receivables.records.filter(({ value }) => value.disputeId === 'D-1' || value.invoiceId === 'INV-5')).toEqual(
      [],
    );
  });
});

describe('a payment', () => {
  it('pays the oldest due item first, and what it named is seen on it', async () => {
    await post(service, '/v1/invoices?wait=10s', invoice('C-4', 'LATE', '50', { dueOn: '2026-12-24' }));
    await post(service, '/v1/invoices?wait=10s', invoice('C-4', 'SOON', '50'));
    const paid = await post(service, '/v1/payments?wait=10s', payment('C-4', 'P-1', '70'));
    expect(paid.status).toBe(201);
    expect(await openAmounts('C-4')).toEqual(['LATE 30.00']);
    const { body } = await get(service, paid.location!);
    expect(body).toMatchObject({ total: money('70.00'), unallocated: money('0.00'), state: 'posted' });
    expect(body.allocations).toEqual([
      { invoiceId: 'LATE', instalmentNo: 1, amount: money('20.00') },
      { invoiceId: 'SOON', instalmentNo: 1, amount: money('50.00') },
    ]);
  });

  it('from the accounting system counts once when it is delivered twice', async () => {
    await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-5', 'I', '100'));
    const paid = payment('C-5', 'P', '30');
    await tell(service, 'receivables', 'PaymentReceived.v1', paid, 'twice');
    await tell(service, 'receivables', 'PaymentReceived.v1', paid, 'twice');
    await tell(service, 'receivables', 'PaymentReceived.v1', paid, 'resent under another id');
    await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-5', 'LAST', '1'));
    await eventuallyOpen('C-5', ['I 70.00', 'LAST 1.00']);
  });

  it('that bounces opens again what it had paid', async () => {
    await post(service, '/v1/invoices?wait=10s', invoice('C-6', 'I', '80'));
    const cheque = {
      instrumentId: 'Q',
      kind: 'cheque',
      customerId: 'C-6',
      total: money('80'),
      dueOn: '2027-01-01',
      receivedOn: '2026-11-21',
    };
    expect((await post(service, '/v1/instruments?wait=10s', cheque)).status).toBe(201);
    expect(await openAmounts('C-6')).toEqual([]);
    await tell(service, 'receivables', 'InstrumentBounced.v1', {
      instrumentId: 'Q',
      customerId: 'C-6',
      on: '2026-11-21',
    });
    await eventuallyOpen('C-6', ['I 80.00']);
    expect((await get(service, '/v1/customers/C-6/instruments/Q')).body).toMatchObject({
      state: 'bounced',
      allocations: [],
    });
  });
});

describe('what can never be applied', () => {
  it('is dead-lettered with its violation, and the others go on', async () => {
    const deadLetters = await readTopic(topicName(service.topicPrefix, 'receivables-dlt'));
    await publish(testInfra().brokers, topicName(service.topicPrefix, 'receivables'), [
      { key: 'C-9', value: '{"broken' },
    ]);
    await tell(service, 'receivables', 'InstrumentCleared.v1', {
      instrumentId: 'NEVER',
      customerId: 'C-9',
      on: '2026-11-21',
    });
    await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-9', 'GOOD', '7'));
    await eventuallyOpen('C-9', ['GOOD 7.00']);
    const records = await deadLetters.waitFor(2);
    const messages = records.map(({ headers }) => headers['kafka_dlt-exception-message']);
    expect(messages).toContainEqual(expect.stringContaining('instrument NEVER was never received'));
    await deadLetters.stop();
  });
});

describe('every route', () => {
  it('is closed to who has no token or not the role', async () => {
    const { requests, holes } = await proveRoutesAreClosed(service.url, walkRoutes(service.app), service.issuer);
    expect(holes).toEqual([]);
    expect(requests).toBeGreaterThan(40);
  });

  it.each([
    { path: '/v1/invoices', role: 'collector' as const },
    { path: '/v1/payments', role: 'auditor' as const },
    { path: '/v1/disputes', role: 'sales' as const },
  ])('$path is not for the role $role', async ({ path, role }) => {
    expect((await post(service, path, {}, { role })).status).toBe(403);
  });
});
