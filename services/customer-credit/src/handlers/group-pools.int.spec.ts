import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { readAllGroups } from '../store/credit-group.store.ts';
import { creditLane, businessDay, type Told } from './credit-lane.fixture.ts';
import { cancelled, eur, invoiced, limitOf, paid, placed, registered, usd } from './credit-messages.fixture.ts';
import { regroup, type Regrouped } from './regroup.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
  await credit.setRate(businessDay, 'USD', 'EUR', '0.5');
  await credit.setRate(businessDay, 'EUR', 'USD', '2');
}, 60_000);
afterAll(() => credit?.close());

const group = (groupId: string, amount: { amount: string; currency: string }, parentId?: string): Promise<Regrouped> =>
  credit.database.transaction((sql) =>
    regroup(sql, {
      ...{ groupId, currency: amount.currency, limit: limitOf(amount) as never, changedBy: 'u-1', reason: 'spec' },
      ...{ businessDay, at: new Date(), ...(parentId && { parentId }) },
    }),
  );
const exposures = async () =>
  Object.fromEntries([...(await readAllGroups(credit.database)).values()].map((one) => [one.groupId, one.exposure]));
/** Each order's answer: approved, or the codes with what they are about. */
const answers = (told: readonly Told[]) =>
  told
    .filter(({ topic }) => topic === 'credit-decisions')
    .map(({ data }) => [
      data.orderId,
      ...data.reasons.map(({ code, subject }: { code: string; subject?: string }) =>
        subject ? `${code} ${subject}` : code,
      ),
    ]);

describe('Orders of a credit group', () => {
  it('take credit from one pool: exactly the limit passes, a cent more is held with the group named', async () => {
    await group('G-1', eur('100.00'));
    await credit.tell(registered('A', { creditGroupId: 'G-1' }), registered('B', { creditGroupId: 'G-1' }));
    const told = await credit.tell(
      placed('A', 'A-1', { total: eur('60.00') }),
      placed('B', 'B-1', { total: eur('40.01') }),
      placed('B', 'B-2', { total: eur('40.00') }),
    );
    expect(answers(told)).toEqual([['A-1'], ['B-1', 'group-limit-exceeded G-1'], ['B-2']]);
    expect(await exposures()).toMatchObject({ 'G-1': 100_00n });
    expect(told[1]!.data.reasons[0]).toMatchObject({
      measured: '100.01',
      threshold: '100.00',
      unit: 'EUR',
      subject: 'G-1',
    });
  });

  it('give it back to the pool when they are cancelled, and move within it when they are invoiced', async () => {
    await credit.tell(cancelled('B', 'B-1'));
    await credit.tell(cancelled('A', 'A-1'));
    await credit.tell(invoiced('B', 'I-1', eur('40.00'), { orderId: 'B-2' }));
    expect(await exposures()).toMatchObject({ 'G-1': 40_00n });
    await credit.tell(paid('B', 'P-1', eur('40.00')));
    expect(await exposures()).toMatchObject({ 'G-1': 0n });
  });

  it('are checked in every group above, each in its own currency; each that is exceeded is a reason of its own', async () => {
    await group('G-top', usd('100.00'));
    await group('G-2', eur('45.00'), 'G-top');
    await group('G-3', eur('45.00'), 'G-top');
    await credit.tell(registered('C', { creditGroupId: 'G-2' }), registered('D', { creditGroupId: 'G-3' }));
    expect(answers(await credit.tell(placed('C', 'C-1', { total: eur('30.00') })))).toEqual([['C-1']]);
    expect(await exposures()).toMatchObject({ 'G-2': 30_00n, 'G-top': 60_00n });
    expect(answers(await credit.tell(placed('D', 'D-1', { total: eur('20.01') })))).toEqual([
      ['D-1', 'group-limit-exceeded G-top'],
    ]);
    expect(answers(await credit.tell(placed('D', 'D-2', { total: eur('45.01') })))).toEqual([
      ['D-2', 'group-limit-exceeded G-3', 'group-limit-exceeded G-top'],
    ]);
    expect(answers(await credit.tell(placed('D', 'D-3', { total: eur('20.00') })))).toEqual([['D-3']]);
  });

  it('of a customer that changes its group go along', async () => {
    await credit.tell(registered('C', { creditGroupId: 'G-3', updatedAt: '2030-01-01T00:00:00Z' }));
    expect(await exposures()).toMatchObject({ 'G-2': 0n, 'G-3': 50_00n, 'G-top': 100_00n });
    await credit.tell(registered('C', { updatedAt: '2030-01-02T00:00:00Z' }));
    expect(await exposures()).toMatchObject({ 'G-2': 0n, 'G-3': 20_00n, 'G-top': 40_00n });
  });

  it('with an amended order are decided without what that order reserves already', async () => {
    await group('G-4', eur('100.00'));
    await credit.tell(registered('E', { creditGroupId: 'G-4' }));
    await credit.tell(placed('E', 'E-1', { total: eur('90.00') }));
    const told = await credit.tell(placed('E', 'E-1', { orderVersion: 2, total: eur('100.00') }));
    expect(answers(told)).toEqual([['E-1']]);
    expect(await exposures()).toMatchObject({ 'G-4': 100_00n });
  });
});

