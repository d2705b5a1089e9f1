import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@ordergate/testing';
import { get, startCollections, tell, type RunningService } from './running-service.fixture.ts';

jest.setTimeout(90_000);

let service: RunningService;

const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const invoice = (customerId: string, invoiceId: string, total: string, more: object = {}) => ({
  invoiceId,
  customerId,
  total: money(total),
  issuedOn: '2026-10-01',
  dueOn: '2026-11-20',
  ...more,
});
const openItems = async (customerId: string) =>
  (await get(service, `/v1/customers/${customerId}/open-items`)).body.items;

beforeAll(async () => {
  service = await startCollections();
});

afterAll(() => service?.app.close());

describe('before the first business day', () => {
  it('ageing is not ready, and nobody is known', async () => {
    expect(await get(service, '/v1/ageing')).toMatchObject({ status: 503, body: { code: 'not-ready' } });
    expect(await get(service, '/v1/customers/C-0/open-items')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-21' });
    await eventually(async () => expect((await get(service, '/v1/ageing')).body.businessDay).toBe('2026-11-21'));
  });
});

describe('ageing', () => {
  it('sums what is open by days overdue, each currency by itself', async () => {
    const due = {
      'A-1': '2026-11-21',
      'A-2': '2026-11-20',
      'A-3': '2026-10-21',
      'A-4': '2026-09-21',
      'A-5': '2026-08-22',
    };
    for (const [invoiceId, dueOn] of Object.entries(due)) {
      await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-7', invoiceId, '10', { dueOn }));
    }
    await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-7', 'A-6', '0', { total: money('700', 'JPY') }));
    await tell(service, 'receivables', 'DisputeOpened.v1', {
      disputeId: 'D',
      customerId: 'C-7',
      invoiceId: 'A-2',
      amount: money('4'),
      on: '2026-11-21',
    });
    const bucket = (name: string, amount: string, currency = 'EUR') => ({
      bucket: name,
      amount: money(amount, currency),
    });
    await eventually(async () =>
      expect((await get(service, '/v1/ageing?customerId=C-7')).body).toEqual({
        businessDay: '2026-11-21',
        customerId: 'C-7',
        currencies: [
          {
            currency: 'EUR',
            open: money('50.00'),
            overdue: money('40.00'),
            disputed: money('4.00'),
            buckets: [
              bucket('not-due', '10.00'),
              bucket('1-30', '10.00'),
              bucket('31-60', '10.00'),
              bucket('61-90', '10.00'),
              bucket('over-90', '10.00'),
            ],
          },
          {
            currency: 'JPY',
            open: money('700', 'JPY'),
            overdue: money('700', 'JPY'),
            disputed: money('0', 'JPY'),
            buckets: [
              bucket('not-due', '0', 'JPY'),
              bucket('1-30', '700', 'JPY'),
              bucket('31-60', '0', 'JPY'),
              bucket('61-90', '0', 'JPY'),
              bucket('over-90', '0', 'JPY'),
            ],
          },
        ],
      }),
    );
    await tell(service, 'receivables', 'InvoicePosted.v1', invoice('C-6', 'OTHER', '3'));
    await eventually(async () =>
      expect((await get(service, '/v1/ageing', 'auditor')).body.currencies[0].open).toEqual(money('53.00')),
    );
  });

  it('moves with the business day, which never goes back', async () => {
    await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-22' });
    await tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay: '2026-11-01' });
    await eventually(async () => {
      const { businessDay, currencies } = (await get(service, '/v1/ageing?customerId=C-7')).body;
      expect(businessDay).toBe('2026-11-22');
      expect(currencies[0].buckets[0].amount).toEqual(money('0.00'));
    });
  });
});

describe('the list of open items', () => {
  it('comes in pages, oldest due first, none lost and none twice', async () => {
    await eventually(async () => expect(await openItems('C-7')).toHaveLength(6));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await get(service, `/v1/customers/C-7/open-items?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((item: any) => item.invoiceId));
      cursor = body.next;
    } while (cursor);
    expect(seen).toEqual(['A-5', 'A-4', 'A-3', 'A-2', 'A-6', 'A-1']);
  });

  it('is empty for a customer who owes nothing', async () => {
    const customer = { customerId: 'C-8', name: 'Yıldız Gıda A.Ş.', currency: 'EUR', language: 'tr', country: 'TR' };
    await tell(service, 'customers', 'CustomerRegistered.v1', customer);
    await eventually(async () =>
      expect(await get(service, '/v1/customers/C-8/open-items')).toEqual({ status: 200, body: { items: [] } }),
    );
  });
});
