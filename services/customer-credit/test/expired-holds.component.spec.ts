import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { eventually, metricOf, readMetrics, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, order } from './credit-service.fixture.ts';

const policy = `version: v1
holds: { expireAfterDays: 10 }
scopes:
  - when: { customer: [C-01] }
    holds: { expireAfterDays: 40 }
`;
const customers = Array.from({ length: 12 }, (_, n) => `C-${String(n).padStart(2, '0')}`);
/** So many that one command does not hold them. */
const ordersOfFirst = 130;
const orders = customers.flatMap((customerId, at) =>
  Array.from({ length: at === 0 ? ordersOfFirst : 1 }, (_, n) => order(`${customerId}-O${n}`, customerId, '10.00')),
);
const idsOf = (customerIds: readonly string[]) =>
  orders.filter(({ data }) => customerIds.includes(data.customerId)).map(({ data }) => data.orderId);

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let database: Database;
let decisions: TopicReader;
let holds: TopicReader;
let folder: string;

beforeAll(async () => {
  stand = await creditStand();
  folder = await mkdtemp(join(tmpdir(), 'ordergate-policy-'));
  process.env['ORDERGATE_POLICY_FILE'] = join(folder, 'policy.yaml');
  await writeFile(process.env['ORDERGATE_POLICY_FILE'], policy);
  service = await stand.start();
  await stand.startDay('2026-03-02');
  await stand.untilReady(service.url);
  database = Database.open(stand.databaseUrl, { name: 'expired holds spec' });
  [decisions, holds] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}credit-holds`),
  ]);
  await stand.tell(
    'customers',
    customers.map((customerId) => customer(customerId, '5.00')),
  );
  // Lanes take their partitions side by side: the last customer may be known before the first.
  await eventually(async () =>
    expect(await database.query('select 1 from credit_account where currency is not null')).toHaveLength(
      customers.length,
    ),
  );
  await stand.tell('orders', orders);
  await decisions.waitFor(orders.length, ({ headers }) => headers['ce_type'] === 'OrderHeld.v1');
}, 90_000);
afterAll(async () => {
  delete process.env['ORDERGATE_POLICY_FILE'];
  await database?.close();
  await Promise.all([decisions?.stop(), holds?.stop()]);
  await stand?.stop();
  await rm(folder, { recursive: true });
}, 30_000);

const declined = () =>
  decisions.records.filter(({ headers }) => headers['ce_type'] === 'OrderDeclined.v1').map(({ value }) => value);
const declinedIds = () => declined().map(({ orderId }) => orderId);
const untilDone = (day: string) =>
  eventually(async () => {
    const [open] = await database.query('select 1 from reevaluation_job where ended_at is null');
    const [today] = await database.query<{ business_day: string }>('select business_day from business_day');
    expect([open, today?.business_day]).toEqual([undefined, day]);
  });
const startDay = async (day: string) => {
  await stand.startDay(day);
  await untilDone(day);
};

describe('A business day', () => {
  it('goes on where it was broken off: the holds of accounts that were told are not told again', async () => {
    await startDay('2026-03-12');
    expect(declined()).toEqual([]);

    // As a process leaves it that died in the middle: the day has started, some customers have been told.
    const detail = { because: 'business day 2026-03-13', businessDay: '2026-03-13', since: '2026-03-12' };
    await database.query(`update business_day set business_day = '2026-03-13'`);
    await database.query(
      `insert into reevaluation_job (job_id, kind, detail, cursor) values (gen_random_uuid(), 'due-orders', $1, '2 C-06 C-06-O0')`,
      [JSON.stringify(detail)],
    );
    await eventually(() => expect(declinedIds().toSorted()).toEqual(idsOf(customers.slice(7))));
    await untilDone('2026-03-13');
  }, 60_000);

  it('ends the holds that are due, of every customer, each once; whose policy is more patient waits', async () => {
    await startDay('2026-03-14');
    const due = idsOf(customers.filter((customerId) => customerId !== 'C-01')).toSorted();
    await eventually(() => expect(declinedIds().toSorted()).toEqual(due));
    await startDay('2026-04-11');
    await startDay('2026-04-12');
    await eventually(() => expect(declinedIds().toSorted()).toEqual(idsOf(customers).toSorted()));
    expect(
      declined()
        .find(({ orderId }) => orderId === 'C-01-O0')
        .reasons.at(-1),
    ).toMatchObject({
      ...{ code: 'hold-expired', measured: '41', threshold: '40' },
    });
  }, 60_000);
});

describe('A hold that has expired', () => {
  it('is told on its topic, found in the list, and tells what happened to it', async () => {
    const [last] = holds.records.filter(({ key }) => key === 'C-02-O0').slice(-1);
    expect(last!.value).toMatchObject({ status: 'expired', reasons: [{ code: 'credit-limit-exceeded' }] });
    const list = (query: string) => service.call('GET', `/v1/holds?customerId=C-02&${query}`);
    expect((await list('')).body.items).toEqual([]);
    expect((await list('status=expired')).body.items).toMatchObject([{ orderId: 'C-02-O0', closedOn: '2026-03-14' }]);
    const { body } = await service.call('GET', '/v1/holds/C-02-O0');
    expect(body.history).toMatchObject([
      { what: 'held', by: 'policy' },
      { what: 'expired', by: 'policy', after: { reasons: ['credit-limit-exceeded', 'hold-expired'] } },
    ]);
  });

  it('is a decision that explains itself and gives the same answer again', async () => {
    const { decisionId } = declined().find(({ orderId }) => orderId === 'C-01-O0');
    const read = await service.call('GET', `/v1/decisions/${decisionId}`);
    expect(read.body.rules).toContainEqual(
      expect.objectContaining({
        ...{ rule: 'hold-expired', verdict: 'held', parameters: { expireAfterDays: 40 } },
        scopes: { 'holds.expireAfterDays': 'customer C-01' },
      }),
    );
    const again = await service.call('POST', `/v1/decisions/${decisionId}/recompute`);
    expect(again.body).toMatchObject({ isSame: true, reasons: [{}, { code: 'hold-expired' }] });
  });

  it('is counted', async () => {
    const token = await stand.issuer.token({ user: 'prometheus', roles: ['ops'] });
    const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(metricOf(readMetrics(await response.text()), 'ordergate_holds_expired_total')).toBe(orders.length);
  });
});
