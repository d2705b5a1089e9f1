import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTopics, isolated, testInfra } from '@ordergate/testing';
import { kafkaClient } from '@ordergate/local-infra';
import type { Consumer, Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { System } from './system.ts';

/** Slower than any of our services, so that a wait that does not wait is seen. */
const handlingMs = 150;

let prefix: string;
let producer: Producer;
const consumers: Consumer[] = [];
let system: System;

/** A service of one handler: each message on a topic becomes one on another, sent before its offset is committed. */
async function relay(name: string, from: string, to: string, type: string): Promise<void> {
  const consumer = kafkaClient(testInfra().brokers).consumer({ groupId: `${prefix}${name}` });
  consumers.push(consumer);
  await consumer.connect();
  await consumer.subscribe({ topic: `${prefix}${from}`, fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ message }) => {
      await pause(handlingMs);
      const headers = { ...message.headers, ce_type: type };
      await producer.send({ topic: `${prefix}${to}`, messages: [{ key: message.key, value: message.value, headers }] });
    },
  });
  await joined;
}

beforeAll(async () => {
  prefix = (await isolated('settle')).topicPrefix;
  await createTopics(prefix, undefined, { partitions: 2 });
  producer = kafkaClient(testInfra().brokers).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await relay('gate', 'orders', 'credit-decisions', 'OrderApproved.v1');
  await relay('worklist', 'credit-decisions', 'credit-holds', 'CreditHold.v1');
  system = await System.open({ brokers: testInfra().brokers, prefix }, '/spec', async () => 0);
}, 60_000);

afterAll(async () => {
  await system?.close();
  await Promise.all([...consumers.map((consumer) => consumer.disconnect()), producer?.disconnect()]);
}, 30_000);

const order = (story: string, at: number) => ({
  id: `${story}-${at}`,
  type: 'OrderPlaced.v1',
  time: '2026-03-02T08:00:00Z',
  correlationId: `${story}:O`,
  line: 0,
  data: {
    orderId: `${story}:O-${at}`,
    orderVersion: 1,
    customerId: `${story}:C`,
    total: { amount: '1.00', currency: 'EUR' },
    placedAt: '2026-03-02T08:00:00Z',
  },
});

describe('A step has been handled', () => {
  it('when what came of it has been handled, too, through every service', async () => {
    const records = system.heard.of('A:');
    await system.tell([order('A', 1)]);
    await system.settle(records);
    expect(records.decisionsOf('A:O-1')).toHaveLength(1);
    expect(records.holds.get('A:O-1')).toBeDefined();
  });

  it('also while another story keeps the services busy', async () => {
    const records = system.heard.of('B:');
    const busy = Promise.all([1, 2, 3].map((at) => system.tell([order('OTHER', at)])));
    await system.tell([order('B', 1)]);
    await system.settle(records);
    expect(records.holds.get('B:O-1')).toBeDefined();
    await busy;
  });

  it('for many stories that ask at once, each by its own messages', async () => {
    const stories = ['C', 'D', 'E', 'F'];
    const heard = await Promise.all(
      stories.map(async (story) => {
        const records = system.heard.of(`${story}:`);
        await system.tell([order(story, 1), order(story, 2)]);
        await system.settle(records);
        return records.holds.size;
      }),
    );
    expect(heard).toEqual([2, 2, 2, 2]);
  });

  it('and a new day when nothing at all comes any more', async () => {
    await system.tell([order('A', 3)]);
    await system.settle();
    expect(system.heard.of('A:').holds.get('A:O-3')).toBeDefined();
  });
});

it('What does not fit its contract is not sent, and each violation is named', async () => {
  const broken = order('A', 4);
  await expect(system.tell([{ ...broken, data: { ...broken.data, customerId: '' } }])).rejects.toThrow(
    /OrderPlaced\.v1 does not fit its contract: customerId must be/,
  );
});
