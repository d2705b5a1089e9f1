import { describe, expect, it } from '@jest/globals';
import { deadLetter, type Cause, type Outgoing } from './delivery.ts';
import { toLog, toSendable } from './outgoing-log.ts';
import { rawRecord } from './record.fixture.ts';

const writer = { consumer: 'customer-credit', topicPrefix: 'ordergate.', source: '/ordergate/customer-credit' };
const at = new Date('2026-11-21T10:00:00Z');
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

function cause(more: Partial<Cause> = {}): Cause {
  return {
    ...{
      id: 'e-1',
      source: '/shop',
      correlationId: undefined,
      traceparent: undefined,
      partition: 2,
      customerId: 'C-42',
    },
    record: rawRecord('{}'),
    ...more,
  };
}
const message = (causedBy: Cause, more: object = {}): Outgoing => ({
  ...{ topic: 'credit-decisions', key: 'C-42', type: 'OrderApproved.v1', data: { seq: 1 }, causedBy },
  ...more,
});

function log(outgoing: Outgoing[], start: Record<number, bigint> = {}) {
  const positions = new Map(Object.entries(start).map(([partition, position]) => [Number(partition), position]));
  const next = (partition: number): bigint => {
    const position = (positions.get(partition) ?? 0n) + 1n;
    positions.set(partition, position);
    return position;
  };
  return toLog(outgoing, next, writer, at);
}

describe('An outgoing message', () => {
  it('is logged on the partition that caused it, counted on from there', () => {
    const rows = log([message(cause()), message(cause({ partition: 5 })), message(cause())], { 2: 40n });
    expect(rows.map(({ partition, position }) => [partition, position])).toEqual([
      [2, 41n],
      [5, 1n],
      [2, 42n],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
  });

  it('is a CloudEvent of this service that names its cause and carries the trace on', () => {
    const [row] = log([message(cause({ traceparent, correlationId: 'SO-7' }))]);
    const { topic, key, value, headers } = toSendable(row!);
    expect({ topic, key, value }).toEqual({ topic: 'ordergate.credit-decisions', key: 'C-42', value: '{"seq":1}' });
    expect(headers).toMatchObject({
      ce_specversion: '1.0',
      ce_id: row!.id,
      ce_type: 'OrderApproved.v1',
      ce_source: '/ordergate/customer-credit',
      ce_time: at.toISOString(),
      ce_correlationid: 'SO-7',
      ce_causationid: 'e-1',
    });
    expect(headers['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/);
  });

  it.each([
    { about: 'SO-1', correlated: 'SO-1', because: 'a chain starts from what it is about' },
    { about: undefined, correlated: 'e-1', because: 'else from the first message' },
  ])('without a correlation is correlated with $correlated, since $because', ({ about, correlated }) => {
    const [row] = log([message(cause(), { about })]);
    expect(toSendable(row!).headers['ce_correlationid']).toBe(correlated);
  });
});

describe('A dead letter', () => {
  it('is the record byte for byte, with what was wrong', () => {
    const value = Buffer.from([0x7b, 0xff, 0x00]);
    const headers = { ce_type: Buffer.from('OrderPlaced.v1'), odd: Buffer.from([0xfe]) };
    const record = rawRecord(value, { offset: '77', headers });
    const [row] = log([deadLetter(cause({ record }), 'orderId is required', 'total is required')]);
    expect(toSendable(row!)).toEqual({
      topic: 'ordergate.orders-dlt',
      key: 'C-42',
      value,
      headers: {
        ce_type: 'OrderPlaced.v1',
        odd: Buffer.from([0xfe]),
        'kafka_dlt-original-topic': 'ordergate.orders',
        'kafka_dlt-original-partition': '3',
        'kafka_dlt-original-offset': '77',
        'kafka_dlt-original-consumer-group': 'ordergate.customer-credit',
        'kafka_dlt-exception-fqcn': 'ordergate.MalformedMessage',
        'kafka_dlt-exception-message': 'orderId is required; total is required',
      },
    });
  });

  it.each([
    { key: null, because: 'there was none' },
    { key: Buffer.from([0xff, 0x01]), because: 'it is no text' },
    { key: Buffer.from('a\0b'), because: 'Postgres’ text takes no NUL' },
  ])('keeps a key that the log’s text cannot hold: $because', ({ key }) => {
    const [row] = log([deadLetter(cause({ record: rawRecord(null, { key }) }), 'x')]);
    expect(row!.aggregateid).toBe('');
    expect(toSendable(row!)).toMatchObject({ key, value: null });
    expect(Object.keys(toSendable(row!).headers)).not.toContain('(key)');
  });
});
