import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode, type Decoded, type Expected } from './decode.ts';
import { anOrder, eventRecord, rawRecord } from './record.fixture.ts';

const orders: Expected = { topic: 'orders', types: ['OrderPlaced.v1'], skipsUnknownTypes: false };
const keyed: Expected = { ...orders, keyedPartitions: 12 };
const customers: Expected = {
  topic: 'customers',
  types: ['CustomerRegistered.v1'],
  skipsUnknownTypes: false,
  tombstoneType: 'CustomerDeleted',
};

const violationsOf = (decoded: Decoded): string[] => (decoded.kind === 'malformed' ? decoded.undecided.violations : []);

describe('A record that fits its contract', () => {
  it('is delivered with what its answers must know', () => {
    const record = eventRecord(anOrder, { id: 'e-7', source: '/shop' });
    expect(decode(record, orders, 2)).toMatchObject({
      kind: 'delivery',
      delivery: {
        id: 'e-7',
        source: '/shop',
        type: 'OrderPlaced.v1',
        customerId: 'C-42',
        partition: 2,
        message: anOrder,
        record,
      },
    });
  });

  it('of a known type that this service does not handle is skipped', () => {
    const cancelled = { orderId: 'O-1', customerId: 'C-42', cancelledAt: '2026-11-21T10:00:00Z' };
    expect(decode(eventRecord(cancelled, { type: 'OrderCancelled.v1' }), orders)).toEqual({
      kind: 'skipped',
      type: 'OrderCancelled.v1',
    });
  });

  it.each([
    { partition: 2, key: 'C-42', because: 'another partitioner was used' },
    { partition: 3, key: null, because: 'the key is missing' },
    { partition: 3, key: 'O-1', because: 'the key is another' },
  ])('on partition $partition with key $key is misplaced, since $because', ({ partition, key }) => {
    const record = eventRecord(anOrder, { partition, key: key === null ? null : Buffer.from(key) });
    expect(decode(record, keyed).kind).toBe('misplaced');
    expect(decode(record, orders).kind).toBe('delivery');
  });

  it('on its customer’s partition is not misplaced', () => {
    expect(decode(eventRecord(anOrder, { partition: 3 }), keyed).kind).toBe('delivery');
  });
});

