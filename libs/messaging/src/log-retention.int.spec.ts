import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@ordergate/database';
import { createLogger } from '@ordergate/observability';
import { isolated } from '@ordergate/testing';
import { LogRetention } from './log-retention.ts';
import { MessagingTables1790000000000 } from './migrations/messaging-tables.ts';

let database: Database;
let retention: LogRetention;

beforeAll(async () => {
  const { databaseUrl } = await isolated('log-retention');
  await migrate(databaseUrl, [MessagingTables1790000000000]);
  database = Database.open(databaseUrl, { name: 'retention spec' });
  retention = new LogRetention(database, createLogger('retention spec', { write: () => undefined }));
}, 30_000);
afterAll(() => database?.close());
beforeEach(() => database.query('truncate message_log, inbox'));

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const partitions = async () =>
  (
    await database.query<{ name: string }>(
      `select relname as name from pg_class where relname ~ '^message_log_[0-9]{8}$' and relkind = 'r' order by 1`,
    )
  ).map(({ name }) => name.slice('message_log_'.length));
const write = (day: string, position: number) =>
  database.query(
    `insert into message_log (consumer, partition, position, logged_on, id, aggregatetype, aggregateid, type, headers)
     values ('spec', 0, $1, $2, gen_random_uuid(), 't', 'k', 'x', '{}')`,
    [position, day],
  );
const days = async () =>
  (await database.query<{ logged_on: string }>('select logged_on from message_log order by 1')).map(
    (row) => row.logged_on,
  );

describe('Retention', () => {
  it('makes the partitions of today and the two days ahead, once', async () => {
    await retention.tend(noon('2026-11-21'));
    await retention.tend(noon('2026-11-21'));
    expect(await partitions()).toEqual(['20261121', '20261122', '20261123']);
  });

  it('has its partitions vacuumed by nobody: their rows are written once and go with the day', async () => {
    await retention.tend(noon('2026-11-21'));
    const [made] = await database.query("select reloptions from pg_class where relname = 'message_log_20261121'");
    expect(made).toEqual({ reloptions: ['autovacuum_enabled=off'] });
  });

  it('drops days past 30, whole', async () => {
    await write('2026-11-21', 1);
    await retention.tend(noon('2026-12-21'));
    expect(await days()).toEqual(['2026-11-21']);
    await retention.tend(noon('2026-12-22'));
    expect(await days()).toEqual([]);
    expect(await partitions()).toEqual(['20261122', '20261123', '20261221', '20261222', '20261223', '20261224']);
  });

  it('copes with days for which no partition was made in time', async () => {
    await write('2027-05-01', 1);
    await retention.tend(noon('2027-05-01'));
    await write('2027-05-02', 2);
    expect(await days()).toEqual(['2027-05-01', '2027-05-02']);
    await retention.tend(noon('2027-06-05'));
    expect(await days()).toEqual([]);
  });

  it('may be tended by several instances at once', async () => {
    await Promise.all([1, 2, 3].map(() => retention.tend(noon('2028-01-01'))));
    expect((await partitions()).filter((day) => day.startsWith('2028'))).toEqual(['20280101', '20280102', '20280103']);
  });

  it('forgets which messages came when that is longer ago than any topic remembers', async () => {
    await database.query(`insert into inbox (customer_id, consumer, source, id, content_hash, received_on)
      select 'C', 'spec', 's', n::text, 'h', case when n <= 12000 then date '2026-01-01' else date '2026-01-02' end
      from generate_series(1, 12003) n`);
    await retention.tend(noon('2026-02-16'));
    expect(await database.query('select distinct received_on from inbox')).toEqual([{ received_on: '2026-01-02' }]);
  });
});
