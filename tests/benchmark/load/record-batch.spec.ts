import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { crc32c } from './crc32c.ts';
import { readRecords } from './read-records.ts';
import { RecordBatch, type RecordHeader } from './record-batch.ts';

const load = createRequire(import.meta.url);
const { RecordBatch: kafkajsBatch } = load('kafkajs/src/protocol/recordBatch/v0') as {
  RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>;
};
const kafkajsRecord = load('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => unknown;

interface PlainRecord {
  key: string;
  value: string;
  headers: RecordHeader[];
}

const at = Date.UTC(2026, 10, 21);
const records = (count: number, valueLength: number): PlainRecord[] =>
  Array.from({ length: count }, (_, number) => ({
    key: `C-${number}`,
    value: `${number}`.padEnd(valueLength, '.'),
    headers: [
      ['ce_id', `m-${number}`],
      ['empty', ''],
    ],
  }));

function ours(plain: readonly PlainRecord[], expectedBytes?: number): Buffer {
  const batch = new RecordBatch(expectedBytes);
  for (const { key, value, headers } of plain) batch.add(key, value, headers);
  return batch.finish(at);
}

async function byKafkajs(plain: readonly PlainRecord[]): Promise<Buffer> {
  const { buffer } = await kafkajsBatch({
    firstTimestamp: at,
    maxTimestamp: at,
    lastOffsetDelta: plain.length - 1,
    records: plain.map(({ key, value, headers }, offsetDelta) =>
      kafkajsRecord({ offsetDelta, key, value, headers: Object.fromEntries(headers) }),
    ),
  });
  return buffer;
}

describe('A record batch', () => {
  it.each([
    { count: 1, length: 0, because: 'a value may be empty' },
    { count: 3, length: 62, because: 'lengths up to 63 take one byte' },
    { count: 65, length: 300, because: 'offsets and lengths above take two' },
    { count: 2, length: 8_192, because: 'and above 8,191 three' },
    { count: 2, length: 70_000, because: 'a value may be larger than the room that was made for the batch' },
  ])('of $count records with $length bytes is byte for byte what kafkajs makes, since $because', async (row) => {
    const plain = records(row.count, row.length);
    expect(ours(plain).equals(await byKafkajs(plain))).toBe(true);
  });

  it('is the same however much room was made for it', () => {
    expect(ours(records(100, 100), 64).equals(ours(records(100, 100), 100_000))).toBe(true);
  });

  it('has the checksum that the standard gives for its example', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });
});

describe('What is read of a fetch answer', () => {
  /** As a broker gives batches out: with their place in the partition. */
  function placed(batch: Buffer, baseOffset: number): Buffer {
    const bytes = Buffer.from(batch);
    bytes.writeBigInt64BE(BigInt(baseOffset), 0);
    return bytes;
  }
  const answer = Buffer.concat([placed(ours(records(3, 5)), 40), placed(ours(records(2, 5)), 43)]);
  function read(bytes: Buffer, from: number): { values: string[]; next: number } {
    const values: string[] = [];
    const next = readRecords(bytes, from, (of, start, end) => values.push(of.toString('latin1', start, end)));
    return { values, next };
  }

  it.each([
    { from: 40, values: ['0....', '1....', '2....', '0....', '1....'], next: 45, because: 'all are new' },
    {
      from: 42,
      values: ['2....', '0....', '1....'],
      next: 45,
      because: 'a batch comes whole, also what is known of it',
    },
    { from: 45, values: [], next: 45, because: 'nothing is new' },
  ])('from $from on is $values, since $because', ({ from, values, next }) => {
    expect(read(answer, from)).toEqual({ values, next });
  });

  it('leaves a batch that is cut off to the next answer', () => {
    expect(read(answer.subarray(0, answer.length - 1), 40)).toEqual({ values: ['0....', '1....', '2....'], next: 43 });
  });

  it('refuses what is compressed instead of reading it wrongly', () => {
    const compressed = Buffer.from(answer);
    compressed.writeInt16BE(1, 21);
    expect(() => read(compressed, 40)).toThrow('this reader knows no codec');
  });

  it('is what kafkajs writes, too', async () => {
    expect(read(await byKafkajs(records(2, 3)), 0)).toEqual({ values: ['0..', '1..'], next: 2 });
  });
});
