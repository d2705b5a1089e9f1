import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readHoldEvents } from '../store/hold-event.store.ts';
import { businessDay, creditLane } from './credit-lane.fixture.ts';
import {
  amended,
  cancelled,
  command,
  eur,
  limitOf,
  limitSet,
  paid,
  placed,
  registered,
} from './credit-messages.fixture.ts';
import { analyst, manager, second, deskPolicy, holdDesk } from './hold-desk.fixture.ts';
import { regroup } from './regroup.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
let desk: ReturnType<typeof holdDesk>;
beforeAll(async () => {
  credit = await creditLane(deskPolicy);
  desk = holdDesk(credit);
}, 60_000);
afterAll(() => credit?.close());

describe('A release by a person', () => {
  it('reserves credit beyond the limit, says who and why, and keeps what it overruled', async () => {
    await desk.hold('C-1', '1050.00');
    const { told, status, body } = await desk.release('C-1', analyst, { note: 'called today', reviewOn: '2026-03-09' });
    expect([status, body.status]).toEqual([200, 'released']);
    expect(told.map(({ type }) => type)).toEqual(['OrderReleased.v1', 'CreditHold.v1']);
    expect(told[0]!.data).toMatchObject({
      ...{ orderId: 'O', decidedBy: 'user:u-analyst', releaseReason: 'payment-promised', note: 'called today' },
      reasons: [{ code: 'credit-limit-exceeded' }],
      approval: { ceiling: eur('1155.00'), validUntil: '2026-03-07' },
    });
    expect(told[1]!.data).toMatchObject({ status: 'released', reviewOn: '2026-03-09' });
    expect(await credit.owes('C-1')).toEqual({ openOrders: 1_050_00n, total: 1_050_00n });
    expect((await desk.decisionOf('C-1')).facts?.word).toMatchObject({
      persons: [{ userId: 'u-analyst', roles: ['credit-analyst'] }],
      exceeded: [{ code: 'credit-limit-exceeded', excess: '5000', limit: '100000' }],
    });
  });

  it('that comes a second time, or after the order was called off, meets a closed hold; one that never was is not found', async () => {
    await desk.hold('C-2', '1050.00');
    await desk.release('C-2', manager);
    expect(await desk.release('C-2', manager)).toMatchObject({ status: 409, body: { code: 'hold-closed' } });
    await desk.hold('C-3', '1050.00');
    await credit.tell(cancelled('C-3', 'O'));
    expect(await desk.release('C-3', manager)).toMatchObject({ status: 409, body: { code: 'hold-closed' } });
    expect(await desk.release('C-3', manager, { orderId: 'other' })).toMatchObject({
      status: 404,
      body: { code: 'hold-not-found' },
    });
    await credit.tell(placed('C-3', 'approved'));
    expect(await desk.release('C-3', manager, { orderId: 'approved' })).toMatchObject({
      status: 404,
      body: { code: 'hold-not-found' },
    });
  });

  it.each([
    { id: 'N-1', total: '1100.01', by: analyst, status: 403, code: 'authority-exceeded', what: 'beyond the amount' },
    {
      id: 'N-2',
      total: '5001.00',
      by: analyst,
      status: 403,
      code: 'authority-exceeded',
      record: { limit: { kind: 'unlimited' } },
      what: 'a rule that is not the role’s',
    },
    {
      id: 'N-3',
      total: '1050.00',
      by: { ...manager, salesReps: 'R-0 R-1' },
      status: 403,
      code: 'own-order',
      what: 'who sells for the order’s representative',
    },
    {
      id: 'N-4',
      total: '1050.00',
      by: { ...manager, userId: 'R-1' },
      status: 403,
      code: 'own-order',
      what: 'the representative',
    },
  ])('is refused: $what', async ({ id, total, by, status, code, record }) => {
    await desk.hold(id, total, record);
    const { told, ...answer } = await desk.release(id, by);
    expect([answer.status, answer.body.code, told]).toEqual([status, code, []]);
    expect(await credit.owes(id)).toEqual({});
  });

  it('is refused to who has raised the limit today, and allowed tomorrow', async () => {
    await desk.hold('C-4', '1900.00');
    await credit.tell(limitSet('C-4', limitOf(eur('1850.00')), { requestedBy: 'u-manager' }));
    expect(await desk.release('C-4', manager)).toMatchObject({ status: 409, body: { code: 'same-person' } });
    await credit.startDay('2026-03-03');
    expect((await desk.release('C-4', manager)).status).toBe(200);
    await credit.startDay('2026-03-02');
  });

  it('is refused to who has raised the limit of a group above the customer’s today, and allowed tomorrow', async () => {
    const group = (groupId: string, amount: string, changedBy: string, more: object = {}) =>
      credit.database.transaction((sql) =>
        regroup(sql, {
          ...{ groupId, currency: 'EUR', limit: limitOf(eur(amount)) as never, reason: 'spec', businessDay, ...more },
          ...{ changedBy, at: new Date() },
        }),
      );
    await group('TOP', '80.00', 'u-other');
    await group('SUB', '9000.00', 'u-other', { parentId: 'TOP' });
    await desk.hold('C-4b', '90.00', { creditGroupId: 'SUB' });
    await group('TOP', '85.00', 'u-manager');
    expect(await desk.release('C-4b', manager)).toMatchObject({ status: 409, body: { code: 'same-person' } });
    // Somebody lowers it: who has raised it before still has, and who lowers it may release.
    await group('TOP', '70.00', 'u-second');
    expect((await desk.release('C-4b', manager)).body.code).toBe('same-person');
    expect((await desk.release('C-4b', second)).status).toBe(200);
    await desk.hold('C-4c', '90.00', { creditGroupId: 'SUB' });
    expect((await desk.release('C-4c', manager)).body.code).toBe('same-person');
    await credit.startDay('2026-03-03');
    expect((await desk.release('C-4c', manager)).status).toBe(200);
    await credit.startDay('2026-03-02');
  });

  it('asks the gate anew: a block since then cannot be overruled', async () => {
    await desk.hold('C-5', '1050.00');
    const block = { blockId: 'B', kind: 'legal', reason: 'law suit', requestedBy: 'u-1' };
    await credit.tell(command('BlockAccount', 'C-5', block));
    expect(await desk.release('C-5', manager)).toMatchObject({ status: 409, body: { code: 'not-releasable' } });
  });

  it('of what could not be read is refused; it can be declined', async () => {
    await credit.tell(registered('C-6'), placed('C-6', 'O', { total: { amount: '1.234', currency: 'EUR' } }));
    expect(await desk.release('C-6', manager)).toMatchObject({ status: 409, body: { code: 'not-releasable' } });
    const { told, status } = await desk.decline('C-6');
    expect([status, ...told.map(({ type, data }) => data.status ?? type)]).toEqual([
      200,
      'OrderDeclined.v1',
      'declined',
    ]);
  });

  it('takes one of the reasons that the policy lists', async () => {
    await desk.hold('LISTED', '1050.00');
    const { status, body } = await desk.release('LISTED', manager, { reason: 'why not' });
    expect([status, body.detail]).toEqual([422, 'reason must be one of payment-promised, not why not']);
    expect((await desk.decline('LISTED', manager, { reason: 'no' })).body.detail).toMatch(/too-risky/);
    expect((await desk.release('LISTED', manager)).status).toBe(200);
  });
});

