import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditLane } from './credit-lane.fixture.ts';
import { amended, eur, invoiced, limitOf, limitSet, reevaluation } from './credit-messages.fixture.ts';
import { analyst, manager, second, deskPolicy, holdDesk } from './hold-desk.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
let desk: ReturnType<typeof holdDesk>;
beforeAll(async () => {
  credit = await creditLane(deskPolicy);
  desk = holdDesk(credit);
}, 60_000);
afterAll(() => credit?.close());

describe('Four eyes', () => {
  it('the first person’s word waits, the second’s releases; both are named', async () => {
    await desk.hold('F-1', '3000.00');
    const first = await desk.release('F-1', manager, { note: 'the owner called' });
    expect(first).toMatchObject({
      status: 409,
      body: { code: 'second-person-needed', detail: expect.stringMatching(/until 2026-03-05/) },
    });
    expect(first.told).toMatchObject([
      { type: 'CreditHold.v1', data: { status: 'open', releaseRequestedBy: 'u-manager' } },
    ]);
    expect(await desk.release('F-1', manager)).toMatchObject({ status: 409, body: { code: 'same-person' } });
    expect(await desk.answerTo('F-1', manager, 'confirmed')).toMatchObject({
      status: 409,
      body: { code: 'same-person' },
    });
    expect(await desk.release('F-1', analyst)).toMatchObject({ status: 403, body: { code: 'authority-exceeded' } });
    const { told, status } = await desk.answerTo('F-1', second, 'confirmed');
    expect([status, told[0]!.data.decidedBy, told[0]!.data.note]).toEqual([200, 'user:u-second', 'the owner called']);
    expect((await desk.decisionOf('F-1')).facts?.word?.persons.map(({ userId }) => userId)).toEqual([
      'u-manager',
      'u-second',
    ]);
    expect(await desk.eventsOf('F-1')).toEqual(['release-requested user:u-manager']);
  });

  it('the same call by somebody else confirms', async () => {
    await desk.hold('F-2', '3000.00');
    await desk.release('F-2', manager);
    expect((await desk.release('F-2', second, { reason: 'yes' })).told[0]!.data).toMatchObject({
      decidedBy: 'user:u-second',
      releaseReason: 'payment-promised',
    });
  });

  it('the second person refuses, or the first one takes it back; then it starts anew', async () => {
    await desk.hold('F-3', '3000.00');
    await desk.release('F-3', manager);
    expect((await desk.answerTo('F-3', second, 'refused', { note: 'no' })).status).toBe(200);
    expect(await desk.answerTo('F-3', second, 'confirmed')).toMatchObject({ status: 409, body: { code: 'not-found' } });
    await desk.release('F-3', second);
    await desk.answerTo('F-3', second, 'refused');
    expect(await desk.eventsOf('F-3')).toEqual([
      ...['release-requested user:u-manager', 'request-refused user:u-second'],
      ...['release-requested user:u-second', 'request-withdrawn user:u-second'],
    ]);
    expect(await desk.holdOf('F-3')).toMatchObject({ status: 'open', releaseRequest: null });
  });

  it('nobody answers in time: the request lapses with the business day', async () => {
    await desk.hold('F-4', '3000.00');
    await desk.release('F-4', manager);
    await credit.startDay('2026-03-06');
    expect(await desk.answerTo('F-4', second, 'confirmed')).toMatchObject({ status: 409, body: { code: 'not-found' } });
    const told = await credit.tellAll(reevaluation('F-4'));
    expect(told).toMatchObject([{ type: 'CreditHold.v1', data: { status: 'open' } }]);
    expect(told[0]!.data.releaseRequestedBy).toBeUndefined();
    expect(await desk.eventsOf('F-4')).toEqual(['release-requested user:u-manager', 'request-lapsed policy']);
    await credit.startDay('2026-03-02');
  });

  it('more is exceeded than the first one agreed to: the second’s word is the first of two', async () => {
    await desk.hold('F-5', '3000.00');
    await desk.release('F-5', manager);
    await credit.tell(invoiced('F-5', 'I', eur('1.00')));
    expect(await desk.release('F-5', second)).toMatchObject({ status: 409, body: { code: 'second-person-needed' } });
    expect((await desk.release('F-5', manager)).status).toBe(200);
  });

  it('less is exceeded: one is enough, and the request ends with the hold', async () => {
    await desk.hold('F-6', '3000.00');
    await desk.release('F-6', manager);
    await credit.tell(limitSet('F-6', limitOf(eur('2950.00'))));
    expect((await desk.release('F-6', analyst)).told[0]!.data.decidedBy).toBe('user:u-analyst');
    expect(await desk.holdOf('F-6')).toMatchObject({ status: 'released', releaseRequest: null });
  });

  it('another version is another order: what was asked for it is no longer asked', async () => {
    await desk.hold('F-7', '3000.00');
    await desk.release('F-7', manager);
    await credit.tell(amended('F-7', 'O', { total: eur('2900.00') }));
    expect(await desk.answerTo('F-7', second, 'confirmed')).toMatchObject({ status: 409, body: { code: 'not-found' } });
  });
});
