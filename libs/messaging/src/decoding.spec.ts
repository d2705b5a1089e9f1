import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@ordergate/observability';
import type { Expected } from './decode.ts';
import { decoding } from './decoding.ts';
import type { RawRecord, Undecided } from './delivery.ts';
import { forward, recordForwardedType } from './record-forwarded.v1.ts';
import { anOrder, eventRecord, rawRecord } from './record.fixture.ts';

const lines: string[] = [];
const expectations = new Map<string, Expected>([
  ['orders', { topic: 'orders', types: ['OrderPlaced.v1'], skipsUnknownTypes: false }],
  ['credit-commands', { topic: 'credit-commands', types: [], skipsUnknownTypes: false }],
]);
const { decode } = decoding({
  expectations,
  forwardTo: 'credit-commands',
  keyedPartitions: 12,
  logger: createLogger('decoding spec', { write: (line: string) => void lines.push(line) }),
});

/** The record as it arrives on the commands' topic after its hop. */
function afterItsHop(record: RawRecord, partition = 3): RawRecord {
  const decoded = decode(record, record.partition);
  expect(decoded.kind).toBe('misplaced');
  const { data, type } = forward((decoded as { undecided: Undecided }).undecided, 'credit-commands');
  return eventRecord(data!, { type, topic: 'credit-commands', partition });
}

describe('A record on a wrong partition', () => {
  it('arrives whole in the right lane', () => {
    const lost = eventRecord(anOrder, { id: 'lost', partition: 9, key: null, headers: { odd: Buffer.from([0xff]) } });
    const decoded = decode(afterItsHop(lost), 3);
    expect(decoded).toMatchObject({
      kind: 'delivery',
      delivery: { id: 'lost', partition: 3, record: { topic: 'orders', partition: 9, key: null, offset: lost.offset } },
    });
    const { record } = (decoded as { delivery: { record: RawRecord } }).delivery;
    expect(record.value).toEqual(lost.value);
    expect(record.headers['odd']).toEqual(Buffer.from([0xff]));
  });

  it('is reported once per sender, with the cure', () => {
    lines.length = 0;
    const from = (source: string) => decode(eventRecord(anOrder, { source, partition: 9 }), 9);
    for (const source of ['/erp', '/erp', '/other']) from(source);
    expect(lines.filter((line) => line.includes('partitioner=murmur2_random'))).toHaveLength(2);
  });

  it('is refused where its hop went wrong, so that no other lane touches the customer', () => {
    const lost = eventRecord(anOrder, { partition: 9 });
    expect(decode(afterItsHop(lost, 4), 4)).toMatchObject({
      kind: 'malformed',
      undecided: { violations: ['customerId must be of this partition'] },
    });
  });
});

it.each([
  'no JSON',
  'null',
  '{}',
  '{"customerId":"C-42","topic":"nonsense","partition":1,"offset":"1","key":null,"value":null,"headers":{}}',
  '{"customerId":"C-42","topic":"orders","partition":1,"offset":"x","key":null,"value":null,"headers":{}}',
  '{"customerId":"C-42","topic":"orders","partition":1,"offset":"1","key":7,"value":null,"headers":null}',
])('A forwarded record that nobody of us wrote is malformed and stops nothing: %s', (value) => {
  const record = rawRecord(value, { topic: 'credit-commands', headers: { ce_type: Buffer.from(recordForwardedType) } });
  expect(decode(record, 2)).toMatchObject({
    kind: 'malformed',
    undecided: { violations: ['value must be a forwarded record'] },
  });
});

it('A forwarded record of a topic that is not read any more is malformed', () => {
  const forwarded = {
    customerId: 'C-42',
    topic: 'receivables',
    partition: 1,
    offset: '1',
    key: null,
    value: null,
    headers: {},
  };
  const record = eventRecord(forwarded, { type: recordForwardedType, topic: 'credit-commands' });
  expect(decode(record, 2)).toMatchObject({ kind: 'malformed' });
});
