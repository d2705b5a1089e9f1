import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { patchFetchResponse } from './fetch-response.patch.ts';

interface Encoder {
  buffer: Buffer;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeInt64(value: unknown): Encoder;
  writeString(value: string): Encoder;
  writeBuffer(value: Buffer): Encoder;
}
type Decode = (body: Buffer) => Promise<{ responses: { partitions: { messages: { headers: object }[] }[] }[] }>;

const require = createRequire(import.meta.url);
const EncoderClass = require('kafkajs/src/protocol/encoder') as new () => Encoder;
const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => Encoder;
const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0') as {
  RecordBatch(batch: object): Promise<Encoder>;
};
const Long = require('kafkajs/src/utils/long') as { fromValue(value: unknown): unknown };
const response = require('kafkajs/src/protocol/requests/fetch/v11/response') as { decode: Decode };
const original = response.decode;
patchFetchResponse();
const patched = response.decode;

interface Batch {
  firstOffset: bigint;
  firstTimestamp: bigint;
  records: { key: Buffer | null; value: Buffer | null; headers: object; timestampDelta: number }[];
  /** Set in the batch's attributes: 8 dated by the broker, 16 of a transaction, 32 of the broker's own. */
  attributes?: number;
  compression?: number;
}

async function batchBytes({ firstOffset, firstTimestamp, records, attributes = 0, compression = 0 }: Batch) {
  const { buffer } = await RecordBatch({
    ...{ compression, firstOffset: Long.fromValue(String(firstOffset)), lastOffsetDelta: records.length - 1 },
    firstTimestamp: Long.fromValue(String(firstTimestamp)),
    maxTimestamp: Long.fromValue(String(firstTimestamp + 1n)),
    records: records.map((record, offsetDelta) =>
      encodeRecord({ ...record, offsetDelta, timestampDelta: Long.fromValue(record.timestampDelta) }),
    ),
  });
  // kafkajs writes neither: the lower byte of the attributes stands after offset, length, epoch, format and checksum.
  buffer[22]! |= attributes;
  return buffer;
}

function body(partitions: { records: Buffer; aborted?: number[] }[]): Buffer {
  const encoder = new EncoderClass().writeInt32(7).writeInt16(0).writeInt32(3).writeInt32(1).writeString('orders');
  encoder.writeInt32(partitions.length);
  for (const [partition, { records, aborted = [] }] of partitions.entries()) {
    encoder.writeInt32(partition).writeInt16(0);
    for (const offset of [900, 800, 2]) encoder.writeInt64(offset);
    encoder.writeInt32(aborted.length);
    for (const producer of aborted) encoder.writeInt64(producer).writeInt64(12);
    encoder.writeInt32(-1).writeInt32(records.length).writeBuffer(records);
  }
  return encoder.buffer;
}

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const name = fc
  .oneof(fc.constantFrom('ce_id', 'ce_type', 'größe', ''), fc.string({ unit: 'binary', maxLength: 20 }))
  // kafkajs takes what every object inherits for a header that was there before; ours does not.
  .filter((text) => !(text in {}));
const record = fc.record({
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(name, fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), { maxKeys: 9 }),
  timestampDelta: fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }),
});
const batch: fc.Arbitrary<Batch> = fc.record({
  firstOffset: fc.oneof(fc.bigInt({ min: 0n, max: 9_000n }), fc.bigInt({ min: 2n ** 52n, max: 2n ** 62n })),
  firstTimestamp: fc.constantFrom(-1n, 1_790_000_000_123n, 2n ** 60n),
  records: fc.array(record, { maxLength: 8 }),
  attributes: fc.constantFrom(0, 8, 16, 32),
});
const partition = fc.record({
  batches: fc.array(batch, { maxLength: 3 }),
  aborted: fc.array(fc.nat(), { maxLength: 2 }),
  /** Bytes that the size asked for has cut off. */
  cutOff: fc.oneof(fc.constant(0), fc.nat(400)),
});

// Of less than a batch's head kafkajs makes an error.
const lengthOf = (length: number): number => (length > 16 ? length : 0);

