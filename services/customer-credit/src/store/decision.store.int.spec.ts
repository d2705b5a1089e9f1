import { Database, migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DecisionsOfOrders1790000000110 } from '../../migrations/decisions-of-orders.ts';
import { migrations } from '../../migrations/index.ts';
import { readDecision, readDecisionsOf } from './decision.store.ts';

const idOf = (seq: number): string => `00000000-0000-5000-8000-${String(seq).padStart(12, '0')}`;

let database: Database;
/** Decisions that were written before orders knew their newest one. */
beforeAll(async () => {
  const { databaseUrl } = await isolated('decisions-of-orders');
  await migrate(databaseUrl, migrations.slice(0, migrations.indexOf(DecisionsOfOrders1790000000110)));
  database = Database.open(databaseUrl, { name: 'decision spec' });
  const decisions = [
    ['SO-1', 1, 'approved', null],
    ['SO-2', 2, 'held', '{"account":{"riskClass":"B"}}'],
    ['SO-1', 3, 'held', null],
    ['SO-1', 7, 'released', '{"word":{"reason":"agreed","persons":[]}}'],
  ] as const;
  await database.query(
    `insert into customer_order (customer_id, order_id, order_version, content_hash, status)
     values ('C-1', 'SO-1', 2, '', 'released'), ('C-1', 'SO-2', 1, '', 'held'), ('C-1', 'SO-3', 0, '', 'none')`,
  );
  for (const [orderId, seq, outcome, facts] of decisions)
    await database.query(
      `insert into decision (customer_id, seq, decision_id, order_id, order_version, outcome, decided_at, business_day,
         policy_version, decided_by, open_orders, shipped_not_invoiced, receivables, instruments_in_hand,
         unallocated_credits, limit_kind, facts)
       values ('C-1', $1, $2, $3, 1, $4, now(), '2026-11-27', 'p-1', 'policy', 0, 0, 0, 0, 0, 'none', $5)`,
      [seq, idOf(seq), orderId, outcome, facts],
    );
  await migrate(databaseUrl, migrations);
}, 60_000);
afterAll(() => database?.close());

const seqsOf = async (
  orderId: string,
  page: { limit: number; beforeSeq?: bigint } = { limit: 10 },
): Promise<bigint[]> => (await readDecisionsOf(database, { customerId: 'C-1', orderId }, page)).map(({ seq }) => seq);

describe('The decisions on an order', () => {
  it('are found from the newest one back, those of other orders left out', async () => {
    expect(await seqsOf('SO-1')).toEqual([7n, 3n, 1n]);
    expect(await seqsOf('SO-2')).toEqual([2n]);
  });

  it('are as many of the newest as are asked for, or those before one of them', async () => {
    expect(await seqsOf('SO-1', { limit: 2 })).toEqual([7n, 3n]);
    expect(await seqsOf('SO-1', { limit: 2, beforeSeq: 7n })).toEqual([3n, 1n]);
  });

  it('are none where an order had none, or is unknown', async () => {
    expect(await seqsOf('SO-3')).toEqual([]);
    expect(await seqsOf('SO-4')).toEqual([]);
  });

  it('keep their facts, and are found by their ids', async () => {
    expect(await readDecision(database, idOf(2))).toMatchObject({ seq: 2n, facts: { account: { riskClass: 'B' } } });
    expect(await readDecision(database, idOf(7))).toMatchObject({
      previousSeq: 3n,
      facts: { word: { reason: 'agreed' } },
    });
    expect(await readDecision(database, idOf(4))).toBeUndefined();
  });
});
