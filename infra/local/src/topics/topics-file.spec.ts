import { describe, expect, it } from '@jest/globals';
import { declareTopics, readTopics } from './topics-file.ts';

const valid = {
  defaults: { partitions: 12, retentionDays: 30, tombstoneDays: 7, maxMessageBytes: 1048576 },
  deadLetters: { retentionDays: 30, maxMessageBytes: 2097152 },
  topics: { orders: { deadLetters: true } },
};

describe('the topics file of the project', () => {
  const topics = new Map(readTopics().map((topic) => [topic.name, topic]));

  it.each([
    { name: 'orders', partitions: 12, cleanup: 'delete' },
    { name: 'customers', partitions: 12, cleanup: 'compact' },
    { name: 'credit-holds', partitions: 12, cleanup: 'compact' },
    { name: 'notifications', partitions: 6, cleanup: 'delete' },
    { name: 'policies', partitions: 1, cleanup: 'compact' },
    { name: 'business-days', partitions: 1, cleanup: 'delete' },
    { name: 'customers-dlt', partitions: 12, cleanup: 'delete' },
  ])('declares $name: $partitions partitions, $cleanup', ({ name, partitions, cleanup }) => {
    expect(topics.get(name)).toMatchObject({ partitions, settings: { 'cleanup.policy': cleanup } });
  });

  it('keeps messages for 30 days, tombstones for 7, and lets 1 MiB in and 2 MiB out to the dead letters', () => {
    expect(topics.get('orders')?.settings).toEqual({
      'cleanup.policy': 'delete',
      'retention.ms': '2592000000',
      'max.message.bytes': '1048576',
    });
    expect(topics.get('policies')?.settings['delete.retention.ms']).toBe('604800000');
    expect(topics.get('orders-dlt')?.settings['max.message.bytes']).toBe('2097152');
  });
});

describe('a topics file with mistakes', () => {
  it('is valid without them', () => {
    expect(declareTopics(valid).map(({ name }) => name)).toEqual(['orders', 'orders-dlt']);
  });

  it.each([
    { change: { topics: {} }, says: '"topics" names no topic' },
    { change: { topics: { Orders: null } }, says: 'topics.Orders: a name is small letters, digits and "-"' },
    {
      change: { topics: { orders: { partitions: 0 } } },
      says: 'topics.orders.partitions has to be a whole number above 0',
    },
    { change: { topics: { orders: { compacted: 'yes' } } }, says: 'topics.orders.compacted has to be true or false' },
    { change: { topics: { orders: { partition: 3 } } }, says: 'topics.orders.partition is unknown' },
    { change: { defaults: { partitions: 12 } }, says: 'defaults.maxMessageBytes is missing' },
    { change: { topic: {} }, says: '"topic" is unknown' },
  ])('is refused: $says', ({ change, says }) => {
    expect(() => declareTopics({ ...valid, ...change })).toThrow(says);
  });

  it('names all mistakes at once', () => {
    const broken = { ...valid, topics: { orders: { partitions: -1, retention: 3 } } };
    expect(() => declareTopics(broken)).toThrow(/partitions has to be[^]*retention is unknown/);
  });
});
