import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandSource } from '../commands/command-source.ts';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { eur, invoiced, limitOf, limitSet, placed, registered, shipped, usd } from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
}, 60_000);
afterAll(() => credit?.close());

const typesOf = (told: readonly Told[]) => told.map(({ type }) => type);
const codesOf = (told: Told | undefined) => told?.data.reasons.map(({ code }: { code: string }) => code);
const tombstone = (customerId: string) => credit.lane.rawRecord('customers', null, { key: customerId });
const later = { updatedAt: '2026-03-03T00:00:00Z' };
const accountOf = async (customerId: string): Promise<any> =>
  (await credit.database.query<any>('select * from credit_account where customer_id = $1', [customerId]))[0];

describe('A customer’s record', () => {
  it('opens the account, tells its limit, and gives the orders that waited their decision, oldest first', async () => {
    const at = (hour: number, total: string) => ({ placedAt: `2026-03-02T0${hour}:00:00Z`, total: eur(total) });
    const held = await credit.tell(placed('C-1', 'O-2', at(9, '700.00')), placed('C-1', 'O-1', at(8, '600.00')));
    expect(held.map(codesOf)).toEqual([['unknown-customer'], ['unknown-customer']]);
    const record = registered('C-1');
    const told = await credit.tell(record, record);
    expect(told.map(({ type, data }) => [type, data.orderId, data.seq])).toEqual([
      ['CreditLimitChanged.v1', undefined, 3],
      ['OrderReleased.v1', 'O-1', 4],
      ['OrderHeld.v1', 'O-2', 5],
    ]);
    expect(codesOf(told[2])).toEqual(['credit-limit-exceeded']);

    const before = await credit.everything();
    expect(await credit.tell(record)).toEqual([]);
    expect(await credit.everything()).toEqual(before);
  });

  it('sent again does not undo what an analyst has set, nor until when', async () => {
    await credit.tell(registered('C-2'));
    await credit.tell(limitSet('C-2', limitOf(eur('5000.00')), { validUntil: '2026-12-31' }));
    expect(await credit.tell(registered('C-2', later))).toEqual([]);
    expect(await accountOf('C-2')).toMatchObject({ limit_minor: 5_000_00n, limit_valid_until: '2026-12-31' });
    const [told] = await credit.tell(registered('C-2', { ...later, limit: { kind: 'none' } }));
    expect(told?.data).toMatchObject({ before: limitOf(eur('5000.00')), after: { kind: 'none' } });
  });

  it('that is older than the one known changes nothing', async () => {
    await credit.tell(registered('C-3', later));
    expect(
      await credit.tell(registered('C-3', { updatedAt: '2026-03-02T23:59:59Z', limit: { kind: 'none' } })),
    ).toEqual([]);
    expect(await accountOf('C-3')).toMatchObject({ limit_minor: 1_000_00n });
  });

  it('that is deleted blocks the account, and a newer one opens it again and releases what waited', async () => {
    await credit.tell(registered('C-4'));
    const gone = tombstone('C-4');
    expect(typesOf(await credit.tell(gone, gone))).toEqual(['CreditAccountBlocked.v1']);
    expect(codesOf((await credit.tell(placed('C-4', 'O-1')))[0])).toEqual(['account-blocked']);
    const back = await credit.tell(registered('C-4', later));
    expect(typesOf(back)).toEqual(['CreditAccountUnblocked.v1', 'OrderReleased.v1']);
    expect(typesOf(await credit.tell(placed('C-4', 'O-2')))).toEqual(['OrderApproved.v1']);
  });

  it('of nobody that is known is no account when it is deleted', async () =>
    expect(await credit.tell(tombstone('C-5'))).toEqual([]));

  it.each([
    {
      fields: { currency: 'USD', limit: limitOf(usd('1.00')) },
      says: /currency USD differs/,
      because: 'something is owed',
    },
    {
      fields: { limit: limitOf(usd('1.00')) },
      says: /limit\.amount\.currency must be the account's EUR/,
      because: 'a limit is in the account’s currency',
    },
  ])('is a dead letter, since $because', async ({ fields, says }) => {
    await credit.tell(registered('C-6'), invoiced('C-6', `I-${says.source.length}`, eur('10.00')));
    const before = await accountOf('C-6');
    const [dead] = await credit.tell(registered('C-6', { ...later, ...fields }));
    expect(dead).toMatchObject({ topic: 'customers-dlt', violations: expect.stringMatching(says) });
    expect(await accountOf('C-6')).toEqual(before);
  });

  it('in another currency, with nothing owed, books what waited for a rate and tells the limit in both', async () => {
    await credit.tell(registered('C-7'), invoiced('C-7', 'I-1', usd('30.00')), shipped('C-7', 'O-1', usd('20.00')));
    expect(await accountOf('C-7')).toMatchObject({ has_unconverted: true });
    const [told] = await credit.tell(registered('C-7', { ...later, currency: 'USD', limit: limitOf(usd('100.00')) }));
    expect(told?.data).toMatchObject({ before: limitOf(eur('1000.00')), after: limitOf(usd('100.00')) });
    expect(await accountOf('C-7')).toMatchObject({ has_unconverted: false, receivables: 30_00n });
    expect(await credit.owes('C-7')).toEqual({ shippedNotInvoiced: 20_00n, receivables: 30_00n, total: 50_00n });
  });

  it('over our own HTTP leaves its outcome for the caller who waits', async () => {
    const asked = (id: string, fields: object) => ({ ...registered('C-8', fields), id, source: commandSource });
    const [taken, older] = ['00000000-0000-4000-9000-000000000001', '00000000-0000-4000-9000-000000000002'];
    await credit.tell(asked(taken, later), asked(older, { updatedAt: '2026-01-01T00:00:00Z' }));
    const outcomes = await credit.database.query(
      'select command_id, status from command_outcome where customer_id = $1 order by 1',
      ['C-8'],
    );
    expect(outcomes).toEqual([
      { command_id: taken, status: 200 },
      { command_id: older, status: 409 },
    ]);
  });
});
