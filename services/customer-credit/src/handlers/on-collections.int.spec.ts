import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { eur, invoiced, paidPart, placed, registered, stands } from './credit-messages.fixture.ts';

const policy: Policy = {
  ...barePolicy,
  rules: {
    'dunning-level': { max: 1 },
    'payment-behaviour': { windowDays: 30, daysLateMax: '5', scoreMin: 50 },
    'overdue-items': { days: 0, amountMin: '99.99' },
  },
  scopes: [{ when: { customer: ['C-90'] }, rules: { 'payment-behaviour': { windowDays: 90 } } }] as never,
};
let lane: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  lane = await creditLane(policy);
}, 60_000);
afterAll(() => lane?.close());

let orders = 0;
/** What the gate answers to one more small order. */
async function answered(customerId: string) {
  const [decision] = await lane.tell(placed(customerId, `O-${(orders += 1)}`, { total: eur('1.00') }));
  return { type: decision!.type, reasons: decision!.data.reasons.map((reason: any) => [reason.code, reason.measured]) };
}
const approved = { type: 'OrderApproved.v1', reasons: [] };
const heldFor = (...reasons: [string, string][]) => ({ type: 'OrderHeld.v1', reasons });

describe('The gate knows of collections', () => {
  it('the dunning level: exactly the allowed one passes, and it falls again', async () => {
    await lane.tell(registered('C-1'), stands('C-1', { dunningLevel: 1 }));
    expect(await answered('C-1')).toEqual(approved);
    await lane.tell(stands('C-1', { dunningLevel: 2 }));
    expect(await answered('C-1')).toEqual(heldFor(['dunning-level', '2']));
    await lane.tell(stands('C-1'));
    expect(await answered('C-1')).toEqual(approved);
  });

  it('the score: exactly the wanted one passes, and without one nobody is held', async () => {
    await lane.tell(registered('C-2'), stands('C-2', { score: 50 }));
    expect(await answered('C-2')).toEqual(approved);
    await lane.tell(stands('C-2', { score: 49 }));
    expect(await answered('C-2')).toEqual(heldFor(['payment-behaviour', '49']));
    await lane.tell(stands('C-2'));
    expect(await answered('C-2')).toEqual(approved);
  });

  it('days late over the window of the rule, of whom it is for: 30 days here, 90 for one customer', async () => {
    // Of 30 days: (100 × 2 + 100 × 8) / 200 = 5.00; the one that is 60 days late lies before them.
    const paid = [
      paidPart('2026-03-01', 2, '100.00'),
      paidPart('2026-02-01', 8, '100.00'),
      paidPart('2026-01-31', 60, '500.00'),
    ];
    for (const customerId of ['C-3', 'C-90']) {
      await lane.tell(registered(customerId), stands(customerId, { weightedDaysLate: '44.29', paid }));
    }
    expect(await answered('C-3')).toEqual(approved);
    expect(await answered('C-90')).toEqual(heldFor(['payment-behaviour', '44.29']));

    await lane.tell(stands('C-3', { weightedDaysLate: '44.33', paid: [paidPart('2026-02-01', 8, '101.00')] }));
    expect(await answered('C-3')).toEqual(heldFor(['payment-behaviour', '5.01']));
    // The next day, what was paid on the first of February is out of the window, and so is what held it.
    await lane.startDay('2026-03-03');
    expect(await answered('C-3')).toEqual(approved);
    await lane.startDay('2026-03-02');
    expect(await answered('C-3')).toEqual(heldFor(['payment-behaviour', '5.01']));
    // Taken back, and in another currency than the account: neither counts.
    const changed = [paidPart('2026-02-01', 8, '0.00'), paidPart('2026-03-02', 90, '900.00', 'USD')];
    await lane.tell(stands('C-3', { weightedDaysLate: '50.33', paid: changed }));
    expect(await answered('C-3')).toEqual(approved);
  });

  it('what is promised: it excuses overdue items until its day', async () => {
    const promised = [
      { payOn: '2026-03-02', amount: eur('0.01') },
      { payOn: '2026-03-03', amount: eur('60.00') },
    ];
    await lane.tell(registered('C-4'), invoiced('C-4', 'I', eur('160.00'), { dueOn: '2026-03-01' }));
    await lane.tell(stands('C-4', { promised: [promised[1]] }));
    expect(await answered('C-4')).toEqual(heldFor(['overdue-items', '100.00']));
    await lane.tell(stands('C-4', { promised }));
    expect(await answered('C-4')).toEqual(approved);
    await lane.startDay('2026-03-03');
    expect(await answered('C-4')).toEqual(heldFor(['overdue-items', '100.00']));
    await lane.startDay('2026-03-02');
  });

  it('and asks again for orders that wait, only when something that it asks for has changed', async () => {
    const asked = (told: Told[]) => told.map(({ type, key }) => `${type} ${key}`);
    await lane.tell(registered('C-5'), stands('C-5', { dunningLevel: 2 }));
    await answered('C-5');
    const again = ['ReevaluationRequested.v1 C-5'];
    expect(asked(await lane.tell(stands('C-5', { dunningLevel: 2, overdue: eur('5.00') })))).toEqual([]);
    expect(asked(await lane.tell(stands('C-5', { dunningLevel: 3 })))).toEqual(again);
    await lane.tell(registered('C-6'));
    expect(asked(await lane.tell(stands('C-6', { dunningLevel: 1 })))).toEqual([]);
  });

  it('a customer whom it does not know yet: what was told waits for the registration', async () => {
    await lane.tell(stands('C-7', { dunningLevel: 2, paid: [paidPart('2026-03-01', 9, '10.00')] }));
    await lane.tell(registered('C-7'));
    expect(await answered('C-7')).toEqual(heldFor(['dunning-level', '2'], ['payment-behaviour', '9']));
  });
});
