import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@ordergate/database';
import type { Chunk, Delivery } from '@ordergate/messaging';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../migrations/index.ts';
import { OnCustomers } from './on-customers.ts';

let database: Database;
let chunk: Chunk;

beforeAll(async () => {
  const { databaseUrl } = await isolated('on customers');
  await migrate(databaseUrl, migrations);
  database = Database.open(databaseUrl, { name: 'test' });
  chunk = {
    sql: database,
    businessDay: null,
    at: new Date('2026-11-21T12:00:00Z'),
    about: [],
    expectsRepeats: true,
    beforeCommit: () => undefined,
  };
});
afterAll(() => database?.close());

const record = (customerId: string, name: string, updatedAt?: string) => ({
  customerId,
  name,
  language: 'tr',
  updatedAt,
});
const delivery = (type: string, message: object, time?: string) => ({ type, message, time }) as Delivery<never>;
const changed = (customerId: string, name: string, updatedAt?: string, time?: string) =>
  delivery('CustomerChanged.v1', record(customerId, name, updatedAt), time);
const deleted = (customerId: string) => delivery('CustomerDeleted', { customerId });
const nameOf = async (customerId: string) =>
  (await database.query<{ name: string }>('select name from customer where customer_id = $1', [customerId]))[0]?.name;

describe('the record of a customer', () => {
  it.each([
    {
      customerId: 'C-1',
      because: 'the newer record stands',
      messages: [changed('C-1', 'old', '2026-01-01T00:00:00Z'), changed('C-1', 'new', '2026-01-02T00:00:00Z')],
      name: 'new',
    },
    {
      customerId: 'C-2',
      because: 'an older one changes nothing',
      messages: [changed('C-2', 'new', '2026-01-02T00:00:00Z'), changed('C-2', 'old', '2026-01-01T00:00:00Z')],
      name: 'new',
    },
    {
      customerId: 'C-3',
      because: 'without updatedAt the time of the event counts',
      messages: [
        changed('C-3', 'new', undefined, '2026-01-02T00:00:00Z'),
        changed('C-3', 'old', undefined, '2026-01-01T00:00:00Z'),
      ],
      name: 'new',
    },
    {
      customerId: 'C-4',
      because: 'a deleted key takes it away',
      messages: [changed('C-4', 'gone', '2026-01-01T00:00:00Z'), deleted('C-4')],
      name: undefined,
    },
    {
      customerId: 'C-5',
      because: 'who comes back is new',
      messages: [
        changed('C-5', 'old', '2026-01-02T00:00:00Z'),
        deleted('C-5'),
        changed('C-5', 'back', '2026-01-03T00:00:00Z'),
      ],
      name: 'back',
    },
  ])('is $name, since $because: in one batch and one by one', async ({ customerId, messages, name }) => {
    const handler = new OnCustomers();
    await handler.handle(messages, chunk);
    expect(await nameOf(customerId)).toBe(name);

    await database.query('delete from customer');
    for (const message of messages) await handler.handle([message], chunk);
    expect(await nameOf(customerId)).toBe(name);
  });
});
