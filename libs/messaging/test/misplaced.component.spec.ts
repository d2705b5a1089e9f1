import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@ordergate/testing';
import { partitionOf } from '../src/partition-of.ts';
import { lanesStand, order, partitions } from './lanes.fixture.ts';

let stand: Awaited<ReturnType<typeof lanesStand>>;
beforeAll(async () => {
  stand = await lanesStand('misplaced');
  await stand.start();
}, 60_000);
afterAll(() => stand?.stop(), 30_000);

const elsewhere = (customerId: string) => (partitionOf(customerId, partitions) + 1) % partitions;

describe('A record that is not where its customer’s lane looks', () => {
  it.each([
    { what: 'on another partition', customerId: 'C-1', more: { partition: elsewhere('C-1') } },
    { what: 'without a key', customerId: 'C-2', more: { key: null } },
    { what: 'with the order as its key', customerId: 'C-3', more: { key: 'O-1' } },
    { what: 'without a key on another partition', customerId: 'C-4', more: { key: null, partition: elsewhere('C-4') } },
  ])('$what is forwarded and handled once', async ({ customerId, more }) => {
    await stand.tell('orders', [{ ...order('O-1', customerId), ...more }]);
    await eventually(() => expect(stand.saidOf(customerId)).toEqual(['Handled.v1 O-1']));
    await stand.tell('orders', [order('O-2', customerId)]);
    await eventually(() => expect(stand.saidOf(customerId)).toEqual(['Handled.v1 O-1', 'Handled.v1 O-2']));
    expect(await stand.handledOf(customerId)).toEqual(['O-1', 'O-2']);
  });

  it('is a dead letter when it is malformed too, told once, from where it first came', async () => {
    const broken = { ...order('O-9', 'C-5'), data: { orderId: 'O-9', customerId: 'C-5' } };
    await stand.tell('orders', [{ ...broken, key: null, partition: elsewhere('C-5') }]);
    const [dead] = await stand.deadLetters.waitFor(1, ({ value }) => value.customerId === 'C-5', 5_000);
    expect(dead).toMatchObject({
      key: null,
      headers: {
        'kafka_dlt-original-topic': `${stand.topicPrefix}orders`,
        'kafka_dlt-original-partition': String(elsewhere('C-5')),
        'kafka_dlt-exception-message': expect.stringMatching(/total is required/),
      },
    });
    await eventually(() => expect(stand.saidOf('C-5')).toEqual(['Undecided.v1 O-9']));
  });

  it('is said once, with the cure', async () => {
    const cures = stand.log.filter((line) => line.includes('partitioner=murmur2_random'));
    expect(cures).toHaveLength(1);
  });
});