describe('A fetch response', () => {
  it('is read as kafkajs reads it, whatever the messages are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(partition, { maxLength: 3 }), async (partitions) => {
        const sent = body(
          await Promise.all(
            partitions.map(async ({ batches, aborted, cutOff }) => {
              const records = Buffer.concat(await Promise.all(batches.map(batchBytes)));
              return { records: records.subarray(0, lengthOf(records.length - cutOff)), aborted };
            }),
          ),
        );
        expect(await patched(sent)).toEqual(await original(sent));
      }),
      { numRuns: 200 },
    );
  });

  const one = { key: Buffer.from('C-42'), value: Buffer.from('x'), headers: {}, timestampDelta: 0 };

  it('with a compressed batch is left to kafkajs', async () => {
    const records = await batchBytes({ firstOffset: 5n, firstTimestamp: 1n, records: [one, one], compression: 1 });
    const sent = body([{ records }]);
    expect(await patched(sent)).toEqual(await original(sent));
  });

  it.each(['constructor', 'toString', '__proto__'])('keeps both headers that are named %s', async (header) => {
    const headers = Object.fromEntries([[header, ['told', 'again']]]);
    const records = await batchBytes({ firstOffset: 5n, firstTimestamp: 1n, records: [{ ...one, headers }] });
    const read = (await patched(body([{ records }]))).responses[0]!.partitions[0]!.messages[0]!.headers;
    expect(Object.entries(read)).toEqual([[header, [Buffer.from('told'), Buffer.from('again')]]]);
  });

  it('that ends too early fails', async () => {
    const records = await batchBytes({ firstOffset: 5n, firstTimestamp: 1n, records: [one] });
    const sent = body([{ records }]);
    await expect(patched(sent.subarray(0, sent.length - 3))).rejects.toThrow('end too early');
  });

  it('is patched once, however often it is asked for', () => {
    patchFetchResponse();
    expect(response.decode).toBe(patched);
    expect(patched).not.toBe(original);
  });
});

describe('What comes over a connection', () => {
  interface Wire {
    chunks: Buffer[];
    bytesBuffered: number;
    bytesNeeded: number;
    requestQueue: { fulfillRequest(response: { correlationId: number; payload: Buffer }): void };
    processData(bytes: Buffer): void;
  }
  const { prototype } = require('kafkajs/src/network/connection') as { prototype: Wire };
  const answer = (correlationId: number, text: string) =>
    new EncoderClass()
      .writeInt32(4 + text.length)
      .writeInt32(correlationId)
      .writeBuffer(Buffer.from(text)).buffer;

  function connection() {
    const answers: { correlationId: number; payload: Buffer }[] = [];
    const requestQueue = { fulfillRequest: (it: (typeof answers)[number]) => void answers.push(it) };
    const wire: Wire = Object.assign(Object.create(prototype), {
      ...{ chunks: [], bytesBuffered: 0, bytesNeeded: 4, requestQueue },
    });
    const told = () => answers.map(({ correlationId, payload }) => [correlationId, String(payload)]);
    return { wire, answers, told };
  }

  it('is answered in order, wherever it is cut', () => {
    const bytes = Buffer.concat([answer(1, 'one'), answer(2, 'two'), answer(3, 'three')]);
    for (let first = 1; first < bytes.length; first += 1) {
      for (let second = first + 1; second <= bytes.length; second += 1) {
        const { wire, told } = connection();
        wire.processData(bytes.subarray(0, first));
        wire.processData(bytes.subarray(first, second));
        wire.processData(bytes.subarray(second));
        expect(told()).toEqual([
          [1, 'one'],
          [2, 'two'],
          [3, 'three'],
        ]);
      }
    }
  });

  it('is not copied when a response comes by itself', () => {
    const { wire, answers } = connection();
    const responses = [answer(1, 'one'), answer(2, 'two')];
    for (const response of responses) wire.processData(response);
    for (const [at, { payload }] of answers.entries()) expect(payload.buffer).toBe(responses[at]!.buffer);
    const [, before] = answers;
    expect([before!.payload.byteOffset, answers.length]).toEqual([responses[1]!.byteOffset + 8, 2]);
  });
});
