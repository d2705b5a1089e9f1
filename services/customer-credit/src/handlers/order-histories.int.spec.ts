import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { placeOf, readHistory } from '../domain/account/order-history.ts';
import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { amended, cancelled, eur, placed, registered, usd } from './credit-messages.fixture.ts';

const policy: Policy = {
  ...barePolicy,
  rules: {
    'demand-spike': { factor: '3', ordersMin: 3 },
    'order-splitting': { windowDays: 3, threshold: '150.00' },
  },
};
const unlimited = { limit: { kind: 'unlimited' } };
const byRep = (salesRepId: string, more: object = {}) => ({ salesRepId, ...more });

let lane: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  lane = await creditLane(policy);
  await lane.setRate('2026-03-02', 'USD', 'EUR', '0.5');
}, 60_000);
afterAll(() => lane?.close());

const codesOf = (told: readonly Told[]): string[][] =>
  told
    .filter(({ topic }) => topic === 'credit-decisions')
    .map(({ data }) => data.reasons.map(({ code }: { code: string }) => code));
const customers = (...all: (readonly [id: string, fields: object])[]) =>
  lane.tell(...all.map(([id, fields]) => registered(id, { ...unlimited, ...fields })));

describe('A spike in demand', () => {
  const usual = (id: string) => [1, 2, 3].map((n) => placed(id, `O-${n}`));

  it('is an order above what the customer usually orders, told with its figures', async () => {
    await customers(['A-1', {}]);
    await lane.tell(...usual('A-1'));
    const [exactly, above] = await lane.tell(
      placed('A-1', 'O-4', { total: eur('300.00') }),
      placed('A-1', 'O-5', { total: eur('300.01') }),
    );
    expect(exactly!.data.reasons).toEqual([]);
    expect(above!.data.reasons).toEqual([
      {
        code: 'demand-spike',
        message: 'The order is worth 300.01 EUR, more than 3 times the usual 100.00 EUR',
        ...{ measured: '300.01', threshold: '300.00', unit: 'EUR' },
      },
    ]);
  });

  it('counts an amended order once, and a cancelled one not at all', async () => {
    await customers(['A-2', {}]);
    await lane.tell(placed('A-2', 'O-1'), amended('A-2', 'O-1', { total: eur('90.00') }), placed('A-2', 'O-2'));
    await lane.tell(placed('A-2', 'O-3'), cancelled('A-2', 'O-3'));
    // Two orders are no habit of three, so nothing is unusual yet; with the third there is one.
    expect(codesOf(await lane.tell(placed('A-2', 'O-4', { total: eur('9000.00') })))).toEqual([[]]);
    expect(codesOf(await lane.tell(placed('A-2', 'O-5', { total: eur('9000.00') })))).toEqual([['demand-spike']]);
  });

  it('compares in the account’s currency', async () => {
    await customers(['A-3', {}]);
    await lane.tell(...usual('A-3'));
    const told = await lane.tell(
      placed('A-3', 'O-4', { total: usd('600.00') }),
      placed('A-3', 'O-5', { total: usd('600.02') }),
    );
    expect(codesOf(told)).toEqual([[], ['demand-spike']]);
  });
});

