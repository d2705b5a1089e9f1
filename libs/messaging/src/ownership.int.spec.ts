import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LaneConnection, migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { deadLetter, type Cause } from './delivery.ts';
import { MessagingTables1790000000000 } from './migrations/messaging-tables.ts';
import { appendToLog, toLog, type LoggedMessage } from './outgoing-log.ts';
import {
  catchUp,
  Fenced,
  lockOwned,
  OutOfStep,
  publishLeftovers,
  raiseEpochs,
  recordPositions,
  recordPublished,
  stillOwned,
  type OwnedPartition,
} from './ownership.ts';
import { rawRecord } from './record.fixture.ts';

const consumer = 'spec';
const writer = { consumer, topicPrefix: 't.', source: '/spec' };
let databaseUrl: string;
let first: LaneConnection;
let second: LaneConnection;

beforeAll(async () => {
  ({ databaseUrl } = await isolated('ownership'));
  await migrate(databaseUrl, [MessagingTables1790000000000]);
}, 30_000);
beforeEach(async () => {
  first = new LaneConnection(databaseUrl, 'first owner');
  second = new LaneConnection(databaseUrl, 'second owner');
  await Promise.all([first.connect(), second.connect()]);
  await first.query('truncate lane_partition, message_log');
});
afterEach(() => Promise.all([first.close(), second.close()]));

/** A transaction of an owner that says `count` things; what it has in memory is left as it was. */
async function write(connection: LaneConnection, owned: OwnedPartition, count: number): Promise<LoggedMessage[]> {
  const cause = { partition: owned.partition, customerId: 'C-42', record: rawRecord('{}') } as Cause;
  const rows = toLog(
    Array.from({ length: count }, () => deadLetter(cause, 'x')),
    (() => {
      let position = owned.position;
      return () => (position += 1n);
    })(),
    writer,
    new Date(),
  );
  await connection.transaction(async (sql) => {
    await lockOwned(sql, consumer, [owned]);
    await appendToLog(sql, consumer, new Date(), rows);
    await recordPositions(sql, consumer, [{ ...owned, position: owned.position + BigInt(count) }]);
  });
  return rows;
}
const own = async (connection: LaneConnection) => (await raiseEpochs(connection, consumer, [3]))[0]!;
const row = async () =>
  (
    await first.query<{ epoch: bigint; position: bigint; published_position: bigint }>('select * from lane_partition')
  )[0]!;
const logged = async () => (await first.query<{ n: number }>('select count(*)::int as n from message_log'))[0]!.n;

describe('A partition', () => {
  it('has one owner: what an older one still wants to write is thrown away', async () => {
    const old = await own(first);
    await own(second);
    await expect(write(first, old, 2)).rejects.toBeInstanceOf(Fenced);
    expect(await logged()).toBe(0);
    expect(await stillOwned(first, consumer, [old])).toEqual(new Set());
  });

  it('goes to a new owner when the running transaction of the old one has ended, and not before', async () => {
    const old = await own(first);
    const order: string[] = [];
    let taking: Promise<unknown> = Promise.resolve();
    await first.transaction(async (sql) => {
      await lockOwned(sql, consumer, [old]);
      taking = own(second).then(() => order.push('new owner'));
      // Long enough for the second owner to stand at the lock.
      await sql.query('select pg_sleep(0.3)');
      order.push('old owner commits');
    });
    await taking;
    expect(order).toEqual(['old owner commits', 'new owner']);
  });

  it('is not touched by the position that a former owner writes late', async () => {
    const old = await own(first);
    const mine = await own(second);
    await write(second, mine, 3);
    await recordPublished(first, consumer, [{ ...old, published: 99n }]);
    expect(await row()).toMatchObject({ position: 3n, published_position: 0n });
  });
});

describe('A new owner', () => {
  it('sends what was written and not yet acknowledged, in order, page by page', async () => {
    const old = await own(first);
    const rows = await write(first, old, 1_203);
    await recordPublished(first, consumer, [{ ...old, published: 2n }]);
    const mine = await own(second);
    const pages: LoggedMessage[][] = [];
    const sent = await publishLeftovers(second, consumer, mine, async (page) => void pages.push(page));
    expect(sent).toBe(1_201);
    expect(pages.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(pages.flat().map(({ id }) => id)).toEqual(rows.slice(2).map(({ id }) => id));
    expect(mine.published).toBe(1_203n);
  });

  it('sends nothing when all was acknowledged', async () => {
    const old = await own(first);
    await write(first, old, 5);
    await recordPublished(first, consumer, [{ ...old, published: 5n }]);
    const send = async (): Promise<void> => {
      throw new Error('nothing is to be sent');
    };
    expect(await publishLeftovers(second, consumer, await own(second), send)).toBe(0);
  });
});

describe('An owner whose COMMIT was not answered', () => {
  it('finds out before it writes again, and takes over what it had written', async () => {
    const owned = await own(first);
    const rows = await write(first, owned, 2);
    expect(owned.position).toBe(0n);
    await expect(write(first, owned, 1)).rejects.toBeInstanceOf(OutOfStep);
    const missed = await catchUp(first, consumer, [owned]);
    expect(missed.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(owned.position).toBe(2n);
    await write(first, owned, 1);
    expect(await row()).toMatchObject({ position: 3n });
  });
});
