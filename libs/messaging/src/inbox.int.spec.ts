import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, isKeyTaken, migrate, type Sql } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { decode } from './decode.ts';
import type { Delivery, RawRecord } from './delivery.ts';
import { siftDuplicates } from './inbox.ts';
import { MessagingTables1790000000000 } from './migrations/messaging-tables.ts';
import { anOrder, eventRecord } from './record.fixture.ts';

let database: Database;
beforeAll(async () => {
  const { databaseUrl } = await isolated('inbox');
  await migrate(databaseUrl, [MessagingTables1790000000000]);
  database = Database.open(databaseUrl, { name: 'inbox spec' });
}, 30_000);
afterAll(() => database?.close());

const at = new Date('2026-11-21T10:00:00Z');
const expected = { topic: 'orders', types: ['OrderPlaced.v1'], skipsUnknownTypes: false } as const;
function delivery(record: RawRecord): Delivery {
  const decoded = decode(record, expected);
  if (decoded.kind !== 'delivery') throw new Error(`${decoded.kind} record in a spec of deliveries`);
  return decoded.delivery;
}
const order = (id: string, orderId: string, more: object = {}, source = '/shop') =>
  delivery(eventRecord({ ...anOrder, orderId, ...more }, { id, source }));
/** In a transaction of its own, as a chunk's would be. */
const inOne = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => database.transaction(work);
const sift = async (deliveries: Delivery[], within = inOne, { consumer = 'spec', expectsRepeats = true } = {}) => {
  const { fresh, duplicates, conflicts } = await within((sql) =>
    siftDuplicates(sql, { consumer, at, expectsRepeats }, deliveries),
  );
  return { fresh: fresh.map(({ message }) => (message as typeof anOrder).orderId), duplicates, conflicts };
};

describe('The inbox', () => {
  it('lets a message through once, in the order in which messages come', async () => {
    expect(await sift([order('a2', 'O-2'), order('a1', 'O-1')])).toEqual({
      fresh: ['O-2', 'O-1'],
      duplicates: 0,
      conflicts: [],
    });
    expect(await sift([order('a1', 'O-1'), order('a3', 'O-3'), order('a2', 'O-2')])).toEqual({
      fresh: ['O-3'],
      duplicates: 2,
      conflicts: [],
    });
  });

  it('knows a repeat within one chunk', async () => {
    expect(await sift([order('b1', 'O-1'), order('b1', 'O-1')])).toMatchObject({ fresh: ['O-1'], duplicates: 1 });
  });

  it.each(['in one chunk', 'later'])(
    'takes the same id with other content for a new message gone wrong, %s',
    async (when) => {
      const [first, other] = [order(`c ${when}`, 'O-1'), order(`c ${when}`, 'O-1', { orderVersion: 2 })];
      const chunks = when === 'later' ? [[first], [other]] : [[first, other]];
      const sifted = [];
      for (const chunk of chunks) sifted.push(await sift(chunk));
      expect(sifted.flatMap(({ fresh }) => fresh)).toEqual(['O-1']);
      expect(sifted.flatMap(({ conflicts }) => conflicts)).toEqual([
        expect.objectContaining({
          because: 'conflicting',
          violations: [expect.stringMatching(/came before with other content/)],
        }),
      ]);
    },
  );

  it('names a conflict that comes twice in one chunk where it first came', async () => {
    await sift([order('g', 'O-1')]);
    const conflict = order('g', 'O-2');
    const again = { ...conflict, record: { ...conflict.record } };
    const { conflicts } = await sift([conflict, again]);
    expect(conflicts.map(({ record }) => record === conflict.record)).toEqual([true, false]);
  });

  it('takes the same id of another sender, or at another consumer, for another message', async () => {
    await sift([order('d', 'O-1')]);
    expect(await sift([order('d', 'O-1', {}, '/other')])).toMatchObject({ fresh: ['O-1'] });
    expect(await sift([order('d', 'O-1')], inOne, { consumer: 'another consumer' })).toMatchObject({ fresh: ['O-1'] });
  });

  it('that expects no repeats lets new ones through, and those within the chunk once', async () => {
    const chunk = [order('f1', 'O-1'), order('f2', 'O-2'), order('f1', 'O-1'), order('f2', 'O-3')];
    const sifted = await sift(chunk, inOne, { expectsRepeats: false });
    expect(sifted).toMatchObject({ fresh: ['O-1', 'O-2'], duplicates: 1, conflicts: [{ because: 'conflicting' }] });
    expect(await sift([order('f2', 'O-2')])).toMatchObject({ fresh: [], duplicates: 1 });
  });

  it('that expects no repeats says so when one comes, and has recorded nothing', async () => {
    await sift([order('h1', 'O-1')]);
    const both = [order('h2', 'O-2'), order('h1', 'O-1')];
    const failure = await sift(both, inOne, { expectsRepeats: false }).catch((error: unknown) => error);
    expect(isKeyTaken(failure)).toBe(true);
    expect(await sift(both)).toMatchObject({ fresh: ['O-2'], duplicates: 1 });
  });

  it('forgets what a rolled-back transaction has seen', async () => {
    const rolledBack = database.transaction(async (tx) => {
      expect(await sift([order('e', 'O-1')], (work) => work(tx))).toMatchObject({ fresh: ['O-1'] });
      throw new Error('crash');
    });
    await expect(rolledBack).rejects.toThrow('crash');
    expect(await sift([order('e', 'O-1')])).toMatchObject({ fresh: ['O-1'] });
  });
});
