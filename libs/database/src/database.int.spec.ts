import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, isolated } from '@ordergate/testing';
import { Database } from './database.ts';
import type { Sql } from './sql.ts';

let database: Database;

beforeAll(async () => {
  const { databaseUrl } = await isolated('database');
  database = Database.open(databaseUrl, { name: 'database spec' });
  await database.query('create table item (id int primary key, note text)');
});
afterAll(() => database?.close());

const ids = async () => (await database.query<{ id: number }>('select id from item order by id')).map(({ id }) => id);

describe('A transaction of the pool', () => {
  it('commits what was done in it and returns its outcome', async () => {
    const outcome = await database.transaction(async (tx) => {
      await tx.query('insert into item (id) values ($1)', [1]);
      return 'done';
    });
    expect(outcome).toBe('done');
    expect(await ids()).toEqual([1]);
  });

  it('rolls everything back and rethrows when the work fails', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.query('insert into item (id) values (2)');
      throw new TypeError('half way');
    });
    await expect(failing).rejects.toThrow(new TypeError('half way'));
    expect(await ids()).toEqual([1]);
  });

  it('is not taken for committed when a statement in it had failed and nobody looked', async () => {
    const swallowing = database.transaction(async (tx) => {
      await tx.query('insert into item (id) values (3)');
      await tx.query('insert into item (id) values (1)').catch(() => undefined);
    });
    await expect(swallowing).rejects.toMatchObject({ code: '23505' });
    expect(await ids()).toEqual([1]);
  });

  it('takes no statement any more once it has ended', async () => {
    let late: Sql | undefined;
    await database.transaction(async (tx) => void (late = tx));
    await expect(late!.query('insert into item (id) values (4)')).rejects.toThrow(/has ended/);
    expect(await ids()).toEqual([1]);
  });

  it('whose connection is ended by the server fails alone; the next one gets a new connection', async () => {
    const failing = database.transaction(async (tx) => {
      const [{ pid }] = (await tx.query<{ pid: number }>('select pg_backend_pid() as pid')) as [{ pid: number }];
      await database.query('select pg_terminate_backend($1)', [pid]);
      await eventually(async () =>
        expect(await database.query('select 1 from pg_stat_activity where pid = $1', [pid])).toEqual([]),
      );
      await tx.query('select 1');
    });
    await expect(failing).rejects.toThrow();
    expect(await database.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('brings column values as they are meant', async () => {
    const [row] = await database.query(
      `select 9007199254740993::int8 as minor, '2026-11-21'::date as day, 1.50::numeric as rate, '{"a":1}'::jsonb as facts`,
    );
    expect(row).toEqual({ minor: 9007199254740993n, day: '2026-11-21', rate: '1.50', facts: { a: 1 } });
  });
});

describe('A snapshot', () => {
  it('sees nothing of what was committed after its first statement, and writes nothing', async () => {
    await database.query('delete from item where id in (7, 8)');
    const seen = await database.snapshot(async (tx) => {
      const before = await tx.query('select 1 from item where id = 7');
      await database.query('insert into item (id) values (7)');
      return [before, await tx.query('select 1 from item where id = 7')];
    });
    expect(seen).toEqual([[], []]);
    const writing = database.snapshot((tx) => tx.query('insert into item (id) values (8)'));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });
});
