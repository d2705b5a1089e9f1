import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sql } from '@ordergate/database';
import { barePolicy } from '../domain/policy/policy.ts';
import { lockGroups } from '../store/credit-group.store.ts';
import { businessDay, creditLane } from './credit-lane.fixture.ts';
import { eur, invoiced, limitOf, placed, registered } from './credit-messages.fixture.ts';
import { regroup } from './regroup.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
  for (const groupId of ['G-a', 'G-b'])
    await credit.database.transaction((sql) =>
      regroup(sql, {
        ...{ groupId, currency: 'EUR', limit: limitOf(eur('1000.00')) as never, reason: 'spec', changedBy: 'u-1' },
        ...{ businessDay, at: new Date() },
      }),
    );
  await credit.tell(registered('A', { creditGroupId: 'G-a' }), registered('B', { creditGroupId: 'G-b' }));
}, 60_000);
afterAll(() => credit?.close());

const joins = (customerId: string) => registered(customerId, { creditGroupId: 'G-a' });

const groupB = (sql: Sql): Promise<unknown> => lockGroups(sql, ['G-b']);
const links = (sql: Sql): Promise<unknown> => sql.query('select 1 from customer_link_salt for update');

describe('A transaction that touches one credit group after the other', () => {
  it.each([
    { what: 'orders and receivables', messages: [placed('B', 'O-1'), invoiced('A', 'I', eur('1.00'))], next: groupB },
    { what: 'an order and a customer who joins', messages: [placed('B', 'O-2'), joins('N')], next: groupB },
    { what: 'a customer in no group and an order', messages: [registered('X'), placed('A', 'O-3')], next: links },
  ])('locks all at first ($what): another lane that has one of them gets the next', async ({ messages, next }) => {
    const [hasFirst, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const otherLane = credit.database.transaction(async (sql) => {
      await lockGroups(sql, ['G-a']);
      hasFirst.resolve();
      await mayGoOn.promise;
      await next(sql);
    });
    await hasFirst.promise;
    const told = credit.tell(...messages);
    await somebodyWaits();
    mayGoOn.resolve();
    await expect(Promise.all([told, otherLane])).resolves.toHaveLength(2);
  });
});

async function somebodyWaits(): Promise<void> {
  for (let waiting: unknown[] = []; waiting.length === 0;)
    waiting = await credit.database.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
}