describe('A no', () => {
  it('ends the hold, is a decision, and lets a new version come', async () => {
    await desk.hold('D-1', '1050.00');
    const { told, status } = await desk.decline('D-1', manager, { note: 'third time' });
    expect(status).toBe(200);
    expect(told.map(({ type, data }) => [type, data.status ?? data.decidedBy, data.releaseReason])).toEqual([
      ['OrderDeclined.v1', 'user:u-manager', 'too-risky'],
      ['CreditHold.v1', 'declined', undefined],
    ]);
    expect(await desk.decisionOf('D-1')).toMatchObject({
      outcome: 'declined',
      reasons: [{ code: 'credit-limit-exceeded' }],
    });
    expect(await credit.tellAll(paid('D-1', 'P', eur('500.00')))).toEqual([]);
    expect(await desk.decline('D-1')).toMatchObject({ status: 409, body: { code: 'hold-closed' } });
    const [again] = await credit.tell(amended('D-1', 'O', { total: eur('900.00') }));
    expect(again).toMatchObject({ type: 'OrderApproved.v1', data: { orderVersion: 2 } });
  });
});

describe('People on the case', () => {
  it('take it on, put it back, look at it again, and talk', async () => {
    await desk.hold('P-1', '1050.00');
    const { told } = await desk.ask('AssignHold', 'P-1', { by: analyst, assignedTo: 'u-7', reviewOn: '2026-03-04' });
    expect(told).toMatchObject([{ type: 'CreditHold.v1', data: { assignedTo: 'u-7', reviewOn: '2026-03-04' } }]);
    expect(
      (await desk.ask('AssignHold', 'P-1', { by: analyst, assignedTo: 'u-7', reviewOn: '2026-03-04' })).told,
    ).toEqual([]);
    expect((await desk.ask('CommentHold', 'P-1', { by: analyst, text: 'who called?' })).told).toEqual([]);
    const back = await desk.ask('AssignHold', 'P-1', { by: analyst });
    expect(back.told[0]!.data.assignedTo).toBeUndefined();
    expect(await readHoldEvents(credit.database, 'P-1', 'O')).toMatchObject([
      { kind: 'assigned', after: { assignedTo: 'u-7', reviewOn: '2026-03-04' }, before: { assignedTo: null } },
      { kind: 'commented', happenedBy: 'user:u-analyst', why: 'who called?' },
      { kind: 'assigned', after: { assignedTo: null } },
    ]);
    expect(await desk.ask('AssignHold', 'P-1', { by: analyst, reviewOn: '2026-03-01' })).toMatchObject({ status: 422 });
  });

  it('talk on a closed one, too, and on none that never was', async () => {
    await desk.hold('P-2', '1050.00');
    await desk.release('P-2', manager);
    expect((await desk.ask('CommentHold', 'P-2', { by: analyst, text: 'paid on Friday' })).status).toBe(201);
    expect((await desk.ask('AssignHold', 'P-2', { by: analyst })).body.code).toBe('hold-closed');
    expect((await desk.ask('CommentHold', 'P-2', { by: analyst, text: '?', orderId: 'X' })).body.code).toBe(
      'hold-not-found',
    );
  });
});

