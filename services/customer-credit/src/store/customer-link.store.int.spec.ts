import { Database, migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrations } from '../../migrations/index.ts';
import { loadLinkedCustomers, saveCustomerLinks } from './customer-link.store.ts';

let database: Database;
beforeAll(async () => {
  const { databaseUrl } = await isolated('customer-links');
  await migrate(databaseUrl, migrations);
  database = Database.open(databaseUrl, { name: 'customer link spec' });
  await database.query("insert into credit_account (customer_id, currency) select unnest($1::text[]), 'EUR'", [
    ['A', 'B', 'C'],
  ]);
}, 60_000);
afterAll(() => database?.close());
beforeEach(() => database.query('delete from customer_link'));

const links = (customers: Record<string, string[]>) => new Map(Object.entries(customers));
const save = (customers: Record<string, string[]>) =>
  database.transaction((tx) => saveCustomerLinks(tx, links(customers)));
const linkedTo = async (customerId: string): Promise<string[]> =>
  (await loadLinkedCustomers(database, [customerId])).map((linked) => linked.customerId);

describe('Customers that have something in common', () => {
  it('are found from either side, whoever came first', async () => {
    await save({ A: ['tax-id 1', 'address one'] });
    await save({ B: ['tax-id 1'], C: ['address two'] });
    expect([await linkedTo('A'), await linkedTo('B'), await linkedTo('C')]).toEqual([['B'], ['A'], []]);
  });

  it('are no longer found when one of them has changed, and are again when it changes back', async () => {
    await save({ A: ['tax-id 1'], B: ['tax-id 1'] });
    await save({ B: ['tax-id 2'] });
    expect([await linkedTo('A'), await linkedTo('B')]).toEqual([[], []]);
    await save({ B: ['tax-id 1'] });
    expect([await linkedTo('A'), await linkedTo('B')]).toEqual([['B'], ['A']]);
  });

  it('are found when they register in the same instant, each before the other is committed', async () => {
    const first = Promise.withResolvers<void>();
    const firstHasWritten = Promise.withResolvers<void>();
    const one = database.transaction(async (tx) => {
      await saveCustomerLinks(tx, links({ A: ['tax-id 1'] }));
      firstHasWritten.resolve();
      await first.promise;
    });
    await firstHasWritten.promise;
    const other = save({ B: ['tax-id 1'] });
    await waitsForAnother();
    first.resolve();
    await Promise.all([one, other]);
    expect([await linkedTo('A'), await linkedTo('B')]).toEqual([['B'], ['A']]);
  });
});

/** The second writer has come to the lock that the first one holds. */
async function waitsForAnother(): Promise<void> {
  for (;;) {
    const waiting = await database.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
}