describe('A malformed record', () => {
  it.each([
    { what: 'broken JSON', record: eventRecord({}, {}), value: '{"orderId":', violations: [/^value must be JSON: /] },
    {
      what: 'broken UTF-8',
      record: eventRecord({}),
      value: Buffer.from([0x7b, 0xff]),
      violations: [/^value must be UTF-8/],
    },
    { what: 'no value', record: eventRecord({}), value: null, violations: [/^value must not be empty$/] },
    { what: 'a list', record: eventRecord({}), value: '[]', violations: [/^value must be a JSON object/] },
  ])('with $what names it', ({ record, value, violations }) => {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    expect(violationsOf(decode({ ...record, value: bytes }, orders))).toEqual(
      violations.map((v) => expect.stringMatching(v)),
    );
  });

  it('names every violation of its body at once, with the value that is wrong', () => {
    const broken = {
      orderVersion: 'one',
      customerId: 'C-42',
      total: { amount: '1.234', currency: 'EUR' },
      placedAt: 'yesterday',
    };
    expect(violationsOf(decode(eventRecord(broken), orders)).sort()).toEqual([
      expect.stringMatching(/^orderId is required$/),
      expect.stringMatching(/^orderVersion .*\(it is "one"\)$/),
      expect.stringMatching(/^placedAt .*\(it is "yesterday"\)$/),
      expect.stringMatching(/^total\.amount .*2 fraction digits.*\(it is "1\.234"\)$/),
    ]);
  });

  it('without envelope names each missing header and the body’s violations, and the order can still be answered', () => {
    const record = rawRecord(JSON.stringify({ ...anOrder, total: null }), {
      headers: { ce_type: Buffer.from('OrderPlaced.v1') },
    });
    const decoded = decode(record, orders);
    expect(violationsOf(decoded)).toEqual([
      'ce_specversion is required',
      'ce_id is required',
      'ce_source is required',
      expect.stringMatching(/^total is required/),
    ]);
    expect(decoded).toMatchObject({
      undecided: { type: 'OrderPlaced.v1', customerId: 'C-42', data: { orderId: 'O-1' } },
    });
  });

  it('of structured garbage names it, and reads what can be read', () => {
    const headers = { 'content-type': Buffer.from('application/cloudevents+json') };
    const envelope = { specversion: '0.3', type: 'OrderPlaced.v1', source: '/shop', data: anOrder };
    const decoded = decode(rawRecord(JSON.stringify(envelope), { headers }), orders);
    expect(violationsOf(decoded)).toEqual([expect.stringMatching(/^specversion must be "1.0"/), 'id is required']);
    expect(decoded).toMatchObject({ undecided: { customerId: 'C-42', data: anOrder } });
  });

  it('of an unknown type says so; on topics that our own services write it is skipped', () => {
    const record = eventRecord(anOrder, { type: 'OrderDreamt.v1' });
    expect(violationsOf(decode(record, orders))).toEqual([
      'ce_type must be a known message type of orders (it is OrderDreamt.v1)',
    ]);
    expect(decode(record, { ...orders, skipsUnknownTypes: true })).toEqual({ kind: 'skipped', type: 'OrderDreamt.v1' });
  });

  it('that belongs on another topic says on which', () => {
    const record = eventRecord({ businessDay: '2026-11-21' }, { type: 'BusinessDayStarted.v1' });
    expect(violationsOf(decode(record, orders))).toEqual([
      'ce_type belongs on business-days, not on orders (it is BusinessDayStarted.v1)',
    ]);
  });

  it('goes to its customer’s lane first if the customer can be read', () => {
    const record = eventRecord({ ...anOrder, total: 1 }, { partition: 5 });
    expect(decode(record, keyed)).toMatchObject({ kind: 'misplaced', undecided: { customerId: 'C-42' } });
    const nobody = eventRecord({ ...anOrder, customerId: 7 }, { partition: 5 });
    expect(decode(nobody, keyed).kind).toBe('malformed');
  });

  it('never makes the reader throw, whatever its bytes, headers and key are', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.json().map((json) => Buffer.from(json)),
    );
    const header = fc.constantFrom('OrderPlaced.v1', 'application/cloudevents+json', '1.0', '\0', '');
    fc.assert(
      fc.property(bytes, header, header, fc.option(bytes), (value, type, contentType, key) => {
        const headers = {
          ce_specversion: '1.0',
          ce_id: 'x',
          ce_source: 'y',
          ce_type: type,
          'content-type': contentType,
        };
        const record = rawRecord(Buffer.from(value), { headers, key: key && Buffer.from(key) });
        const decoded = decode(record, keyed);
        if (decoded.kind === 'malformed') expect(decoded.undecided.violations).not.toEqual([]);
      }),
    );
  });
});

describe('A null value', () => {
  it('on a compacted topic says that its key is gone', () => {
    const record = rawRecord(null, { topic: 'customers', key: Buffer.from('C-42') });
    expect(decode(record, customers)).toMatchObject({
      kind: 'delivery',
      delivery: { type: 'CustomerDeleted', customerId: 'C-42', message: { customerId: 'C-42' } },
    });
  });

  it('without a key says nothing', () => {
    expect(violationsOf(decode(rawRecord(null, { topic: 'customers', key: null }), customers))).toEqual([
      'key must be the id of what is deleted',
    ]);
  });

  it('on another partition than its customer’s is misplaced', () => {
    const record = rawRecord(null, { topic: 'customers', partition: 7 });
    expect(decode(record, { ...customers, keyedPartitions: 12 }).kind).toBe('misplaced');
  });
});
