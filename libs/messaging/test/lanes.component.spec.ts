import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@ordergate/testing';
import { partitionOf } from '../src/partition-of.ts';
import { lanesStand, order, partitions } from './lanes.fixture.ts';

let stand: Awaited<ReturnType<typeof lanesStand>>;
const consumer = 'lanes-under-load';

beforeAll(async () => {
  stand = await lanesStand(consumer);
}, 60_000);
afterAll(() => stand?.stop(), 30_000);

/** What an owner leaves that died between its COMMIT and its send. */
async function leaveUnsent(customerId: string, orderIds: string[], epochsRaised: number): Promise<void> {
  const partition = partitionOf(customerId, partitions);
  const [row] = await stand.database.query<{ position: bigint }>(
    `insert into lane_partition (consumer, partition, epoch) values ($1, $2, $3)
     on conflict (consumer, partition) do update set epoch = lane_partition.epoch + $3 returning position`,
    [consumer, partition, epochsRaised],
  );
  for (const [at, orderId] of orderIds.entries()) {
    await stand.database.query(
      `insert into message_log (consumer, partition, position, logged_on, id, aggregatetype, aggregateid, type, payload, headers)
       values ($1, $2, $3, current_date, $4, $5, $6, 'Handled.v1', $7, '{"ce_type":"Handled.v1"}')`,
      [
        ...[consumer, partition, row!.position + BigInt(at) + 1n, randomUUID()],
        ...[`${stand.topicPrefix}credit-decisions`, customerId, JSON.stringify({ orderId })],
      ],
    );
  }
  await stand.database.query(
    'update lane_partition set position = position + $3 where consumer = $1 and partition = $2',
    [...[consumer, partition, orderIds.length]],
  );
}

const handled = (...orderIds: string[]) => orderIds.map((orderId) => `Handled.v1 ${orderId}`);

describe('Lanes', () => {
  it('send what their former owner had committed and not sent, in its order, before anything of their own', async () => {
    await leaveUnsent('C-1', ['L-1', 'L-2', 'L-3'], 1);
    await stand.tell('orders', [order('L-4', 'C-1')]);
    await stand.start();
    await eventually(() => expect(stand.saidOf('C-1')).toEqual(handled('L-1', 'L-2', 'L-3', 'L-4')));
  }, 40_000);

  it('send what they had committed without hearing so, as soon as they notice', async () => {
    await leaveUnsent('C-2', ['S-1', 'S-2'], 0);
    await stand.tell('orders', [order('S-3', 'C-2')]);
    await eventually(() => expect(stand.saidOf('C-2')).toEqual(handled('S-1', 'S-2', 'S-3')));
    expect(await stand.handledOf('C-2')).toEqual(['S-3']);
  });

  it('take their partition back from an owner that the group does not know', async () => {
    await leaveUnsent('C-3', [], 7);
    await stand.tell('orders', [order('F-1', 'C-3')]);
    await eventually(() => expect(stand.saidOf('C-3')).toEqual(handled('F-1')));
  });

  it('lose and double nothing while their database connections are killed under load', async () => {
    const customerIds = Array.from({ length: 24 }, (_, at) => `K-${at}`);
    const rounds = Array.from({ length: 60 }, (_, round) => round);
    const killing = { goesOn: true, killed: 0 };
    const kills = (async () => {
      while (killing.goesOn) {
        const killed = await stand.database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name like '%lane _' and pid <> pg_backend_pid()`,
        );
        killing.killed += killed.length;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    })();
    for (const round of rounds) {
      await stand.tell(
        'orders',
        customerIds.map((id) => order(`${id}-${round}`, id)),
      );
      // A lane connects again for its next chunk: early rounds wait until there was something to kill.
      if (round < 12) await eventually(() => expect(killing.killed).toBeGreaterThan(round));
    }
    killing.goesOn = false;
    await kills;
    expect(killing.killed).toBeGreaterThan(10);

    const total = customerIds.length * rounds.length;
    await stand.decisions.waitFor(total, ({ key }) => key!.startsWith('K-'), 60_000);
    for (const id of customerIds) {
      const inOrder = rounds.map((round) => `${id}-${round}`);
      expect(await stand.handledOf(id)).toEqual(inOrder);
      expect(stand.saidOf(id)).toEqual(handled(...inOrder));
    }
  }, 120_000);

  it('write down what Kafka has acknowledged, also when nothing more comes', async () => {
    await eventually(async () => {
      const behind = await stand.database.query('select * from lane_partition where published_position <> position');
      expect(behind).toEqual([]);
    });
  });

  it('hand over to another instance without losing or doubling', async () => {
    const customerIds = Array.from({ length: 16 }, (_, at) => `H-${at}`);
    const rounds = Array.from({ length: 12 }, (_, round) => round);
    const telling = (async () => {
      for (const round of rounds)
        await stand.tell(
          'orders',
          customerIds.map((id) => order(`${id}-${round}`, id)),
        );
    })();
    const second = await stand.start();
    await telling;
    await stand.stopOne(second);
    await eventually(async () => {
      for (const id of customerIds) expect(await stand.handledOf(id)).toEqual(rounds.map((round) => `${id}-${round}`));
    });
    // Sent again by a new owner is allowed; lost or out of order is not.
    await eventually(() => {
      for (const id of customerIds)
        expect([...new Set(stand.saidOf(id))]).toEqual(handled(...rounds.map((round) => `${id}-${round}`)));
    });
  }, 60_000);
});
