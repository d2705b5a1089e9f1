import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeStructured } from '@ordergate/contracts';
import { eventually, publish, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, order } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let decisions: TopicReader;
let deadLetters: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  service = await stand.start();
  await stand.startDay('2026-03-02');
  [decisions, deadLetters] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}orders-dlt`),
  ]);
  await stand.untilReady(service.url);
  await stand.tell('customers', [customer('C-1', '1000000.00')]);
  await eventually(async () => expect((await service.call('GET', '/v1/credit-accounts/C-1')).status).toBe(200));
}, 90_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), deadLetters?.stop()]);
  await stand?.stop();
}, 30_000);

let counted = 0;
const headersOf = (type: string) => ({
  ce_specversion: '1.0',
  ce_id: `bad-${(counted += 1)}`,
  ce_type: type,
  ce_source: 'test',
  'content-type': 'application/json',
});
const placed = (orderId: string, change: object = {}) => ({ ...order(orderId, 'C-1', '10.00').data, ...change });
const decided = (orderId: string, count = 1) => decisions.waitFor(count, ({ value }) => value.orderId === orderId);
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

interface Broken {
  what: string;
  /** Of the order that is named in it; null where nobody can tell. */
  orderId: string | null;
  value: Buffer | null;
  headers?: Record<string, string | Buffer>;
  names: string[];
}

const broken: Broken[] = [
  { what: 'malformed JSON', orderId: null, value: Buffer.from('{"orderId": "B-1",'), names: ['JSON'] },
  {
    what: 'text that is no UTF-8',
    orderId: null,
    value: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    names: ['UTF-8'],
  },
  { what: 'no value at all', orderId: null, value: null, names: ['value'] },
  {
    what: 'wrong types, each named',
    orderId: 'B-4',
    value: json(placed('B-4', { orderVersion: 'one', placedAt: 7 })),
    names: ['orderVersion', 'placedAt'],
  },
  {
    what: 'an unknown currency',
    orderId: 'B-5',
    value: json(placed('B-5', { total: { amount: '10.00', currency: 'EUX' } })),
    names: ['total.currency', 'EUX'],
  },
  {
    what: 'more digits than the currency has',
    orderId: 'B-6',
    value: json(placed('B-6', { total: { amount: '10.001', currency: 'EUR' } })),
    names: ['total.amount', '10.001'],
  },
  {
    what: 'missing fields, each named',
    orderId: 'B-7',
    value: json({ orderId: 'B-7', customerId: 'C-1' }),
    names: ['orderVersion', 'total', 'placedAt'],
  },
  {
    what: 'a NUL byte in a text',
    orderId: 'B-8',
    value: json(placed('B-8', { segment: 'a\u0000b' })),
    names: ['segment'],
  },
  {
    what: 'an integer above 2^53',
    orderId: 'B-9',
    value: Buffer.from(JSON.stringify(placed('B-9')).replace('"orderVersion":1', '"orderVersion":9007199254740993')),
    names: ['orderVersion'],
  },
  { what: 'a value of almost 1 MiB', orderId: null, value: Buffer.alloc(1_000_000, 'x'), names: ['JSON'] },
  {
    what: 'an unknown event type',
    orderId: null,
    value: json(placed('B-11')),
    headers: headersOf('OrderTeleported.v1'),
    names: ['OrderTeleported.v1'],
  },
  {
    what: 'no CloudEvents headers',
    orderId: 'B-12',
    value: json(placed('B-12')),
    headers: { 'content-type': 'application/json' },
    names: ['ce_id', 'ce_type', 'ce_source'],
  },
  {
    what: 'a broken envelope around a broken body, both named',
    orderId: 'B-13',
    value: json(placed('B-13', { total: { amount: 'ten', currency: 'EUR' } })),
    headers: { ce_type: 'OrderPlaced.v1', ce_specversion: '0.3' },
    names: ['ce_specversion', 'ce_id', 'ce_source', 'total.amount'],
  },
  {
    what: 'a structured event that is garbage',
    orderId: null,
    value: json({ specversion: '0.3', data: 7 }),
    headers: { 'content-type': 'application/cloudevents+json' },
    names: ['specversion'],
  },
];

describe('A message that does not fit', () => {
  it.each(broken)(
    'for $what, is a dead letter within 5 s with every violation named, and the others go on',
    async ({ orderId, value, headers, names }) => {
      const sent = headers ?? headersOf('OrderPlaced.v1');
      const marker = `marker-${(counted += 1)}`;
      const good = `G-${counted}`;
      await publish(stand.brokers, `${stand.topicPrefix}orders`, [{ key: 'C-1', value, headers: { ...sent, marker } }]);
      await stand.tell('orders', [order(good, 'C-1', '1.00')]);

      const [dead] = await deadLetters.waitFor(1, (record) => record.headers['marker'] === marker, 5_000);
      expect(dead).toMatchObject({
        key: 'C-1',
        headers: {
          ...Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, String(text)])),
          'kafka_dlt-original-topic': `${stand.topicPrefix}orders`,
        },
      });
      expect(dead!.raw === null ? null : Buffer.compare(dead!.raw, value!)).toBe(value === null ? null : 0);
      for (const name of names) expect(dead!.headers['kafka_dlt-exception-message']).toContain(name);
      expect(await decided(good)).toHaveLength(1);
      if (orderId) {
        const [held] = await decided(orderId);
        expect(held).toMatchObject({
          headers: { ce_type: 'OrderHeld.v1' },
          value: { reasons: [{ code: 'technical-error' }] },
        });
      }
    },
  );

  it('is told once: at most one dead letter for each record', () => {
    const offsets = deadLetters.records.map(
      ({ headers }) => `${headers['kafka_dlt-original-partition']}/${headers['kafka_dlt-original-offset']}`,
    );
    expect(new Set(offsets).size).toBe(offsets.length);
    expect(offsets).toHaveLength(broken.length);
  });

  it('and is corrected: the held order is decided', async () => {
    await stand.tell('orders', [order('B-6', 'C-1', '10.00')]);
    expect((await decided('B-6', 2)).map(({ headers }) => headers['ce_type'])).toEqual([
      'OrderHeld.v1',
      'OrderApproved.v1',
    ]);
  });

  it('and concerns an approved order: a bad resend revokes nothing', async () => {
    await stand.tell('orders', [order('A-1', 'C-1', '10.00')]);
    await decided('A-1');
    const bad = json({ ...placed('A-1'), orderVersion: 2, total: { amount: 'ten', currency: 'EUR' } });
    await publish(stand.brokers, `${stand.topicPrefix}orders`, [
      { key: 'C-1', value: bad, headers: { ...headersOf('OrderAmended.v1'), marker: 'resend' } },
    ]);
    await deadLetters.waitFor(1, ({ headers }) => headers['marker'] === 'resend', 5_000);
    await stand.tell('orders', [order('A-2', 'C-1', '1.00')]);
    await decided('A-2');
    expect(await decided('A-1')).toHaveLength(1);
  });

  it.each(['receivables', 'customers', 'credit-commands', 'business-days'])(
    'on %s is a dead letter within 5 s as well',
    async (topic) => {
      const dead = await readTopic(`${stand.topicPrefix}${topic}-dlt`);
      const headers = { ...headersOf('OrderTeleported.v1'), marker: topic };
      await publish(stand.brokers, `${stand.topicPrefix}${topic}`, [{ key: 'C-1', value: json({}), headers }]);
      const [letter] = await dead.waitFor(1, () => true, 5_000);
      await dead.stop();
      expect(letter!.headers).toMatchObject({
        marker: topic,
        'kafka_dlt-exception-message': expect.stringContaining('OrderTeleported.v1'),
      });
    },
  );

  it('leaves nothing behind: no input lags and the service is ready', async () => {
    await eventually(async () => expect(new Set(Object.values(await stand.lag()))).toEqual(new Set([0])), {
      timeoutMs: 5_000,
    });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });
});

describe('A message that fits but comes oddly', () => {
  it('in an older version is superseded, in structured mode is read', async () => {
    await stand.tell('orders', [
      { ...order('V-1', 'C-1', '30.00', { orderVersion: 3 }) },
      { ...order('V-1', 'C-1', '20.00', { orderVersion: 2 }) },
    ]);
    const event = {
      id: 'structured-1',
      type: 'OrderPlaced.v1',
      source: 'test',
      time: '2026-03-02T10:00:00Z',
      data: placed('V-2'),
    };
    await publish(stand.brokers, `${stand.topicPrefix}orders`, [{ key: 'C-1', ...writeStructured(event) }]);
    await decided('V-2');
    expect((await decided('V-1')).map(({ value }) => value.orderVersion)).toEqual([3]);
  });

  it.each([
    { how: 'without a key', key: '', partition: undefined },
    { how: 'with another customer’s key', key: 'C-999', partition: undefined },
    { how: 'on the first partition', key: 'C-1', partition: 0 },
    { how: 'on the second partition', key: 'C-1', partition: 1 },
  ])('$how is decided once, in its customer’s own lane', async ({ how, key, partition }) => {
    const orderId = `K-${how.replaceAll(/[^a-z]/g, '-')}`;
    await stand.tell('orders', [
      { ...order(orderId, 'C-1', '5.00'), key, ...(partition !== undefined && { partition }) },
    ]);
    expect((await decided(orderId)).map(({ key: customerId }) => customerId)).toEqual(['C-1']);
  });
});
