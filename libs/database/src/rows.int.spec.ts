import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isolated } from '@ordergate/testing';
import fc from 'fast-check';
import { Database } from './database.ts';
import { rowSet } from './rows.ts';

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
