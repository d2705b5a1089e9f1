import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { holdLanes } from '@ordergate/messaging';
import { eventually, metricOf, readMetrics, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, invoice, order, usd } from './credit-service.fixture.ts';

const orders = 1_000;
const msMax = 5_000;

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let database: Database;
let decisions: TopicReader;
let holds: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  service = await stand.start();
  database = Database.open(stand.databaseUrl, { name: 'many holds spec' });
  await stand.startDay('2026-03-02');
  [decisions, holds] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}credit-holds`),
  ]);
  await stand.untilReady(service.url);
}, 90_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), holds?.stop(), database?.close()]);
  await stand?.stop();
}, 30_000);

const known = (customerId: string) =>
  eventually(async () => expect((await service.call('GET', `/v1/credit-accounts/${customerId}`)).status).toBe(200));
const decided = (type: string, customerId: string) => (record: { headers: Record<string, string>; value: any }) =>
  record.headers['ce_type'] === type && record.value.customerId === customerId;

describe('A payment that frees a thousand orders of one customer', () => {
  it(`releases all of them within ${msMax} ms, never past the limit`, async () => {
    await stand.tell('customers', [customer('MANY', '100000.00')]);
    await known('MANY');
    await stand.tell('receivables', [invoice('I-1', 'MANY', '100000.00', '2026-04-01')]);
    await eventually(async () => {
      const { body } = await service.call('GET', '/v1/credit-accounts/MANY/exposure');
      expect(body.exposure.total).toEqual(eur('100000.00'));
    });
    await stand.tell(
      'orders',
      Array.from({ length: orders + 1 }, (_, at) => order(`M-${at}`, 'MANY', '100.00')),
    );
    await decisions.waitFor(orders + 1, decided('OrderHeld.v1', 'MANY'), 60_000);

    const paidAt = performance.now();
    await stand.tell('receivables', [
      {
        type: 'PaymentReceived.v1',
        data: { paymentId: 'P-1', customerId: 'MANY', total: eur('100000.00'), receivedOn: '2026-03-02' } as never,
      },
    ]);
    const released = await decisions.waitFor(orders, decided('OrderReleased.v1', 'MANY'), 60_000);
    // From before the payment was sent until the last release was read: more than from append to append.
    expect(performance.now() - paidAt).toBeLessThanOrEqual(msMax);
    expect(released).toHaveLength(orders);

    const rows = await database.query<{ seq: bigint; open_orders: bigint; receivables: bigint }>(
      'select seq, open_orders, receivables from ledger_entry where customer_id = $1 order by seq',
      ['MANY'],
    );
    const steps = await database.query<{ seq: bigint }>(
      "select seq from decision where customer_id = $1 and outcome in ('approved', 'released')",
      ['MANY'],
    );
    const approving = new Set(steps.map(({ seq }) => seq));
    let owed = 0n;
    for (const { seq, open_orders: open, receivables } of rows) {
      owed += open + receivables;
      if (approving.has(seq)) expect(owed).toBeLessThanOrEqual(100_000_00n);
    }
    expect([approving.size, owed]).toEqual([orders, 100_000_00n]);
  }, 120_000);
});

const accountsToTell = async (): Promise<number> => {
  const response = await fetch(`${service.url}/metrics`, {
    headers: { authorization: `Bearer ${await stand.issuer.token({ user: 'prometheus', roles: ['ops'] })}` },
  });
  return metricOf(readMetrics(await response.text()), 'ordergate_accounts_to_tell', { kind: 'business-day' });
};

describe('What concerns many accounts', () => {
  it('a rate asks the orders that were held in its currency, though they had a rate before', async () => {
    await service.call('PUT', '/v1/exchange-rates/2026-03-02', { body: { from: 'USD', to: 'EUR', rate: '1.2' } });
    await stand.tell('customers', [customer('FOREIGN', '100.00')]);
    await known('FOREIGN');
    await stand.tell('orders', [order('F-1', 'FOREIGN', '0.00', { total: usd('100.00') })]);
    await decisions.waitFor(1, decided('OrderHeld.v1', 'FOREIGN'));
    const { body } = await service.call('PUT', '/v1/exchange-rates/2026-03-02', {
      body: { from: 'USD', to: 'EUR', rate: '0.9' },
    });
    expect(body.accountsToDecideAgain).toBe(1);
    await decisions.waitFor(1, decided('OrderReleased.v1', 'FOREIGN'));
  }, 60_000);

  it('a job whose process died goes on where it was, and its progress is a figure', async () => {
    const [one, two] = ['J-1', 'J-2'];
    await stand.tell(
      'customers',
      [one!, two!].map((id) => customer(id, '100.00')),
    );
    await Promise.all([one!, two!].map(known));
    await stand.tell('orders', [order('J1', one!, '150.00'), order('J2', two!, '150.00')]);
    await Promise.all([one!, two!].map((id) => decisions.waitFor(1, decided('OrderHeld.v1', id))));
    // Limits that nobody was told of: only a job can bring these orders to be asked.
    await database.query("update credit_account set limit_minor = 20000 where customer_id in ('J-1', 'J-2')");
    // While the lanes are held no job can go on, so what is left can be seen.
    await database.transaction(async (sql) => {
      await holdLanes(sql, 'customer-credit');
      await database.query(
        `insert into reevaluation_job (job_id, kind, detail, cursor)
         values (gen_random_uuid(), 'business-day', '{"because": "spec", "businessDay": "2026-03-02"}', 'J-1')`,
      );
      // J-2, and MANY, of which one order is held.
      expect(await accountsToTell()).toBe(2);
    });
    await decisions.waitFor(1, decided('OrderReleased.v1', two!), 20_000);
    expect(decisions.records.some(decided('OrderReleased.v1', one!))).toBe(false);
    await eventually(async () => expect(await accountsToTell()).toBe(0));
  }, 60_000);

  it('thirty days after a hold closed a tombstone clears its place on the topic', async () => {
    await holds.waitFor(1, ({ key, value }) => key === 'F-1' && value?.status === 'released');
    await stand.startDay('2026-04-01');
    await holds.waitFor(1, ({ key, value }) => key === 'F-1' && value === null, 30_000);
  }, 60_000);
});
