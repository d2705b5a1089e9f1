import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { topicDefinitions, topicName, topics } from './topics.ts';

const file = parse(readFileSync(new URL('../../../infra/kafka/topics.yaml', import.meta.url), 'utf8'));

describe('the topics', () => {
  it('are those that are created on the broker', () => {
    expect(Object.keys(file.topics).sort()).toEqual([...topics].sort());
  });

  it.each(topicDefinitions)('$name has the partitions and the retention that the reference names', (topic) => {
    const created = { ...file.defaults, ...file.topics[topic.name] };
    expect({ partitions: created.partitions, compacted: created.compacted ?? false }).toEqual({
      partitions: topic.partitions,
      compacted: topic.compacted,
    });
  });

  it('carry a prefix on the broker', () => expect(topicName('ordergate.', 'orders')).toBe('ordergate.orders'));
});
