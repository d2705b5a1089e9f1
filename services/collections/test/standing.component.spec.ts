import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { topicName, writeEvent } from '@ordergate/contracts';
import { partitionOf } from '@ordergate/messaging';
import { eventually, publish, readTopic, testInfra, type TopicReader } from '@ordergate/testing';
import { get, startCollections, tell, type RunningService } from './running-service.fixture.ts';

jest.setTimeout(90_000);

let service: RunningService;
let collections: TopicReader;

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const startDay = (businessDay: string) => tell(service, 'business-days', 'BusinessDayStarted.v1', { businessDay });
const owes = (customerId: string, invoiceId: string, amount: string, dueOn: string) =>
  tell(service, 'receivables', 'InvoicePosted.v1', {
    ...{ customerId, invoiceId, total: eur(amount), issuedOn: '2026-10-01', dueOn },
  });
const standing = async (customerId: string) => (await get(service, `/v1/customers/${customerId}/standing`)).body;
const told = (customerId: string) =>
  collections.records
    .filter(({ value }) => value.customerId === customerId)
    .map(({ value }) => [value.businessDay, value.overdue.amount, value.oldestOverdueDays]);

beforeAll(async () => {
  service = await startCollections();
  collections = await readTopic(topicName(service.topicPrefix, 'collections'));
});

afterAll(async () => {
  await collections?.stop();
  await service?.app.close();
});

describe('A customer’s standing', () => {
  it('waits for the first business day, which tells all that came before', async () => {
    expect(await get(service, '/v1/customers/C-1/standing')).toMatchObject({ status: 404 });
    await owes('C-1', 'I-1', '30', '2026-11-20');
    await eventually(async () =>
      expect(await get(service, '/v1/customers/C-1/standing')).toMatchObject({
        status: 503,
        body: { code: 'not-ready' },
      }),
    );
    await startDay('2026-11-21');
    await eventually(async () => expect(told('C-1')).toEqual([['2026-11-21', '30.00', 1]]));
    expect(await standing('C-1')).toMatchObject({ overdue: eur('30.00'), oldestOverdueDays: 1, dunningLevel: 0 });
  });

  it('is told when it changes, and on a new day to those whom the day changes', async () => {
    await owes('C-2', 'I-1', '10', '2026-11-21');
    await owes('C-3', 'I-1', '10', '2026-11-22');
    await eventually(async () => expect(told('C-3')).toEqual([['2026-11-21', '0.00', 0]]));
    await startDay('2026-11-22');
    await eventually(async () => {
      expect(told('C-1')).toContainEqual(['2026-11-22', '30.00', 2]);
      expect(told('C-2')).toEqual([
        ['2026-11-21', '0.00', 0],
        ['2026-11-22', '10.00', 1],
      ]);
    });
    // Its items fall due today and are not overdue: it stands as it stood, on the new day.
    expect(await standing('C-3')).toMatchObject({ businessDay: '2026-11-22', overdue: eur('0.00') });
    expect(told('C-3')).toHaveLength(1);
  });
});

describe('A posting that is not where its customer’s lane looks', () => {
  it('is in the book once, by way of that lane', async () => {
    const customerId = 'M-1';
    const forwarded = await readTopic(topicName(service.topicPrefix, 'collection-commands'));
    const wrong = partitionOf(customerId, 2) === 0 ? 1 : 0;
    const records = [wrong, partitionOf(customerId, 2)].map((at) => {
      const data = {
        ...{ customerId, invoiceId: `I-${at}`, total: eur('10'), issuedOn: '2026-10-01', dueOn: '2026-11-20' },
      };
      const id = `misplaced-${customerId}-${at}`;
      const event = { id, type: 'InvoicePosted.v1', source: '/spec', time: '2026-11-22T08:00:00Z', data };
      return { key: customerId, partition: at, ...writeEvent(event) };
    });
    await publish(testInfra().brokers, topicName(service.topicPrefix, 'receivables'), records);
    await eventually(async () => expect((await standing(customerId)).overdue).toEqual(eur('20.00')));
    const hops = forwarded.records.filter(({ key }) => key === customerId);
    expect(hops.map(({ value }) => [value.topic, value.partition])).toEqual([['receivables', wrong]]);
    await forwarded.stop();
  });
});
