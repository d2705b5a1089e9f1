import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../../services/customer-credit/migrations/index.ts';
import { readDocument } from '../read-document.ts';
import { backtestDatabase } from './from-database/backtest-database.ts';
import { replayInMemory } from './from-data/replay-in-memory.ts';
import { manyReceivables, planOf, storeManyDecisions } from './many-orders.fixture.ts';
import { noProgress } from './progress.ts';
import { Tally, totalOf } from './tally.ts';

// 100,000 in less than a minute is what is promised; a quarter of both says the same and costs a quarter.
const count = 25_000;
const boundMs = 15_000;
const [live, candidate] = ['tools/demo/policy.yaml', 'policies/distributor.yaml'].map(readDocument);
const minuteMs = 60_000;

async function millisecondsOf(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

describe('Many orders', () => {
  let database: Database;
  beforeAll(async () => {
    const { databaseUrl } = await isolated('many-orders');
    await migrate(databaseUrl, migrations);
    database = Database.open(databaseUrl, { name: 'many orders spec' });
    await storeManyDecisions(database, count);
  }, minuteMs);
  afterAll(() => database?.close());

  it(
    'are played under two policies in time',
    async () => {
      const plan = planOf(manyReceivables(count));
      const tally = new Tally();
      const judging = { knownUntil: plan.days.at(-1)!.day, lateDays: 30 };
      const took = await millisecondsOf(() =>
        replayInMemory({
          ...{ plan, before: live!, after: candidate!, from: plan.days[0]!.day, to: judging.knownUntil, judging },
          onOrder: (order) => tally.add(order),
          onDay: () => undefined,
        }),
      );
      expect(totalOf(tally.all).orders).toBe(count);
      expect(took).toBeLessThan(boundMs);
    },
    minuteMs,
  );

  it(
    'of a database are asked again in time, though every fact must be worked out anew',
    async () => {
      const options = { url: database.url, after: { policy: candidate!, from: 'candidate' }, lateDays: 30 };
      const period = { from: undefined, to: undefined };
      const took = await millisecondsOf(async () => {
        const { tally } = await backtestDatabase({ ...options, ...period, before: null, progress: noProgress });
        expect(totalOf(tally.all).orders).toBe(count);
        expect(totalOf(tally.newlyHeld).orders).toBeGreaterThan(1_000);
      });
      expect(took).toBeLessThan(boundMs);
    },
    minuteMs,
  );
});
