import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@ordergate/database';
import type { Delivery } from '@ordergate/messaging';
import { isolated } from '@ordergate/testing';
import type { CustomerChangedV1 } from '@ordergate/contracts';
import { migrations } from '../../migrations/index.ts';
import { OnCustomers } from './on-customers.ts';

let database: Database;
const at = new Date('2026-11-21T10:00:00Z');

beforeAll(async () => {
  const { databaseUrl } = await isolated('collections-customers');
  await migrate(databaseUrl, migrations);
  database = Database.open(databaseUrl, { name: 'customers spec' });
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.query('truncate customer'));

const record = (name: string, updatedAt: string) =>
  ({
    type: 'CustomerChanged.v1',
    customerId: 'C-1',
    time: '2026-11-21T09:00:00Z',
    message: { customerId: 'C-1', name, currency: 'EUR', language: 'tr', country: 'TR', updatedAt },
  }) as Delivery<CustomerChangedV1>;
const deleted = { type: 'CustomerDeleted', customerId: 'C-1', message: {} } as Delivery<CustomerChangedV1>;

const handle = (...deliveries: Delivery<CustomerChangedV1>[]) =>
  database.transaction((sql) =>
    new OnCustomers().handle(deliveries, {
      sql,
      at,
      businessDay: null,
      about: [],
      expectsRepeats: true,
      beforeCommit: () => undefined,
    }),
  );
const names = async () => (await database.query<{ name: string }>('select name from customer')).map(({ name }) => name);

describe('customer records', () => {
  const [older, newer] = [record('Old', '2026-01-01T00:00:00Z'), record('New', '2026-02-01T00:00:00Z')];

  it.each([
    { told: [[older, newer]], known: ['New'], because: 'the newest of a batch stands' },
    { told: [[newer, older]], known: ['New'], because: 'an older one of the same batch changes nothing' },
    { told: [[newer], [older]], known: ['New'], because: 'an older one changes nothing' },
    { told: [[newer], [newer]], known: ['New'], because: 'twice gives once' },
    { told: [[newer], [deleted]], known: [], because: 'a deleted key takes the name with it' },
    { told: [[newer], [deleted, older]], known: ['Old'], because: 'what comes after the deletion starts anew' },
  ])('leave $known, since $because', async ({ told, known }) => {
    for (const batch of told) await handle(...batch);
    expect(await names()).toEqual(known);
  });
});