describe('A credit group', () => {
  it('that is made later counts what its customers owe already', async () => {
    await credit.tell(registered('F', { creditGroupId: 'G-5' }), registered('G', { creditGroupId: 'G-5' }));
    await credit.tell(placed('F', 'F-1', { total: eur('10.00') }), placed('G', 'G-1', { total: eur('20.00') }));
    await group('G-5', usd('70.00'));
    expect(await exposures()).toMatchObject({ 'G-5': 60_00n });
    expect(answers(await credit.tell(placed('F', 'F-2', { total: eur('5.01') })))).toEqual([
      ['F-2', 'group-limit-exceeded G-5'],
    ]);
  });

  it('can be put under another, and takes its exposure along', async () => {
    await group('G-6', eur('1000.00'));
    await group('G-5', usd('70.00'), 'G-6');
    expect(await exposures()).toMatchObject({ 'G-5': 60_00n, 'G-6': 30_00n });
  });

  it.each([
    { of: () => group('G-6', eur('1.00'), 'G-5'), field: 'parentId', because: 'it cannot be under itself' },
    { of: () => group('G-9', eur('1.00'), 'G-nobody'), field: 'parentId', because: 'there is no such group' },
    {
      of: () => group('G-5', { amount: '1', currency: 'JPY' }, 'G-6'),
      field: 'currency',
      because: 'what its customers owe cannot be told in it',
    },
  ])('is refused with the field named: $because', async ({ of, field }) =>
    expect(await of()).toMatchObject({ outcome: 'refused', field }),
  );

  it('whose rate is missing fails closed', async () => {
    await group('G-7', { amount: '1000', currency: 'JPY' });
    await credit.tell(registered('H', { creditGroupId: 'G-7' }));
    expect(answers(await credit.tell(placed('H', 'H-1')))).toEqual([['H-1', 'currency-rate-missing']]);
  });
});

describe('A segment limit', () => {
  it('is asked for the orders of its segment, with what is owed there', async () => {
    await credit.tell(registered('S', { segment: 'food' }));
    await credit.database.query(`update credit_account set special_terms = $1 where customer_id = 'S'`, [
      { segmentLimits: { food: { limit: { kind: 'amount', minor: '10000' }, validUntil: null } } },
    ]);
    const told = await credit.tell(
      placed('S', 'S-1', { total: eur('70.00') }),
      placed('S', 'S-2', { total: eur('500.00'), segment: 'wine' }),
      placed('S', 'S-3', { total: eur('30.01') }),
      placed('S', 'S-4', { total: eur('30.00') }),
    );
    expect(answers(told)).toEqual([['S-1'], ['S-2'], ['S-3', 'segment-limit-exceeded food'], ['S-4']]);
  });

  it('counts invoices in the segment of their order, those without one in the customer’s own', async () => {
    await credit.tell(
      invoiced('S', 'I-S1', eur('70.00'), { orderId: 'S-1' }),
      invoiced('S', 'I-S2', eur('500.00'), { orderId: 'S-2' }),
    );
    expect(answers(await credit.tell(placed('S', 'S-5', { total: eur('0.01') })))).toEqual([
      ['S-5', 'segment-limit-exceeded food'],
    ]);
    await credit.tell(paid('S', 'P-S1', eur('70.00'), { allocations: [{ invoiceId: 'I-S1', amount: eur('70.00') }] }));
    await credit.tell(invoiced('S', 'I-S3', eur('20.00')));
    expect(
      answers(
        await credit.tell(placed('S', 'S-6', { total: eur('50.01') }), placed('S', 'S-7', { total: eur('50.00') })),
      ),
    ).toEqual([['S-6', 'segment-limit-exceeded food'], ['S-7']]);
  });
});