describe('Orders of one representative', () => {
  const half = (id: string, orderId: string, rep = 'R-1', more: object = {}) => placed(id, orderId, byRep(rep, more));

  it('for one customer are held when they pass the threshold together', async () => {
    await customers(['B-1', {}]);
    const told = await lane.tell(half('B-1', 'O-1'), half('B-1', 'O-2', 'R-2'), half('B-1', 'O-3'));
    expect(codesOf(told)).toEqual([[], [], ['order-splitting']]);
    expect(told[2]!.data.reasons[0]).toMatchObject({
      message: '2 orders by representative R-1 within 3 days, each within 150.00 EUR, come to 200.00 EUR',
      ...{ measured: '200.00', threshold: '150.00', unit: 'EUR' },
    });
  });

  it.each([
    { what: 'tax id', both: [{ taxId: 'DE 1000' }, { taxId: 'de1000' }] },
    { what: 'address', both: [{ address: 'Main St. 1, Bonn' }, { address: 'main st 1 bonn' }] },
    { what: 'bank account', both: [{ bankAccount: 'DE89 3704' }, { bankAccount: 'DE893704' }] },
    {
      what: 'e-mail domain',
      both: [{ email: 'a@one.example' }, { contacts: [{ role: 'buyer', email: 'b@one.example' }] }],
    },
    { what: 'credit group', both: [{ creditGroupId: 'G-1' }, { creditGroupId: 'G-1' }] },
  ])('for customers with the same $what count together', async ({ what, both }) => {
    const [one, other] = ['C', 'D'].map((name) => `${name}-${what.replaceAll(' ', '-')}`) as [string, string];
    await customers([one, both[0]!], [other, both[1]!]);
    await lane.tell(half(one, 'O-1'));
    expect(codesOf(await lane.tell(half(other, 'O-2')))).toEqual([['order-splitting']]);
  });

  it('count together in one chunk as in two', async () => {
    await customers(['E-1', { taxId: '2000' }], ['E-2', { taxId: '2000' }]);
    expect(codesOf(await lane.tell(half('E-1', 'O-1'), half('E-2', 'O-2')))).toEqual([[], ['order-splitting']]);
  });

  it.each([
    { name: 'F', both: [{ email: 'x@gmail.com' }, { email: 'y@gmail.com' }], because: 'anybody has an address there' },
    { name: 'H', both: [{ taxId: '3000' }, { taxId: '3001' }], because: 'they have nothing in common' },
  ])('are not added up, since $because', async ({ name, both }) => {
    await customers([`${name}-1`, both[0]!], [`${name}-2`, both[1]!]);
    expect(codesOf(await lane.tell(half(`${name}-1`, 'O-1'), half(`${name}-2`, 'O-2')))).toEqual([[], []]);
  });

  it('the customer’s own representative counts when the order names none', async () => {
    await customers(['I-1', { salesRepId: 'R-9' }]);
    const told = await lane.tell(placed('I-1', 'O-1'), half('I-1', 'O-2', 'R-9'));
    expect(codesOf(told)).toEqual([[], ['order-splitting']]);
  });

  it('in another currency count at the rate of the day', async () => {
    await customers(['J-1', { taxId: '4000', currency: 'USD' }], ['J-2', { taxId: '4000' }]);
    await lane.tell(half('J-1', 'O-1', 'R-1', { total: usd('200.00') }));
    expect(codesOf(await lane.tell(half('J-2', 'O-2', 'R-1', { total: eur('50.00') })))).toEqual([[]]);
    expect(codesOf(await lane.tell(half('J-2', 'O-3', 'R-1', { total: eur('0.01') })))).toEqual([['order-splitting']]);
  });

  it('leave nothing of the master record behind that could be read', async () => {
    await customers(['K-1', { taxId: 'DE555666777', email: 'boss@secret.example' }]);
    const rows = await lane.database.query("select * from customer_link where customer_id = 'K-1'");
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/555666777|secret/i);
  });

  it('are not looked for when the record is deleted', async () => {
    await customers(['L-1', { taxId: '5000' }]);
    await lane.tell(lane.lane.rawRecord('customers', null, { key: 'L-1' }));
    expect(await lane.database.query("select 1 from customer_link where customer_id = 'L-1'")).toEqual([]);
  });
});

describe('Histories', () => {
  it('cost nothing while no policy asks, and are read from the orders when one does', async () => {
    const other = await creditLane(barePolicy);
    const kept = () =>
      other.database.query<{ recent_orders: string | null }>('select recent_orders from credit_account');
    await other.tell(registered('A', unlimited));
    await other.tell(...[1, 2, 3].map((n) => placed('A', `O-${n}`)), placed('A', 'O-4'), cancelled('A', 'O-4'));
    expect(await kept()).toEqual([{ recent_orders: null }]);

    await other.activate(policy, 'spec.2');
    expect(codesOf(await other.tell(placed('A', 'O-5', { total: eur('300.01') })))).toEqual([['demand-spike']]);
    const history = readHistory((await kept())[0]!.recent_orders!);
    expect(['O-1', 'O-2', 'O-3', 'O-4', 'O-5'].map((orderId) => placeOf(history, orderId))).toEqual([0, 1, 2, -1, 3]);

    await other.activate({ ...policy, rules: {} }, 'spec.3');
    await other.tell(placed('A', 'O-6'));
    expect(await kept()).toEqual([{ recent_orders: null }]);
    await other.close();
  });
});
