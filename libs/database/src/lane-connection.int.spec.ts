import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, isolated } from '@ordergate/testing';
import { Database } from './database.ts';
import { failureKind } from './failure.ts';
import { LaneConnection } from './lane-connection.ts';

let databaseUrl: string;
let database: Database;
let lane: LaneConnection;

beforeAll(async () => {
  ({ databaseUrl } = await isolated('lane-connection'));
  database = Database.open(databaseUrl, { name: 'lane connection spec' });
  await database.query('create table item (id int primary key, note text)');
});
beforeEach(async () => {
  await database.query('truncate item');
  lane = new LaneConnection(databaseUrl, 'lane under test');
  await lane.connect();
});
afterEach(() => lane.close());
afterAll(() => database?.close());

const insert = 'insert into item (id, note) values ($1, $2)';
const ids = async () => (await database.query<{ id: number }>('select id from item order by id')).map(({ id }) => id);
const terminate = () =>
  database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lane under test'`);

describe('A lane’s connection', () => {
  it('sends statements together and runs them in their order', async () => {
    const [, seen] = await lane.transaction((tx) =>
      Promise.all([tx.query(insert, [1, 'first']), tx.query<{ note: string }>('select note from item where id = 1')]),
    );
    expect(seen).toEqual([{ note: 'first' }]);
  });

  it('asks by key for as many keys as there are, and does not read the whole table for them', async () => {
    await database.query("insert into item select n, 'note ' || n from generate_series(1, 20000) n");
    await database.query('analyze item');
    const keys = Array.from({ length: 2_000 }, (_, at) => at * 10 + 1);
    const byKey = 'update item i set note = $2 from (select unnest($1::int[]) as id) as wanted where i.id = wanted.id';
    const [, [reads]] = await lane.transaction((tx) =>
      Promise.all([
        tx.query(byKey, [keys, 'changed']),
        tx.query("select seq_scan from pg_stat_xact_user_tables where relname = 'item'"),
      ]),
    );
    expect(reads).toEqual({ seq_scan: 0n });
  });

  it('names the statement that failed, not its echo in the statements behind it', async () => {
    const failing = lane.transaction(async (tx) => {
      const first = tx.query(insert, [1, 'a\0b']);
      first.catch(() => undefined);
      await tx.query('select 1');
    });
    await expect(failing).rejects.toMatchObject({ code: '22021' });
  });

  it('rolls back, also what a half-finished Promise.all still sends afterwards', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const failing = lane.transaction((tx) => {
      late = tx.query('select pg_sleep(0.05)').then(() => tx.query(insert, [2, 'too late']));
      late.catch(() => undefined);
      return Promise.all([tx.query(insert, [1, 'a']), tx.query('select 1 / 0'), late]);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    await expect(late).rejects.toThrow();
    expect(await ids()).toEqual([]);
  });

  it('does not take the ROLLBACK that answers a COMMIT for success', async () => {
    const swallowing = lane.transaction(async (tx) => {
      await tx.query(insert, [1, 'a']);
      await tx.query(insert, [1, 'again']).catch(() => undefined);
    });
    await expect(swallowing).rejects.toMatchObject({ code: '23505' });
    expect(await ids()).toEqual([]);
  });

  it('works on after a failed transaction, with the statements that are prepared already', async () => {
    await lane.transaction((tx) => tx.query(insert, [1, 'a']));
    await expect(lane.transaction((tx) => tx.query(insert, [1, 'b']))).rejects.toMatchObject({ code: '23505' });
    await lane.transaction((tx) => tx.query(insert, [2, 'c']));
    expect(await ids()).toEqual([1, 2]);
  });

  it('is an outage when the server ends it, and made anew by the next connect', async () => {
    const failure = await lane
      .transaction(async (tx) => {
        await tx.query(insert, [1, 'a']);
        await terminate();
        await eventually(async () => {
          const failed = await tx.query('select 1').catch((error: unknown) => error);
          expect(failed).toBeInstanceOf(Error);
        });
        await tx.query(insert, [2, 'b']);
      })
      .catch((error: unknown) => error);
    expect(failureKind(failure)).toBe('outage');
    await eventually(async () => {
      await lane.connect();
      await lane.transaction((tx) => tx.query(insert, [3, 'c']));
    });
    expect(await ids()).toEqual([3]);
  });

  it('connects once, however many ask at once', async () => {
    await lane.disconnect();
    await Promise.all([lane.connect(), lane.connect(), lane.connect()]);
    const [count] = await database.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where application_name = 'lane under test'`,
    );
    expect(count).toEqual({ n: 1 });
  });

  it('survives a changed table: what was prepared for the old one is an outage and prepared anew', async () => {
    await lane.query('select * from item');
    await database.query('alter table item add column extra int');
    const failure = await lane.transaction((tx) => tx.query('select * from item')).catch((error: unknown) => error);
    expect(failureKind(failure)).toBe('outage');
    await lane.connect();
    expect(await lane.transaction((tx) => tx.query('select * from item'))).toEqual([]);
  });

  it('frees the locks of an owner that stopped in the middle', async () => {
    await database.query(`insert into item values (1, 'free')`);
    const stopped = lane.transaction(async (tx) => {
      await tx.query('select * from item where id = 1 for update');
      // What a stopped process does: nothing, for longer than the server puts up with.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await tx.query('select 1');
    });
    stopped.catch(() => undefined);
    await database.query(`update item set note = 'taken' where id = 1`);
    expect(failureKind(await stopped.catch((error: unknown) => error))).toBe('outage');
  });

  it('that nobody answers is an outage, whatever the reason', async () => {
    const wrong = new LaneConnection(databaseUrl.replace(/\/[^/]*$/, '/no_such_database'), 'nowhere');
    expect(failureKind(await wrong.connect().catch((error: unknown) => error))).toBe('outage');
  });
});
