import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isolated } from '@ordergate/testing';
import fc from 'fast-check';
import { Database } from './database.ts';
import { LaneConnection } from './lane-connection.ts';
import { appendingTo, rowSet } from './rows.ts';

let database: Database;
beforeAll(async () => {
  database = Database.open((await isolated('rows')).databaseUrl, { name: 'row set spec' });
});
afterAll(() => database?.close());

const rows = rowSet({ note: 'text', minor: 'int8', bytes: 'bytea', facts: 'jsonb', at: 'timestamptz', flag: 'bool' });
const readBack = (given: Parameters<typeof rows.arrays>[0]) =>
  database.query(`select ${rows.names} from ${rows.from('given')}`, rows.arrays(given));

/** One column of this type, there and back. */
async function throughPostgres(type: string, values: readonly unknown[]): Promise<unknown[]> {
  const column = rowSet({ given: type });
  const read = await database.query<{ given: unknown }>(
    `select given from ${column.from('sent')}`,
    column.arrays(values.map((given) => ({ given }))),
  );
  return read.map(({ given }) => given);
}

describe('Rows in one statement', () => {
  it('arrive as they were given: quotes, commas, braces, backslashes, nothing and the word NULL', async () => {
    const notes = ['', 'NULL', 'null', '{}', 'a,b', '"', '\\', '\\"', "it's", ' padded ', 'Yıldız\n\tGıda', null];
    const given = notes.map((note, at) => ({
      note,
      minor: at % 2 ? null : 9007199254740993n,
      bytes: Buffer.from([0, 255, at]),
      facts: { text: note, list: [1, '"'] },
      at: new Date(1_700_000_000_000 + at),
      flag: at % 2 === 0,
    }));
    expect(await readBack(given)).toEqual(given);
  });

  it('may be none', async () => expect(await readBack([])).toEqual([]));

  it('may be many and long', async () => {
    const values = Array.from({ length: 300 }, (_, at) => 'Gıda '.repeat(at));
    expect(await throughPostgres('text', values)).toEqual(values);
  });

  it('arrive whatever their text is', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 100 }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (notes) => {
        const given = notes.map((note) => ({ note, minor: 1n, bytes: null, facts: note, at: null, flag: null }));
        const back = (await readBack(
          given.map((row) => ({ ...row, facts: JSON.stringify(row.facts) })),
        )) as typeof given;
        expect(back.map(({ note }) => note)).toEqual(notes);
        expect(back.map(({ facts }) => facts)).toEqual(notes);
      }),
      { numRuns: 20 },
    );
  }, 20_000);
});

