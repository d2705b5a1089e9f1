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

  it('arrive whatever their text is', async () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (notes) => {
        const given = notes.map((note) => ({ note, minor: 1n, bytes: null, facts: note, at: null, flag: null }));
        const back = (await readBack(
          given.map((row) => ({ ...row, facts: JSON.stringify(row.facts) })),
        )) as typeof given;
        expect(back.map(({ note }) => note)).toEqual(notes);
        expect(back.map(({ facts }) => facts)).toEqual(notes);
      }),
      { numRuns: 40 },
    );
  });
});
