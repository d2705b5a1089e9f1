import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@ordergate/database';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, order } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let database: Database;
let decisions: TopicReader;

beforeAll(async () => {
  stand = await creditStand();
  database = Database.open(stand.databaseUrl, { name: 'after-a-crash spec' });
  service = await stand.start();
  await stand.startDay('2026-03-02');
  decisions = await readTopic(`${stand.topicPrefix}credit-decisions`);
  await stand.untilReady(service.url);
}, 90_000);
afterAll(async () => {
  await Promise.all([decisions?.stop(), database?.close()]);
  await stand?.stop();
}, 30_000);

const known = (customerId: string) =>
  eventually(async () => expect((await service.call('GET', `/v1/credit-accounts/${customerId}`)).status).toBe(200));
const of = (customerId: string) => decisions.records.filter(({ key }) => key === customerId);
const untilAllIsAcknowledged = () =>
  eventually(async () =>
    expect(await database.query('select * from lane_partition where published_position <> position')).toEqual([]),
  );

describe('A decision', () => {
  it('that was committed and not sent before a crash is sent by the next owner: the same message, in order', async () => {
    await stand.tell('customers', [customer('C-1', '100.00')]);
    await known('C-1');
    await stand.tell('orders', [order('O-1', 'C-1', '60.00'), order('O-2', 'C-1', '60.00')]);
    const before = await decisions.waitFor(2, ({ key }) => key === 'C-1');
    await untilAllIsAcknowledged();
    await service.close();
    // As the database stands when the owner dies between its COMMIT and its send.
    await database.query(
      `update lane_partition set published_position = 0
       where (consumer, partition) in (select consumer, partition from message_log where aggregateid = 'C-1')`,
    );

    service = await stand.start();
    const all = await decisions.waitFor(4, ({ key }) => key === 'C-1');
    const told = ({ headers, raw }: (typeof all)[number]) => [headers['ce_id'], headers['ce_type'], String(raw)];
    expect(all.slice(2).map(told)).toEqual(before.map(told));
    await untilAllIsAcknowledged();
    expect(of('C-1')).toHaveLength(4);
  }, 60_000);

  it('is taken and told exactly once while database connections are killed under load', async () => {
    await stand.untilReady(service.url);
    const customerIds = Array.from({ length: 12 }, (_, at) => `K-${at}`);
    const ordersEach = 40;
    await stand.tell(
      'customers',
      customerIds.map((id) => customer(id, '300.00')),
    );
    for (const id of customerIds) await known(id);

    let killed = 0;
    for (let number = 0; number < ordersEach; number += 1) {
      await stand.tell(
        'orders',
        customerIds.map((id) => order(`${id}-${number}`, id, '10.00')),
      );
      killed += await killLanes();
      // A lane connects again for its next chunk: early rounds wait until there was something to kill.
      if (number < 12) await eventually(async () => expect((killed += await killLanes())).toBeGreaterThan(number));
    }
    expect(killed).toBeGreaterThan(10);
    await decisions.waitFor(customerIds.length * ordersEach, ({ key }) => key!.startsWith('K-'), 60_000);
    await untilAllIsAcknowledged();

    for (const id of customerIds) {
      expect(of(id).map(({ value }) => value.orderId)).toEqual(
        Array.from({ length: ordersEach }, (_, number) => `${id}-${number}`),
      );
      const types = of(id).map(({ headers }) => headers['ce_type']);
      expect(types).toEqual([...Array(30).fill('OrderApproved.v1'), ...Array(10).fill('OrderHeld.v1')]);
    }
    const accounts = await database.query(
      `select customer_id from credit_account where customer_id like 'K-%' and open_orders <> 30000`,
    );
    expect(accounts).toEqual([]);
  }, 120_000);
});

async function killLanes(): Promise<number> {
  const killed = await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like '%lane _'`,
  );
  return killed.length;
}
