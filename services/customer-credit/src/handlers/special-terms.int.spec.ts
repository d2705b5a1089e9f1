import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { readAccountChanges } from '../store/account-change.store.ts';
import { readOutcome } from '../store/command-outcome.store.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { command, eur, limitOf, limitSet, placed, registered, usd } from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane({
    ...barePolicy,
    rules: {
      ...barePolicy.rules,
      'collateral-shortfall': { securedPercent: '50' },
      'review-overdue': { graceDays: 0 },
    },
    scopes: [{ when: { customer: ['L', 'T', 'G', 'F', 'R'] }, rules: { 'collateral-shortfall': 'off' } }],
  });
}, 60_000);
afterAll(() => credit?.close());

const by = { requestedBy: 'u-1' };
const why = { reason: 'as agreed', ...by };
const answered = (told: readonly Told[]) =>
  told
    .filter(({ topic }) => topic === 'credit-decisions')
    .map(({ data }) => [data.orderId, ...data.reasons.map(({ code }: { code: string }) => code)]);
const outcome = async (asked: { id: string }) => (await readOutcome(credit.database, asked.id))!;

describe('A temporary limit', () => {
  it('rules instead of the base limit from its first day to its last', async () => {
    await credit.tell(registered('T'));
    const told = await credit.tell(
      command('SetTemporaryLimit', 'T', {
        ...{ limit: limitOf(eur('1500.00')), validFrom: '2026-03-03', validUntil: '2026-03-04' },
        ...why,
      }),
    );
    expect(told[0]).toMatchObject({
      type: 'CreditLimitChanged.v1',
      data: { scope: 'temporary', validFrom: '2026-03-03', validUntil: '2026-03-04', changedBy: 'user:u-1' },
    });
    const days = [
      { day: '2026-03-02', amount: '1000.01', answer: ['credit-limit-exceeded'] },
      { day: '2026-03-03', amount: '1200.00', answer: [] },
      { day: '2026-03-04', amount: '300.00', answer: [] },
      { day: '2026-03-05', amount: '0.01', answer: ['credit-limit-exceeded'] },
    ];
    for (const { day, amount, answer } of days) {
      await credit.startDay(day);
      expect(answered(await credit.tell(placed('T', day, { total: eur(amount) })))).toEqual([[day, ...answer]]);
    }
    await credit.startDay('2026-03-02');
  });

  it.each([
    { fields: { limit: limitOf(eur('1.00')) }, because: 'it needs its days' },
    {
      fields: { limit: limitOf(eur('1.00')), validFrom: '2026-03-04', validUntil: '2026-03-03' },
      because: 'it ends before it begins',
    },
    {
      fields: { limit: limitOf(usd('1.00')), validFrom: '2026-03-04', validUntil: '2026-03-04' },
      because: 'it is in another currency',
    },
  ])('is refused, since $because', async ({ fields }) => {
    const asked = command('SetTemporaryLimit', 'T', { ...fields, ...why });
    await credit.tell(asked);
    expect(await outcome(asked)).toMatchObject({ status: 422, body: { code: 'validation-failed' } });
  });
});

