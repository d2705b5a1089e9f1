import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { partitionOf } from '@ordergate/messaging';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, invoice, order } from './credit-service.fixture.ts';

const partitions = 4;
const limit = (amount: string) => ({ kind: 'amount', amount: eur(amount) });
const limitSet = {
  type: 'SetCreditLimit.v1',
  id: '00000000-0000-4000-8000-000000000001',
  data: { customerId: 'P-1', limit: limit('666.66'), reason: 'a spec', requestedBy: 'u-1' },
};

/** A service with a bug: what it would write of these messages the database refuses, and counts how often it tried. */
const bugs = [
  {
    topic: 'orders',
    message: order('POISON', 'P-1', '1.00'),
    table: 'customer_order',
    breaks: "new.order_id = 'POISON' and not 'technical-error' = any(new.held_for)",
  },
  {
    topic: 'receivables',
    message: invoice('POISON', 'P-1', '1.00', '2026-04-01'),
    table: 'receivable_item',
    breaks: "new.invoice_id = 'POISON'",
  },
  {
    topic: 'customers',
    message: customer('P-1', '1000.00', { segment: 'POISON' }),
    table: 'credit_account',
    breaks: "new.segment = 'POISON'",
  },
  { topic: 'credit-commands', message: limitSet, table: 'credit_account', breaks: 'new.limit_minor = 66666' },
];

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let database: Database;
let decisions: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  database = Database.open(stand.databaseUrl, { name: 'poison spec' });
  // A sequence counts on though its transaction is rolled back.
  await database.query(`create function break_and_count() returns trigger language plpgsql as
    $$ begin perform nextval(tg_argv[0]); raise exception 'the service breaks here'; end $$`);
  for (const [at, { table, breaks }] of bugs.entries()) {
    await database.query(`create sequence attempts_${at}`);
    await database.query(`create trigger bug_${at} before insert or update on ${table}
      for each row when (${breaks}) execute function break_and_count('attempts_${at}')`);
  }
  decisions = await readTopic(`${stand.topicPrefix}credit-decisions`);
  service = await stand.start();
  await stand.startDay('2026-03-02');
  await stand.untilReady(service.url);
  await stand.tell('customers', [customer('P-1', '1000.00')]);
  await untilThere('P-1');
}, 90_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), database?.close()]);
  await stand?.stop();
}, 30_000);

const untilThere = (customerId: string) =>
  eventually(async () => expect((await service.call('GET', `/v1/credit-accounts/${customerId}`)).status).toBe(200));

/** A customer of the same partition, so that it has the same lane. */
function neighbour(no: number): string {
  const names = Array.from({ length: 100 }, (_, at) => `N-${no}-${at}`);
  return names.find((name) => partitionOf(name, partitions) === partitionOf('P-1', partitions))!;
}

/** By every input, one after the other; the decision shows that all of them were handled. */
async function goesOn(customerId: string): Promise<void> {
  await stand.tell('customers', [customer(customerId, '1.00')]);
  await untilThere(customerId);
  const path = `/v1/credit-accounts/${customerId}`;
  const set = await service.call('PUT', `${path}/limit`, { body: { limit: limit('50.00'), reason: 'a spec' } });
  expect(set.status).toBe(200);
  await stand.tell('receivables', [invoice(`I-${customerId}`, customerId, '20.00', '2026-04-01')]);
  await eventually(async () => {
    const { body } = await service.call('GET', `${path}/exposure`);
    expect(body.exposure.receivables).toEqual(eur('20.00'));
  });
  await stand.tell('orders', [order(`O-${customerId}`, customerId, '30.00')]);
  const [decision] = await decisions.waitFor(1, ({ key }) => key === customerId);
  expect(decision!.headers['ce_type']).toBe('OrderApproved.v1');
}

describe('A message on which the service breaks', () => {
  it.each(bugs.map((bug, at) => ({ ...bug, at })))(
    'on $topic is tried three times at most and a dead letter within 5 s; its neighbours go on, nothing lags',
    async ({ topic, message, at }) => {
      const deadLetters = await readTopic(`${stand.topicPrefix}${topic}-dlt`);
      await stand.tell(topic, [message]);
      const [dead] = await deadLetters.waitFor(1, () => true, 5_000);
      expect(dead).toMatchObject({
        key: 'P-1',
        value: message.data,
        headers: {
          'kafka_dlt-exception-fqcn': 'ordergate.UnhandledMessage',
          'kafka_dlt-exception-message': expect.stringMatching(/the service breaks here/),
        },
      });

      await goesOn(neighbour(at));
      await eventually(async () => expect(new Set(Object.values(await stand.lag()))).toEqual(new Set([0])));
      const [attempts] = await database.query<{ is_called: boolean; last_value: bigint }>(
        `select * from attempts_${at}`,
      );
      expect(attempts!.is_called).toBe(true);
      expect(Number(attempts!.last_value)).toBeLessThanOrEqual(3);
      expect(deadLetters.records).toHaveLength(1);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      await deadLetters.stop();
    },
    30_000,
  );

  it('is answered when it is an order: held for a technical error, as are the customer’s later ones', async () => {
    await stand.tell('orders', [order('P-LATER', 'P-1', '1.00')]);
    const told = await decisions.waitFor(2, ({ key }) => key === 'P-1');
    expect(told.map(({ value }) => [value.orderId, value.reasons.map(({ code }: any) => code)])).toEqual([
      ['POISON', ['technical-error']],
      ['P-LATER', ['technical-error']],
    ]);
  });

  it('is known to a credit check: what the gate would answer is a technical error; a neighbour is measured by its limit', async () => {
    const check = async (customerId: string) => {
      const { data } = order('CHECK', customerId, '1.00');
      const { status, body } = await service.call('POST', '/v1/credit-checks', { body: data });
      return [status, body.outcome, body.reasons.map(({ code }: any) => code)];
    };
    expect(await check('P-1')).toEqual([200, 'held', ['technical-error']]);
    expect(await check(neighbour(0))).toEqual([200, 'held', ['credit-limit-exceeded']]);
  });
});
