import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, metricOf, readMetrics } from '@ordergate/testing';
import { partitionOf } from '../src/partition-of.ts';
import { lanesStand, order, partitions } from './lanes.fixture.ts';

let stand: Awaited<ReturnType<typeof lanesStand>>;
const consumer = 'lanes-watched';

beforeAll(async () => {
  stand = await lanesStand(consumer);
  await stand.start();
}, 60_000);
afterAll(() => stand?.stop(), 30_000);

const figure = async (name: string, labels: Record<string, string> = {}): Promise<number> =>
  metricOf(readMetrics(await stand.metrics()), name, labels);

describe('Somebody who watches a service', () => {
  it('sees at once on which topic and partition it is behind, and by how much', async () => {
    const partition = String(partitionOf('C-1', partitions));
    const lag = (of: { topic: string; partition?: string }) =>
      figure('ordergate_consumer_lag_messages', { consumer, ...of });
    await stand.tell('orders', [order('O-1', 'C-1')]);
    await eventually(async () => expect(await lag({ topic: 'orders', partition })).toBe(0));
    await stand.database.transaction(async (sql) => {
      // The lane waits for its partition's row, as it would for a database that hangs.
      await sql.query('select 1 from lane_partition where consumer = $1 for update', [consumer]);
      await stand.tell('orders', [order('O-2', 'C-1'), order('O-3', 'C-1'), order('O-4', 'C-1')]);
      await eventually(async () => expect(await lag({ topic: 'orders', partition })).toBe(3));
      expect(await lag({ topic: 'orders' })).toBe(3);
      expect(await lag({ topic: 'receivables' })).toBe(0);
    });
    await eventually(async () => expect(await lag({ topic: 'orders', partition })).toBe(0));
  }, 40_000);

  it('sees how long what was said took, from the record that caused it to Kafka’s acknowledgement', async () => {
    const topic = 'credit-decisions';
    const within = async (seconds: string): Promise<number> => {
      const counted = await figure('ordergate_message_latency_seconds_bucket', { topic, le: seconds });
      return Number.isNaN(counted) ? 0 : counted;
    };
    const [fast, all] = [await within('10'), await within('+Inf')];
    await stand.tell('orders', [
      order('O-5', 'C-2'),
      { ...order('O-6', 'C-2'), writtenAtMs: Date.now() - 3_600_000 },
      { ...order('O-7', 'C-2'), writtenAtMs: Date.now() + 3_600_000 },
    ]);
    await eventually(async () => expect((await within('+Inf')) - all).toBe(3));
    // An hour old, and one from a clock an hour ahead: that took no time, and not less than none.
    expect((await within('10')) - fast).toBe(2);
    expect(await figure('ordergate_message_latency_seconds_sum', { topic })).toBeGreaterThanOrEqual(3_600);
  }, 40_000);

  it('sees dead letters and customers with parked messages, from zero on', async () => {
    expect(await figure('ordergate_dead_letters_total')).toBe(0);
    expect(await figure('ordergate_parked_customers', { consumer })).toBe(0);
    await stand.tell('orders', [{ type: 'OrderPlaced.v1', data: { customerId: 'C-3' } }]);
    await eventually(async () => expect(await figure('ordergate_dead_letters_total')).toBe(1));
  }, 40_000);
});
