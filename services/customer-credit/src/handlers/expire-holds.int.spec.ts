import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { creditLane } from './credit-lane.fixture.ts';
import {
  amended,
  cancelled,
  command,
  eur,
  forceHeld,
  holdsDue,
  limitOf,
  limitSet,
  placed,
  reevaluation,
  registered,
} from './credit-messages.fixture.ts';
import { analyst, deskPolicy, holdDesk, manager, second } from './hold-desk.fixture.ts';

const opened = '2026-03-02';
/** Exactly the days that the policy waits, and one more. */
const [lastDay, dayAfter] = ['2026-03-12', '2026-03-13'];

let credit: Awaited<ReturnType<typeof creditLane>>;
let desk: ReturnType<typeof holdDesk>;
beforeAll(async () => {
  credit = await creditLane({
    ...deskPolicy,
    rules: { ...deskPolicy.rules, 'risk-class': { prepaidOnly: ['E'] } },
    holds: { order: 'oldest-first', expireAfterDays: 10 },
    release: { ...deskPolicy.release, requestDays: 30 },
    scopes: [
      { when: { riskClass: ['D'] }, holds: { expireAfterDays: 3 } },
      { when: { customer: ['PATIENT', 'PATIENT-D'] }, holds: { expireAfterDays: 40 } },
    ],
  });
  desk = holdDesk(credit);
}, 60_000);
afterAll(() => credit?.close());
beforeEach(() => credit.startDay(opened));

const expire = (customerId: string) => credit.tellAll(holdsDue(customerId, 'O'));
const briefly = (told: Awaited<ReturnType<typeof expire>>) =>
  told.map(({ type, data }) => `${type.replace('.v1', '')} ${data.status ?? data.decidedBy}`);
const itExpires = ['OrderDeclined policy', 'CreditHold expired'];

describe('A hold that nobody answers', () => {
  it('waits for exactly the days of the policy, then ends with a no that says what held it and for how long', async () => {
    await desk.hold('C-1', '1050.00');
    await credit.startDay(lastDay);
    expect(await expire('C-1')).toEqual([]);
    await credit.startDay(dayAfter);
    const told = await expire('C-1');
    expect(briefly(told)).toEqual(itExpires);
    expect(told[0]!.data).toMatchObject({
      ...{ orderId: 'O', orderVersion: 1, businessDay: dayAfter, total: eur('1050.00') },
      reasons: [
        { code: 'credit-limit-exceeded' },
        {
          code: 'hold-expired',
          message: 'Held since 2026-03-02, and nobody has answered for 11 days; the hold waits for 10',
          ...{ measured: '11', threshold: '10', unit: 'days' },
        },
      ],
    });
    expect(told[0]!.data).not.toHaveProperty('releaseReason');
    expect(told[1]!.data).toMatchObject({ seq: told[0]!.data.seq, reasons: [{ code: 'credit-limit-exceeded' }] });
    expect(await desk.holdOf('C-1')).toMatchObject({ status: 'expired', closedOn: dayAfter, openedOn: opened });
    expect(await desk.decisionOf('C-1')).toMatchObject({
      ...{ outcome: 'declined', decidedBy: 'policy', facts: { heldSince: opened } },
    });
    expect(await credit.owes('C-1')).toEqual({});
  });

  it('is told once, however often the day asks; what comes late changes nothing', async () => {
    await desk.hold('C-2', '1050.00');
    await credit.startDay(dayAfter);
    const told = await credit.tellAll(holdsDue('C-2', 'O', 'O'), holdsDue('C-2', 'O'), holdsDue('C-2', 'nothing'));
    expect(briefly(told)).toEqual(itExpires);
    const before = await credit.everything();
    expect(await expire('C-2')).toEqual([]);
    expect(before).toEqual(await credit.everything());
  });

  it.each([
    { what: 'it was released by a person', before: (C: string) => desk.release(C, analyst) },
    { what: 'it was declined', before: (C: string) => desk.decline(C) },
    {
      what: 'a higher limit has released it',
      before: (C: string) => credit.tell(limitSet(C, limitOf(eur('2000.00')))),
    },
    { what: 'the order was cancelled', before: (C: string) => credit.tell(cancelled(C, 'O')) },
  ])('has nothing to expire when $what', async ({ what, before }) => {
    const C = `done-${what.replaceAll(' ', '-')}`;
    await desk.hold(C, '1050.00');
    await before(C);
    await credit.startDay(dayAfter);
    const { status } = await desk.holdOf(C);
    expect(['released', 'declined', 'cancelled']).toContain(status);
    expect(await expire(C)).toEqual([]);
    expect(await desk.holdOf(C)).toMatchObject({ status });
  });

  it.each([
    { C: 'D-3', record: { riskClass: 'D' }, day: '2026-03-05', expires: false, because: 'its class has three days' },
    { C: 'D-4', record: { riskClass: 'D' }, day: '2026-03-06', expires: true, because: 'its class has three days' },
    { C: 'PATIENT', record: {}, day: '2026-04-11', expires: false, because: 'the customer has forty' },
    {
      C: 'PATIENT-D',
      record: { riskClass: 'D' },
      day: '2026-04-12',
      expires: true,
      because: 'the customer goes first',
    },
  ])('of $C on $day: $expires, since $because', async ({ C, record, day, expires }) => {
    await desk.hold(C, '1050.00', record);
    await credit.startDay(day);
    expect(briefly(await expire(C))).toEqual(expires ? itExpires : []);
  });

  it('waits by the policy that is in force on the day, not by that of the day on which it was opened', async () => {
    await desk.hold('C-5', '1050.00');
    await credit.tell(registered('C-5', { salesRepId: 'R-1', riskClass: 'D', updatedAt: '2026-03-03T00:00:00Z' }));
    await credit.startDay('2026-03-06');
    expect(briefly(await expire('C-5'))).toEqual(itExpires);
  });

  it('lets a release lapse that waits for its second person; who works on it stays named', async () => {
    await desk.hold('C-6', '3000.00');
    await desk.ask('AssignHold', 'C-6', { by: analyst, assignedTo: 'u-7' });
    await desk.release('C-6', manager);
    await credit.startDay(dayAfter);
    const told = await expire('C-6');
    expect(briefly(told)).toEqual(itExpires);
    expect(told[1]!.data).toMatchObject({ assignedTo: 'u-7' });
    expect(told[1]!.data).not.toHaveProperty('releaseRequestedBy');
    for (const answer of [await desk.answerTo('C-6', second, 'confirmed'), await desk.release('C-6', second)])
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'hold-closed', detail: 'The hold of order O is expired since 2026-03-13' },
      });
  });

  it('expires when only a forced hold is left, too', async () => {
    await credit.tell(registered('C-7'), forceHeld('C-7'), placed('C-7', 'O'));
    expect(await desk.holdOf('C-7')).toMatchObject({ status: 'ready' });
    await credit.startDay(dayAfter);
    expect(briefly(await expire('C-7'))).toEqual(itExpires);
  });

  it.each([
    { what: 'its customer is unknown', C: 'nobody', events: (C: string) => [placed(C, 'O')] },
    {
      what: 'its currency has no rate',
      C: 'C-8',
      events: (C: string) => [registered(C), placed(C, 'O', { total: { amount: '100', currency: 'JPY' } })],
    },
    {
      what: 'it could not be read',
      C: 'C-9',
      events: (C: string) => [registered(C), placed(C, 'O', { total: { amount: '1.234', currency: 'EUR' } })],
    },
    {
      what: 'nobody knows whose it is, nor what it says',
      C: 'no-one',
      events: (C: string) => [placed(C, 'O', { total: { amount: '1.234', currency: 'EUR' } })],
    },
  ])('expires when $what, and keeps saying so', async ({ C, events }) => {
    for (const event of events(C)) await credit.tell(event);
    const { reasons } = await desk.holdOf(C);
    await credit.startDay(dayAfter);
    const told = await expire(C);
    expect(briefly(told)).toEqual(itExpires);
    expect(told[0]!.data.reasons).toMatchObject([...reasons.map(({ code }) => ({ code })), { code: 'hold-expired' }]);
    expect(await desk.decisionOf(C)).toMatchObject({ outcome: 'declined' });
  });

  it('does not expire when nothing holds the order any more: the day asks it again, and releases it', async () => {
    await desk.hold('C-10', '1050.00');
    const fields = { limit: limitOf(eur('2000.00')), validFrom: dayAfter, validUntil: '2026-03-31' };
    await credit.tell(command('SetTemporaryLimit', 'C-10', { ...fields, reason: 'fair', requestedBy: 'u-1' }));
    await credit.startDay(dayAfter);
    expect(await expire('C-10')).toEqual([]);
    expect(briefly(await credit.tellAll(reevaluation('C-10')))).toEqual([
      'OrderReleased policy',
      'CreditHold released',
    ]);
  });

  it('leaves the account’s other holds as they are', async () => {
    await desk.hold('C-11', '1050.00');
    await credit.tell(placed('C-11', 'P', { total: eur('1060.00') }));
    await credit.startDay(dayAfter);
    const told = await expire('C-11');
    expect(told.map(({ data }) => data.orderId)).toEqual(['O', 'O']);
  });
});

