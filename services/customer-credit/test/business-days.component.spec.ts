import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, eur, order } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let database: Database;
let decisions: TopicReader;
let accounts: TopicReader;

const customers = Array.from({ length: 30 }, (_, n) => `C-${String(n).padStart(2, '0')}`);
/** So many that one command does not hold them. */
const ordersOfFirst = 130;

beforeAll(async () => {
  stand = await creditStand();
  service = await stand.start();
  await stand.startDay('2026-03-02');
  await stand.untilReady(service.url);
  database = Database.open(stand.databaseUrl, { name: 'business days spec' });
  [decisions, accounts] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}credit-accounts`),
  ]);
  await stand.tell(
    'customers',
    customers.map((customerId) => customer(customerId, '100000.00')),
  );
  // Lanes take their partitions side by side: the last customer may be known before the first.
  await eventually(async () =>
    expect(await database.query('select 1 from credit_account where currency is not null')).toHaveLength(
      customers.length,
    ),
  );
}, 90_000);
afterAll(async () => {
  await database?.close();
  await Promise.all([decisions?.stop(), accounts?.stop()]);
  await stand?.stop();
}, 30_000);

const types = (type: string) => decisions.records.filter(({ headers }) => headers['ce_type'] === type);
const startDay = async (day: string) => {
  await stand.startDay(day);
  await eventually(async () => {
    const [open] = await database.query('select 1 from reevaluation_job where ended_at is null');
    const [today] = await database.query<{ business_day: string }>('select business_day from business_day');
    expect([open, today?.business_day]).toEqual([undefined, day]);
  });
};

describe('A business day', () => {
  it('ends the approvals that were valid until the day before, of every customer, each once', async () => {
    const orders = customers.flatMap((customerId, at) =>
      Array.from({ length: at === 0 ? ordersOfFirst : 1 }, (_, n) => order(`${customerId}-O${n}`, customerId, '10.00')),
    );
    await stand.tell('orders', orders);
    await decisions.waitFor(orders.length, ({ headers }) => headers['ce_type'] === 'OrderApproved.v1');
    // The bare policy's approvals last 30 days.
    await startDay('2026-04-01');
    expect(types('ApprovalExpired.v1')).toEqual([]);

    await startDay('2026-04-02');
    await decisions.waitFor(orders.length, ({ headers }) => headers['ce_type'] === 'OrderReleased.v1');
    const expired = types('ApprovalExpired.v1').map(({ value }) => value.orderId);
    expect(expired.toSorted()).toEqual(orders.map(({ data }) => data.orderId).toSorted());
    expect(types('OrderReleased.v1')).toHaveLength(orders.length);
  }, 60_000);

  it('goes on where it was broken off, after a restart, and tells nothing twice', async () => {
    const told = types('ApprovalExpired.v1').length;
    // As a process leaves it that died in the middle: the day has started, some customers have been told.
    await database.query(
      `insert into reevaluation_job (job_id, kind, detail, cursor) values (gen_random_uuid(), 'due-orders', $1, $2)`,
      [
        JSON.stringify({ because: 'business day 2026-05-03', businessDay: '2026-05-03', since: '2026-04-02' }),
        '0 C-10 C-10-O0',
      ],
    );
    await database.query(`update business_day set business_day = '2026-05-03'`);
    await eventually(async () => {
      expect(await database.query('select 1 from reevaluation_job where ended_at is null')).toEqual([]);
      expect(types('ApprovalExpired.v1').length - told).toBe(customers.length - 11);
    });
    const since = types('ApprovalExpired.v1')
      .slice(told)
      .map(({ value }) => value.customerId);
    expect(since.toSorted()).toEqual(customers.slice(11));
  }, 60_000);
});

describe('Two warehouses', () => {
  it('that ask for the same goods at once share one ceiling, over HTTP of order or straight on the topic', async () => {
    await stand.tell('orders', [order('RACE', 'C-20', '100.00')]);
    await decisions.waitFor(
      1,
      ({ value, headers }) => value.orderId === 'RACE' && headers['ce_type'] === 'OrderApproved.v1',
    );
    const asked = Array.from({ length: 40 }, (_, n) => ({
      type: 'ShipmentRequested.v1',
      data: {
        shipmentId: `RACE-${n}`,
        orderId: 'RACE',
        customerId: 'C-20',
        value: eur('15.00'),
        requestedAt: '2026-05-03T10:00:00Z',
      },
    }));
    await Promise.all([stand.tell('orders', asked.slice(0, 20)), stand.tell('orders', asked.slice(20))]);
    const answers = await decisions.waitFor(40, ({ value }) => value.shipmentId?.startsWith('RACE-'));
    const authorized = answers.filter(({ headers }) => headers['ce_type'] === 'ShipmentAuthorized.v1');
    expect(authorized).toHaveLength(6);
    expect(new Set(answers.map(({ value }) => value.shipmentId)).size).toBe(40);
  }, 60_000);

  it('that let goods go without asking are told of', async () => {
    const data = {
      shipmentId: 'GONE',
      orderId: 'C-21-O0',
      customerId: 'C-21',
      value: eur('5.00'),
      shippedAt: '2026-05-03T10:00:00Z',
    };
    await stand.tell('orders', [{ type: 'OrderShipped.v1', data }]);
    const [alert] = await accounts.waitFor(1, ({ value }) => value.kind === 'shipment-unauthorized');
    expect(alert!.value).toMatchObject({ customerId: 'C-21', measured: '5.00', threshold: '0.00' });
    const changes = await service.call('GET', '/v1/credit-accounts/C-21/changes');
    expect(changes.body.items.map(({ type }: { type: string }) => type)).toContain('RiskAlertRaised.v1');
  }, 30_000);
});