describe('The state of a hold', () => {
  it('is told again as it is stored, under the seq that it has', async () => {
    await desk.hold('S-1', '1050.00');
    const { seq } = await desk.holdOf('S-1');
    const told = await credit.tellAll(command('PublishHold', 'S-1', { orderId: 'O' }));
    expect(told).toMatchObject([{ topic: 'credit-holds', key: 'O', data: { seq: Number(seq), status: 'open' } }]);
    expect(await credit.tellAll(command('PublishHold', 'S-1', { orderId: 'X' }))).toEqual([]);
  });

  it('is cleared from the topic thirty days after it closed, once; an open one never', async () => {
    await desk.hold('S-2', '1050.00');
    await desk.release('S-2', manager);
    await credit.tell(placed('S-2', 'open', { total: eur('9.00') }));
    const cleared = async (day: string) => {
      await credit.startDay(day);
      return (await credit.tellAll(command('RetireHolds', 'S-2', {}))).map(({ key, data }) => [key, data]);
    };
    expect(await cleared('2026-03-31')).toEqual([]);
    expect(await cleared('2026-04-01')).toEqual([['O', undefined]]);
    expect(await cleared('2026-04-02')).toEqual([]);
    const [again] = await credit.tellAll(command('PublishHold', 'S-2', { orderId: 'O' }));
    expect([again?.key, again?.data]).toEqual(['O', undefined]);
    await credit.tell(amended('S-2', 'O', { total: eur('4000.00') }));
    expect((await credit.tellAll(command('PublishHold', 'S-2', { orderId: 'O' })))[0]).toMatchObject({
      data: { status: 'open' },
    });
    await credit.startDay('2026-03-02');
  });
});
