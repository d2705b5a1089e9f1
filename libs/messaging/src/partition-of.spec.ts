import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { partitionOf } from './partition-of.ts';

const kafkas = kafkajs.Partitioners.DefaultPartitioner();

it.each([
  { key: 'C-42', of12: 3, because: 'murmur2 of these bytes, reckoned from Kafka’s definition without kafkajs' },
  { key: 'Ç-ğü', of12: 6, because: 'the key counts as UTF-8' },
])('$key goes to partition $of12 of 12: $because', ({ key, of12 }) => expect(partitionOf(key, 12)).toBe(of12));

it('every key goes where Kafka’s own clients send it, for any number of partitions, also when asked again', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
      const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));
      const expected = kafkas({ topic: 't', partitionMetadata, message: { key, value: null } } as never);
      expect(partitionOf(key, partitions)).toBe(expected);
      expect(partitionOf(key, partitions)).toBe(expected);
    }),
  );
});
