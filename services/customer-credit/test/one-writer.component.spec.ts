import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, order } from './credit-service.fixture.ts';

const customerIds = Array.from({ length: 24 }, (_, at) => `W-${at}`);
const ordersEach = 40;
const limitsEach = 4;

let stand: Awaited<ReturnType<typeof creditStand>>;
let database: Database;
let decisions: TopicReader;
let accounts: TopicReader;
let holds: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  database = Database.open(stand.databaseUrl, { name: 'one-writer spec' });
  await stand.startDay('2026-03-02');
  [decisions, accounts, holds] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}credit-accounts`),
    readTopic(`${stand.topicPrefix}credit-holds`),
  ]);
}, 60_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), accounts?.stop(), holds?.stop(), database?.close()]);
  await stand?.stop();
}, 60_000);

describe('One customer has one writer', () => {
  it('while two instances, rebalances and people’s writes race: every seq once, in order, without a gap', async () => {
    const first = await stand.start();
    const second = await stand.start();
    await stand.tell(
      'customers',
      customerIds.map((id) => customer(id, '500.00')),
    );
    await stand.untilReady(first.url);
    await stand.untilReady(second.url);

    const orders = publishOrders();
    const limits = changeLimits(second.call);
    const third = await stand.start();
    await stand.untilReady(third.url);
    await first.close();
    await orders;
    const answers = await limits;
    expect(answers.filter((status) => status !== 200)).toEqual([]);

    await decisions.waitFor(customerIds.length * ordersEach, isFirstDecision(), 60_000);
    await eventually(async () => {
      const [behind] = await database.query<{ behind: bigint }>(
        'select sum(position - published_position) as behind from lane_partition',
      );
      expect(Number(behind!.behind)).toBe(0);
    });
    for (const customerId of customerIds) await expectOneWriter(customerId);
  }, 120_000);
});

/** Counts each order once: a message may be published again after a crash or a rebalance. */
function isFirstDecision() {
  return ({ value }: { value: { orderId: string; seq: number } }): boolean =>
    decisions.records.find((record) => record.value.orderId === value.orderId)?.value.seq === value.seq;
}

async function publishOrders(): Promise<void> {
  for (let round = 0; round < ordersEach; round += 4) {
    await stand.tell(
      'orders',
      customerIds.flatMap((id) => [0, 1, 2, 3].map((n) => order(`${id}-O${round + n}`, id, '25.00'))),
    );
  }
}

type CallService = Awaited<ReturnType<typeof stand.start>>['call'];

async function changeLimits(call: CallService): Promise<number[]> {
  const statuses: number[] = [];
  for (let round = 1; round <= limitsEach; round += 1) {
    const replies = await Promise.all(
      customerIds.map((id) =>
        call('PUT', `/v1/credit-accounts/${id}/limit`, {
          body: { limit: { kind: 'amount', amount: eur(`${500 + round * 50}.00`) }, reason: `round ${round}` },
          headers: { 'idempotency-key': `${id}-${round}` },
        }),
      ),
    );
    statuses.push(...replies.map(({ status }) => status));
  }
  return statuses;
}

async function expectOneWriter(customerId: string): Promise<void> {
  const [account] = await database.query<{ seq: bigint; open_orders: bigint }>(
    'select seq, open_orders from credit_account where customer_id = $1',
    [customerId],
  );
  const ledger = await database.query<{ seq: bigint; open_orders: bigint }>(
    'select seq, open_orders from ledger_entry where customer_id = $1 order by seq',
    [customerId],
  );
  const stored = await database.query<{
    seq: bigint;
    order_id: string;
    outcome: string;
    total: bigint;
    limit_minor: bigint;
    open_orders: bigint;
  }>('select * from decision where customer_id = $1 order by seq', [customerId]);

  for (const topic of [decisions, accounts]) {
    const seen = topic.records.filter(({ key }) => key === customerId).map(({ value }) => value.seq as number);
    const firstTimes = [...new Set(seen)];
    expect(firstTimes).toEqual([...firstTimes].sort((a, b) => a - b));
  }
  const told = [...decisions.records, ...accounts.records, ...holds.records]
    .filter(({ value }) => value.customerId === customerId)
    .map(({ value }) => value.seq as number);
  expect([...new Set(told)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: Number(account!.seq) }, (_, at) => at + 1),
  );
  expect(new Set(stored.map(({ order_id: orderId }) => orderId)).size).toBe(ordersEach);
  for (const { outcome, total, limit_minor: limit, open_orders: before } of stored) {
    if (outcome !== 'held') expect(before + total <= limit).toBe(true);
  }
  expect(ledger.reduce((sum, entry) => sum + entry.open_orders, 0n)).toBe(account!.open_orders);
}
