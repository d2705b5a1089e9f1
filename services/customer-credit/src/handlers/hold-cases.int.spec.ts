import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { loadHolds } from '../store/credit-hold.store.ts';
import { readHoldEvents } from '../store/hold-event.store.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { amended, cancelled, command, eur, placed, registered, usd, reevaluation } from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
}, 60_000);
afterAll(() => credit?.close());

const holdsTold = (told: readonly Told[]) =>
  told.filter(({ topic }) => topic === 'credit-holds').map(({ key, data }) => ({ key, ...data }));
const holdOf = async (customerId: string, orderId: string) =>
  (await loadHolds(credit.database, [{ customerId, orderId }]))[0];

describe('A hold', () => {
  it('opens with the decision that holds the order, and is told with it', async () => {
    await credit.tellAll(registered('C-1', { salesRepId: 'R-1', segment: 'food', riskClass: 'A' }));
    const order = placed('C-1', 'O-1', { total: eur('1250.00'), requestedDeliveryOn: '2026-03-04', priority: 5 });
    const told = await credit.tellAll(order);
    expect(told.map(({ type }) => type)).toEqual(['OrderHeld.v1', 'CreditHold.v1']);
    expect(holdsTold(told)).toEqual([
      {
        ...{ key: 'O-1', seq: 3, orderId: 'O-1', customerId: 'C-1', orderVersion: 1, status: 'open' },
        reasons: told[0]!.data.reasons,
        ...{ total: eur('1250.00'), excess: eur('250.00'), salesRepId: 'R-1' },
        ...{ openedAt: told[0]!.data.decidedAt, updatedAt: told[0]!.data.decidedAt },
      },
    ]);
    expect(await holdOf('C-1', 'O-1')).toMatchObject({
      ...{ openedOn: '2026-03-02', segment: 'food', riskClass: 'A', totalInAccountCurrency: 1250_00n },
      urgency: { requestedDeliveryOn: '2026-03-04', priority: 5 },
      priority: 5 + 10 + 15 + 15 + 0,
    });
  });

  it('costs an approved order neither a row nor a message', async () => {
    await credit.tellAll(registered('C-2'));
    expect((await credit.tellAll(placed('C-2', 'O-1'))).map(({ type }) => type)).toEqual(['OrderApproved.v1']);
    expect(await holdOf('C-2', 'O-1')).toBeUndefined();
  });

  it('is closed by a version that passes, and opens anew with one that does not', async () => {
    await credit.tellAll(registered('C-3'));
    await credit.tellAll(placed('C-3', 'O-1', { total: eur('2000.00') }));
    const passing = await credit.tellAll(amended('C-3', 'O-1', { total: eur('1000.00') }));
    expect(holdsTold(passing)).toMatchObject([{ status: 'released', orderVersion: 1 }]);
    await credit.startDay('2026-03-05');
    const anew = await credit.tellAll(amended('C-3', 'O-1', { orderVersion: 3, total: eur('3000.00') }));
    expect(holdsTold(anew)).toMatchObject([{ status: 'open', orderVersion: 3, excess: eur('2000.00') }]);
    expect(await holdOf('C-3', 'O-1')).toMatchObject({ openedOn: '2026-03-05', closedOn: null });
    await credit.startDay('2026-03-02');
  });

  it('ends with the order that is called off, with who did and why', async () => {
    await credit.tellAll(registered('C-4'));
    await credit.tellAll(placed('C-4', 'O-1', { total: eur('2000.00') }));
    const told = await credit.tellAll(cancelled('C-4', 'O-1'));
    expect(holdsTold(told)).toMatchObject([{ status: 'cancelled', seq: 3 }]);
    expect(await readHoldEvents(credit.database, 'C-4', 'O-1')).toMatchObject([
      {
        kind: 'cancelled',
        seq: 3n,
        happenedBy: 'source:test',
        before: { status: 'open' },
        after: { status: 'cancelled' },
      },
    ]);
    expect(holdsTold(await credit.tellAll(cancelled('C-4', 'O-1')))).toEqual([]);
  });

  it('of a forced hold alone is ready', async () => {
    await credit.tellAll(registered('C-5'));
    await credit.tellAll(
      command('ForceHold', 'C-5', { forcedHoldId: 'F-1', reason: 'legal review', requestedBy: 'u-1' }),
    );
    expect(holdsTold(await credit.tellAll(placed('C-5', 'O-1')))).toMatchObject([{ status: 'ready' }]);
    expect(holdsTold(await credit.tellAll(placed('C-5', 'O-2', { total: eur('1000.01') })))).toMatchObject([
      { status: 'open', excess: eur('0.01') },
    ]);
  });

  it('of an unreadable order has no amounts, and is closed when the message comes right', async () => {
    await credit.tellAll(registered('C-6'));
    const broken = placed('C-6', 'O-1', { total: { amount: '1.234', currency: 'EUR' } });
    const [hold] = holdsTold(await credit.tellAll(broken));
    expect(hold).toMatchObject({ status: 'open', reasons: [{ code: 'technical-error' }] });
    expect([hold?.total, hold?.excess]).toEqual([undefined, undefined]);
    expect(holdsTold(await credit.tellAll(placed('C-6', 'O-1')))).toMatchObject([{ status: 'released' }]);
  });

  it('is released with the order when its rate comes', async () => {
    await credit.tellAll(registered('C-7'));
    expect(holdsTold(await credit.tellAll(placed('C-7', 'O-1', { total: usd('100.00') })))).toMatchObject([
      { status: 'open', total: usd('100.00') },
    ]);
    await credit.setRate('2026-03-02', 'USD', 'EUR', '0.9');
    expect(holdsTold(await credit.tellAll(reevaluation('C-7')))).toMatchObject([{ status: 'released' }]);
    expect(await holdOf('C-7', 'O-1')).toMatchObject({ closedOn: '2026-03-02' });
  });
});