describe('An order whose hold has expired', () => {
  const expiredHold = async (C: string) => {
    await desk.hold(C, '1050.00');
    await credit.startDay(dayAfter);
    await expire(C);
  };

  it('is asked no more, whatever is paid or raised', async () => {
    await expiredHold('E-1');
    expect(await credit.tell(reevaluation('E-1'))).toEqual([]);
    const told = await credit.tellAll(limitSet('E-1', limitOf(eur('5000.00'))));
    expect(told.map(({ type }) => type)).toEqual(['CreditLimitChanged.v1']);
  });

  it('is decided again as a new version; held again it is another case, which waits from then on', async () => {
    await expiredHold('E-2');
    const told = await credit.tellAll(amended('E-2', 'O', { total: eur('1040.00') }));
    expect(briefly(told)).toEqual(['OrderHeld policy', 'CreditHold open']);
    expect(await desk.holdOf('E-2')).toMatchObject({ openedOn: dayAfter, closedOn: null });
    expect(await expire('E-2')).toEqual([]);
    const [approved] = await credit.tell(amended('E-2', 'O', { orderVersion: 3, total: eur('900.00') }));
    expect(approved).toMatchObject({ type: 'OrderApproved.v1', data: { orderVersion: 3 } });
  });

  it('can be cancelled; its hold stays as it ended', async () => {
    await expiredHold('E-3');
    expect(await credit.tellAll(cancelled('E-3', 'O'))).toEqual([]);
    expect(await desk.holdOf('E-3')).toMatchObject({ status: 'expired' });
  });

  it('is cleared from its topic like others that have closed', async () => {
    await expiredHold('E-4');
    await credit.startDay('2026-04-12');
    const told = await credit.tellAll(command('RetireHolds', 'E-4', {}));
    expect(told).toMatchObject([{ topic: 'credit-holds', key: 'O', data: undefined }]);
  });
});
