import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { command, eur, limitOf, limitSet, placed, reevaluation, registered, usd } from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
}, 60_000);
afterAll(() => credit?.close());

const typesOf = (told: readonly Told[]) => told.map(({ type }) => type);
const outcomeOf = async ({ id }: { id: string }): Promise<any> =>
  (await credit.database.query<any>('select status, body from command_outcome where command_id = $1', [id]))[0];
const block = (customerId: string, blockId: string) =>
  command('BlockAccount', customerId, { blockId, kind: 'legal', reason: 'law suit', requestedBy: 'u-1' });
const lift = (customerId: string, blockId: string) => command('LiftBlock', customerId, { blockId, requestedBy: 'u-1' });

describe('What people want done to an account', () => {
  it('a limit is set, told and answered once', async () => {
    await credit.tell(registered('C-1'));
    const set = limitSet('C-1', limitOf(eur('5000.00')), { validUntil: '2026-12-31' });
    const [told, ...rest] = await credit.tell(set, set);
    expect(rest).toEqual([]);
    expect(told).toMatchObject({
      type: 'CreditLimitChanged.v1',
      data: {
        seq: 2,
        before: limitOf(eur('1000.00')),
        after: limitOf(eur('5000.00')),
        validUntil: '2026-12-31',
        changedBy: 'user:u-1',
      },
    });
    expect(await outcomeOf(set)).toMatchObject({ status: 200, body: { available: eur('5000.00'), seq: 2 } });

    const before = await credit.everything();
    expect(await credit.tell(set)).toEqual([]);
    expect(await credit.everything()).toEqual(before);
  });

  it('the limit that is in force already is answered and not told', async () => {
    await credit.tell(registered('C-2'));
    const set = limitSet('C-2', limitOf(eur('1000.00')));
    expect(await credit.tell(set)).toEqual([]);
    expect(await outcomeOf(set)).toMatchObject({ status: 200 });
  });

  it('a limit below the exposure is taken and revokes nothing; the next order is held', async () => {
    await credit.tell(registered('C-3'), placed('C-3', 'O-1', { total: eur('900.00') }));
    await credit.tell(limitSet('C-3', limitOf(eur('100.00'))));
    expect(await credit.owes('C-3')).toEqual({ openOrders: 900_00n, total: 900_00n });
    expect(typesOf(await credit.tell(placed('C-3', 'O-2', { total: eur('0.01') })))).toEqual(['OrderHeld.v1']);
  });

  it('a block holds, lifting it lets pass, and a block that is not there is a no', async () => {
    await credit.tell(registered('C-4'));
    const [put, wrong, right] = [block('C-4', 'B-1'), lift('C-4', 'B-9'), lift('C-4', 'B-1')];
    expect(typesOf(await credit.tell(put, wrong))).toEqual(['CreditAccountBlocked.v1']);
    expect(typesOf(await credit.tell(placed('C-4', 'O-1')))).toEqual(['OrderHeld.v1']);
    expect(typesOf(await credit.tell(right))).toEqual(['CreditAccountUnblocked.v1', 'OrderReleased.v1']);
    expect(typesOf(await credit.tell(placed('C-4', 'O-2')))).toEqual(['OrderApproved.v1']);
    expect([await outcomeOf(put), await outcomeOf(wrong), await outcomeOf(right)]).toMatchObject([
      { status: 201, body: { blockId: 'B-1', blockedBy: 'user:u-1' } },
      { status: 404, body: { code: 'not-found' } },
      { status: 200, body: { blocks: [] } },
    ]);
  });

  it('a block of a closed account is lifted by nobody, it goes when the customer record is back; others are lifted', async () => {
    await credit.tell(registered('C-7'), block('C-7', 'B-1'), placed('C-7', 'O-1'));
    await credit.tell(credit.lane.rawRecord('customers', null, { key: 'C-7' }));
    const [other, closed, again] = [lift('C-7', 'B-1'), lift('C-7', 'closed'), lift('C-7', 'closed')];
    expect(typesOf(await credit.tell(other, closed))).toEqual(['CreditAccountUnblocked.v1']);
    expect(await outcomeOf(other)).toMatchObject({ status: 200, body: { blocks: [{ kind: 'closed' }] } });
    expect(await outcomeOf(closed)).toMatchObject({
      status: 409,
      body: { code: 'not-releasable', detail: expect.stringMatching(/goes when the record comes back/) },
    });
    expect(typesOf(await credit.tell(placed('C-7', 'O-2')))).toEqual(['OrderHeld.v1']);

    const back = typesOf(await credit.tell(registered('C-7')));
    expect(back).toEqual(['CreditAccountUnblocked.v1', 'OrderReleased.v1', 'OrderReleased.v1']);
    expect(typesOf(await credit.tell(placed('C-7', 'O-3'), again))).toEqual(['OrderApproved.v1']);
    expect(await outcomeOf(again)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([
    {
      customerId: 'C-5',
      limit: limitOf(usd('1.00')),
      status: 422,
      code: 'validation-failed',
      because: 'the account is in euros',
    },
    { customerId: 'C-6', limit: limitOf(eur('1.00')), status: 404, code: 'not-found', because: 'nobody is known' },
  ])('is refused with $status, since $because', async ({ customerId, limit, status, code }) => {
    await credit.tell(registered('C-5', { updatedAt: '2026-03-01T00:00:00Z' }));
    const set = limitSet(customerId, limit);
    expect(await credit.tell(set)).toEqual([]);
    expect(await outcomeOf(set)).toMatchObject({ status, body: { code } });
  });
});

describe('Deciding again', () => {
  it('changes and tells nothing of an account that waits for nothing', async () => {
    await credit.tell(registered('C-10'), placed('C-10', 'O-1'), placed('C-10', 'O-2', { total: eur('1000.00') }));
    const before = await credit.everything();
    expect(await credit.tell(reevaluation('C-10'), reevaluation('C-11'))).toEqual([]);
    expect(((await credit.everything()) as unknown[][]).slice(1, 6)).toEqual((before as unknown[][]).slice(1, 6));
  });

  it('releases what waited for a rate, oldest first and never past the limit', async () => {
    await credit.tell(registered('C-12'));
    const at = (hour: number, total: string) => ({ placedAt: `2026-03-02T0${hour}:00:00Z`, total: usd(total) });
    await credit.tell(
      placed('C-12', 'O-2', at(9, '600.00')),
      placed('C-12', 'O-1', at(8, '600.00')),
      placed('C-12', 'O-3', at(9, '400.00')),
    );
    await credit.setRate('2026-03-02', 'USD', 'EUR', '1');
    const told = await credit.tell(reevaluation('C-12'));
    expect(told.map(({ type, data }) => [type, data.orderId])).toEqual([
      ['OrderReleased.v1', 'O-1'],
      ['OrderHeld.v1', 'O-2'],
      ['OrderReleased.v1', 'O-3'],
    ]);
    expect(await credit.owes('C-12')).toEqual({ openOrders: 1_000_00n, total: 1_000_00n });
  });
});