describe('Appended rows', () => {
  const append = appendingTo('appended', {
    ...{ note: 'text', words: 'text[]', minor: 'int8', count: 'int', bytes: 'bytea', at: 'timestamptz', day: 'date' },
    ...{ id: 'uuid', flag: 'bool', told: 'json', facts: 'jsonb' },
  });
  beforeAll(async () => {
    await database.query(`create table appended (no int generated always as identity, id uuid primary key, note text, words text[],
      minor int8, count int, bytes bytea, at timestamptz, day date, flag bool, told json, facts jsonb)`);
  });
  beforeEach(() => database.query('truncate appended'));
  const readBack = async () =>
    (await database.query<Record<string, unknown>>('select * from appended order by no')).map(
      ({ no: _, ...given }) => given,
    );
  const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'));
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 4 });
  const row = fc.record({
    id: fc.uuid(),
    note: maybe(text),
    words: maybe(fc.array(text, { maxLength: 3 })),
    minor: maybe(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    count: maybe(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    bytes: maybe(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
    at: maybe(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })),
    day: maybe(fc.constantFrom('2026-11-21', '1999-12-31', '2024-02-29')),
    flag: maybe(fc.boolean()),
    told: maybe(fc.record({ text })),
    facts: maybe(fc.record({ text, list: fc.array(fc.integer()) })),
  });
  const asJson = <R extends { told: unknown; facts: unknown }>(one: R) => ({
    ...one,
    told: one.told && JSON.stringify(one.told),
    facts: one.facts && JSON.stringify(one.facts),
  });

  it('are there as they were given, in their order, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 9 }), async (given) => {
        await database.query('truncate appended');
        await append(database, given.map(asJson));
        expect(await readBack()).toEqual(given);
      }),
      { numRuns: 40 },
    );
  }, 20_000);

  const blank = { note: null, words: null, minor: null, count: null, bytes: null, at: null, day: null };
  const one = (id: number, rest: object = {}) => ({
    ...{ ...blank, flag: null, told: null, facts: null },
    ...{ id: `6f2d7a0e-53c5-5d7e-8a3f-${String(id).padStart(12, '0')}`, ...rest },
  });

  it('may be many and long', async () => {
    const notes = Array.from({ length: 300 }, (_, at) => 'Gıda '.repeat(at * 9));
    await append(
      database,
      notes.map((note, at) => one(at, { note })),
    );
    expect((await readBack()).map(({ note }) => note)).toEqual(notes);
  });

  it.each([
    { says: 'a key that is taken', rows: [one(1), one(1)], code: '23505' },
    { says: 'a NUL byte', rows: [one(1), one(2, { note: 'a\0b' })], code: '22021' },
    { says: 'what is no JSON', rows: [one(1, { facts: '{' })], code: '22P02' },
  ])('with $says are refused, all of them, and the connection goes on', async ({ rows: refused, code }) => {
    const lane = new LaneConnection(database.url, 'appending');
    await lane.connect();
    try {
      const failing = lane.transaction(async (tx) => {
        const [, after] = await Promise.allSettled([append(tx, refused), tx.query('select 1 as one')]);
        expect(after).toMatchObject({ reason: { code: '25P02' } });
      });
      await expect(failing).rejects.toMatchObject({ code });
      const [seen] = await lane.transaction(async (tx) => {
        const [, rest] = await Promise.all([append(tx, [one(3)]), tx.query('select count(*)::int from appended')]);
        return rest;
      });
      expect(seen).toEqual({ count: 1 });
    } finally {
      await lane.close();
    }
  });

  it('are refused in a transaction that has failed already, and what they said is not taken for anything else', async () => {
    const lane = new LaneConnection(database.url, 'appending');
    await lane.connect();
    const failing = lane.transaction((tx) =>
      Promise.all([tx.query('select 1 / 0'), append(tx, [one(1)]), append(tx, [one(2)])]),
    );
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await lane.query('select count(*)::int from appended')).toEqual([{ count: 0 }]);
    await lane.close();
  });
});

const twoTo63 = 2n ** 63n;

describe('A column', () => {
  it.each([
    { type: 'int8', values: [0n, -1n, 4294967296n, -4294967297n, 2n ** 53n, twoTo63 - 1n, -twoTo63, null] },
    { type: 'int', values: [0, -1, 2 ** 31 - 1, -(2 ** 31), null] },
    {
      type: 'date',
      values: ['2026-11-21', '2026-11-21', '2000-01-01', '1999-12-31', '2024-02-29', '9999-12-31', null],
    },
    { type: 'uuid', values: ['6f2d7a0e-53c5-5d7e-8a3f-0d6b7a5f1c42', null] },
    { type: 'timestamptz', values: [new Date('1969-12-31T23:59:59.999Z'), new Date('2026-11-21T10:00:00.001Z'), null] },
    { type: 'numeric', values: ['1.50', '999999999999999999999', null] },
    { type: 'bool', values: [true, false, null] },
  ])('of $type arrives to the last digit: $values', async ({ type, values }) => {
    expect(await throughPostgres(type, values)).toEqual(values);
  });

  it('of any int8 arrives', async () => {
    const minor = fc.bigInt({ min: -twoTo63, max: twoTo63 - 1n });
    await fc.assert(
      fc.asyncProperty(fc.array(minor, { maxLength: 20 }), async (values) => {
        expect(await throughPostgres('int8', values)).toEqual(values);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    { type: 'int8', value: twoTo63, problem: 'is no int8' },
    { type: 'int8', value: 0.5, problem: 'is no int8' },
    { type: 'int', value: 2 ** 31, problem: 'is no int4' },
    { type: 'date', value: '2026-02-30', problem: 'is no date' },
    { type: 'date', value: 'today', problem: 'is no date' },
    { type: 'uuid', value: '6f2d7a0e', problem: 'is no uuid' },
    { type: 'timestamptz', value: new Date(Number.NaN), problem: 'is no timestamptz' },
    { type: 'numeric', value: 'ten', problem: 'invalid input syntax' },
    { type: 'text', value: 'a\0b', problem: 'invalid byte sequence' },
  ])('of $type refuses $value: it $problem', async ({ type, value, problem }) => {
    await expect(throughPostgres(type, [value])).rejects.toThrow(problem);
  });
});
