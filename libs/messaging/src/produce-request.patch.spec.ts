import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { crc32c } from './crc32c.ts';
import { patchProduceRequest } from './produce-request.patch.ts';

type MakeRequest = (request: object) => { apiVersion: number; encode(): Promise<{ buffer: Buffer }> };

const require = createRequire(import.meta.url);
const path = 'kafkajs/src/protocol/requests/produce/v7/request';
const original = require(path) as MakeRequest;
const frame = require('kafkajs/src/protocol/request') as (request: object) => Promise<{ buffer: Buffer }>;
patchProduceRequest();
const patched = require(path) as MakeRequest;

beforeAll(() => void jest.useFakeTimers({ now: 1_790_000_000_123, doNotFake: ['nextTick', 'queueMicrotask'] }));
afterAll(() => void jest.useRealTimers());

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.constantFrom('', 'C-42', 'Yıldız Gıda', 'x'.repeat(40), 'x'.repeat(41), 'é'.repeat(40), '😀'.repeat(3_000)),
);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const value = fc.oneof(text, bytes);
const message = fc.record({
  key: fc.option(value),
  value: fc.option(
    fc.oneof(
      value,
      fc.nat(9_000).map((length) => 'v'.repeat(length)),
    ),
  ),
  headers: fc.dictionary(text, fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 5 }),
});
const request = fc.record({
  acks: fc.constant(-1),
  timeout: fc.constant(30_000),
  producerId: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  producerEpoch: fc.nat(32_767),
  topicData: fc.array(
    fc.record({
      topic: text,
      partitions: fc.array(
        fc.record({
          partition: fc.nat(1_000),
          firstSequence: fc.nat(2 ** 31 - 1),
          messages: fc.array(message, { minLength: 1, maxLength: 70 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 3 },
  ),
});

const hexOf = async (make: MakeRequest, asked: object): Promise<string> =>
  (await make(asked).encode()).buffer.toString('hex');

describe('A produce request', () => {
  it('has the very bytes that kafkajs writes, whatever the messages are', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        expect(await hexOf(patched, asked)).toBe(await hexOf(original, asked));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { name: 'a', clientId: 'customer-credit' },
    { name: 'no', clientId: null },
    { name: 'an endless', clientId: 'x'.repeat(2_000) },
  ])('goes over the wire as kafkajs would send it, with $name client id before it', async ({ clientId }) => {
    const messages = [{ key: 'C-42', value: 'x'.repeat(9_000), headers: {} }];
    const asked = {
      ...{ acks: -1, timeout: 1_000, producerId: '7', producerEpoch: 0 },
      topicData: [{ topic: 'orders', partitions: [{ partition: 1, firstSequence: 5, messages }] }],
    };
    const onTheWire = async (make: MakeRequest): Promise<string> =>
      (await frame({ correlationId: 9, clientId, request: { apiKey: 0, ...make(asked) } })).buffer.toString('hex');
    expect(await onTheWire(patched)).toBe(await onTheWire(original));
  });

  it.each([
    { more: { transactionalId: 'tx' }, because: 'a transaction is marked in the batch' },
    { more: { compression: 1 }, because: 'compressed batches are packed' },
  ])('with $more is left to kafkajs, since $because', async ({ more }) => {
    const messages = [{ key: 'C-42', value: 'x', headers: {} }];
    const asked = {
      ...{ acks: -1, timeout: 1_000, producerId: '7', producerEpoch: 0, ...more },
      topicData: [{ topic: 'orders', partitions: [{ partition: 1, firstSequence: 5, messages }] }],
    };
    expect(await hexOf(patched, asked)).toBe(await hexOf(original, asked));
  });

  it('with a timestamp of its own keeps it', async () => {
    const messages = [{ key: 'C-42', value: 'x', timestamp: '1500000000000' }];
    const asked = {
      ...{ acks: -1, timeout: 1_000, producerId: '7', producerEpoch: 0 },
      topicData: [{ topic: 'orders', partitions: [{ partition: 1, firstSequence: 5, messages }] }],
    };
    expect(await hexOf(patched, asked)).toBe(await hexOf(original, asked));
  });

  it('is patched once, however often it is asked for', () => {
    patchProduceRequest();
    expect(require(path)).toBe(patched);
    expect(patched).not.toBe(original);
  });
});

describe('CRC-32C', () => {
  it('of "123456789" is the check value of its standard', () =>
    expect(crc32c(Buffer.from('123456789'), 0, 9)).toBe(0xe3069283));
});
