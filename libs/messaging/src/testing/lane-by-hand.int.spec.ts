import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import type { Chunk, Delivery } from '../delivery.ts';
import { MessagingTables1790000000000 } from '../migrations/messaging-tables.ts';
import { anOrder } from '../record.fixture.ts';
import { LaneByHand } from './lane-by-hand.ts';

let lane: LaneByHand;
let failures: string[] = [];
const handled: number[] = [];
const handler = {
  types: ['OrderPlaced.v1'],
  handle: async (deliveries: readonly Delivery[], { sql }: Chunk) => {
    handled.push(deliveries.length);
    const failure = failures.shift();
    if (failure) await sql.query(failure);
    return [];
  },
};
beforeAll(async () => {
  const { databaseUrl } = await isolated('lane-by-hand');
  await migrate(databaseUrl, [MessagingTables1790000000000]);
  lane = await LaneByHand.open({ databaseUrl, service: 'spec', handlers: new Map([['orders', handler]]) });
}, 30_000);
afterAll(() => lane?.close());

const order = (id: string) => ({ topic: 'orders' as const, type: 'OrderPlaced.v1', id, data: anOrder });

describe('A lane by hand', () => {
  it('does a chunk again when the server has ended its connection, as the real lane does', async () => {
    failures = ['select pg_terminate_backend(pg_backend_pid())'];
    expect(await lane.chunk([order('a-1')])).toEqual([]);
    expect(handled.splice(0)).toEqual([1, 1]);
  });

  it('throws at once what is no outage', async () => {
    failures = ['select 1 / 0', 'select 1 / 0'];
    await expect(lane.chunk([order('a-2')])).rejects.toThrow('division by zero');
    expect(handled.splice(0)).toEqual([1]);
  });
});