describe('Collateral', () => {
  it('raises the limit by its covered share, if it is set to do so', async () => {
    await credit.tell(registered('G'));
    await credit.tell(
      command('TakeCollateral', 'G', {
        collateralId: 'K-1',
        kind: 'guarantee',
        value: eur('400.00'),
        coveredPercent: '25',
        raisesLimit: true,
        ...by,
      }),
      command('TakeCollateral', 'G', { collateralId: 'K-2', kind: 'deposit', value: eur('900.00'), ...by }),
    );
    const told = await credit.tell(
      placed('G', 'G-1', { total: eur('1100.01') }),
      placed('G', 'G-2', { total: eur('1100.00') }),
    );
    expect(answered(told)).toEqual([['G-1', 'credit-limit-exceeded'], ['G-2']]);
  });

  it('that covers too little of what the policy wants secured holds', async () => {
    await credit.tell(registered('S'));
    await credit.tell(
      command('TakeCollateral', 'S', { collateralId: 'K-3', kind: 'mortgage', value: eur('50.00'), ...by }),
    );
    const told = await credit.tell(
      placed('S', 'S-1', { total: eur('100.02') }),
      placed('S', 'S-2', { total: eur('100.00') }),
    );
    expect(answered(told)).toEqual([['S-1', 'collateral-shortfall'], ['S-2']]);
  });

  it('of an insurer stops deliveries from the day that the insurer names', async () => {
    await credit.tell(registered('I'));
    const insurance = { collateralId: 'K-4', kind: 'credit-insurance', value: eur('500.00') };
    await credit.tell(command('TakeCollateral', 'I', { ...insurance, stopDeliveryOn: '2026-03-03', ...by }));
    expect(answered(await credit.tell(placed('I', 'I-1')))).toEqual([['I-1']]);
    await credit.tell(command('TakeCollateral', 'I', { ...insurance, stopDeliveryOn: '2026-03-02', ...by }));
    expect(answered(await credit.tell(placed('I', 'I-2')))).toEqual([['I-2', 'insurance-stop']]);
    const returned = await credit.tell(command('ReturnCollateral', 'I', { collateralId: 'K-4', ...by }));
    expect(returned[0]).toMatchObject({ type: 'CollateralChanged.v1', data: { status: 'withdrawn' } });
  });

  it.each([
    { fields: { value: usd('1.00') }, status: 422, because: 'it is worth something in another currency' },
    { fields: { coveredPercent: '100.01' }, status: 422, because: 'more than all of it cannot count' },
  ])('is refused, since $because', async ({ fields, status }) => {
    const asked = command('TakeCollateral', 'G', {
      collateralId: 'K-9',
      kind: 'deposit',
      value: eur('1.00'),
      ...fields,
      ...by,
    });
    await credit.tell(asked);
    expect(await outcome(asked)).toMatchObject({ status });
  });
});

describe('A forced hold', () => {
  it('holds every order of the account, or one, whatever the rules say, until it is lifted', async () => {
    await credit.tell(registered('F'));
    await credit.tell(command('ForceHold', 'F', { forcedHoldId: 'H-1', orderId: 'F-1', ...why }));
    expect(answered(await credit.tell(placed('F', 'F-1'), placed('F', 'F-2')))).toEqual([
      ['F-1', 'forced-hold'],
      ['F-2'],
    ]);
    await credit.tell(command('ForceHold', 'F', { forcedHoldId: 'H-2', ...why }));
    expect(answered(await credit.tell(placed('F', 'F-3')))).toEqual([['F-3', 'forced-hold']]);
    await credit.tell(command('LiftForcedHold', 'F', { forcedHoldId: 'H-2', ...by }));
    expect(answered(await credit.tell(placed('F', 'F-4')))).toEqual([['F-4']]);
    const unknown = command('LiftForcedHold', 'F', { forcedHoldId: 'H-2', ...by });
    await credit.tell(unknown);
    expect(await outcome(unknown)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('A review that is overdue', () => {
  it('holds from the day after, and the limit’s change is kept as history with its approver', async () => {
    await credit.tell(registered('R'));
    await credit.tell(limitSet('R', limitOf(eur('500.00')), { reviewOn: '2026-03-02' }));
    expect(answered(await credit.tell(placed('R', 'R-1')))).toEqual([['R-1']]);
    await credit.tell(limitSet('R', limitOf(eur('500.00')), { reviewOn: '2026-03-01' }));
    expect(answered(await credit.tell(placed('R', 'R-2')))).toEqual([['R-2', 'review-overdue']]);
    const changes = await readAccountChanges(credit.database, 'R', { beforeSeq: undefined, limit: 10 });
    expect(changes.map(({ type }) => type)).toEqual(['CreditLimitChanged.v1', 'CreditLimitChanged.v1']);
    expect(changes[0]!.data).toMatchObject({
      reason: 'good payer',
      changedBy: 'user:u-1',
      before: limitOf(eur('1000.00')),
    });
  });
});
