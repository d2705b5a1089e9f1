import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventByHand } from '@ordergate/messaging/testing';
import { barePolicy } from '../domain/policy/policy.ts';
import { loadHolds } from '../store/credit-hold.store.ts';
import { readHoldEvents } from '../store/hold-event.store.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import * as say from './credit-messages.fixture.ts';
import {
  amended,
  cancelled,
  command,
  eur,
  invoiced,
  limitOf,
  limitSet,
  paid,
  placed,
  registered,
} from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane({
    ...barePolicy,
    rules: {
      ...barePolicy.rules,
      'overdue-items': { days: 30, amountMin: '0' },
      'dunning-level': { max: 1 },
      'risk-class': { prepaidOnly: ['E'] },
    },
    scopes: [
      { when: { customer: ['SMALL'] }, holds: { order: 'smallest-first' } },
      { when: { customer: ['URGENT'] }, holds: { order: 'priority' } },
    ],
  });
}, 60_000);
afterAll(() => credit?.close());

const by = { reason: 'spec', requestedBy: 'u-1' };
const answers = (told: readonly Told[]) =>
  told
    .filter(({ topic }) => topic === 'credit-decisions')
    .map(({ type, data }) => `${data.orderId} ${type.replace(/^Order|\.v1$/g, '')}`);
const held = async (customerId: string, ...amounts: string[]) =>
  credit.tell(
    ...amounts.map((amount, at) =>
      placed(customerId, `${customerId}-${at + 1}`, { total: eur(amount), placedAt: `2026-03-02T1${at}:00:00Z` }),
    ),
  );
const holdOf = async (customerId: string, orderId: string) =>
  (await loadHolds(credit.database, [{ customerId, orderId }]))[0]!;

describe('A held order is released in the transaction of what frees it', () => {
  const debt = (customerId: string) => [
    registered(customerId),
    invoiced(customerId, `I-${customerId}`, eur('1000.00'), { dueOn: '2026-04-01' }),
  ];
  const old = (customerId: string) => [
    registered(customerId),
    invoiced(customerId, `I-${customerId}`, eur('10.00'), { dueOn: '2026-01-01' }),
  ];
  const about = (type: string, customerId: string, fields: object) =>
    say.receivable(type, customerId, { on: '2026-03-02', ...fields });

  it.each<{ what: string; before: (id: string) => EventByHand[]; freeing: (id: string) => EventByHand[] }>([
    { what: 'a payment', before: debt, freeing: (id) => [paid(id, 'P', eur('100.00'))] },
    {
      what: 'a credit note',
      before: debt,
      freeing: (id) => [
        say.receivable('CreditNotePosted', id, { creditNoteId: 'N', total: eur('100.00'), issuedOn: '2026-03-02' }),
      ],
    },
    {
      what: 'a write-off',
      before: debt,
      freeing: (id) => [about('WriteOffPosted', id, { writeOffId: 'W', invoiceId: `I-${id}`, amount: eur('100.00') })],
    },
    {
      what: 'a cheque that clears',
      before: (id) => [
        ...debt(id),
        say.receivable('InstrumentReceived', id, {
          ...{ instrumentId: 'Q', kind: 'cheque', total: eur('100.00'), dueOn: '2026-03-02', receivedOn: '2026-03-01' },
        }),
      ],
      freeing: (id) => [about('InstrumentCleared', id, { instrumentId: 'Q' })],
    },
    { what: 'a higher limit', before: debt, freeing: (id) => [limitSet(id, limitOf(eur('1100.00')))] },
    {
      what: 'a temporary limit',
      before: debt,
      freeing: (id) => [
        command('SetTemporaryLimit', id, {
          ...{ limit: limitOf(eur('1100.00')), validFrom: '2026-03-02', validUntil: '2026-03-02', ...by },
        }),
      ],
    },
    {
      what: 'collateral that raises the limit',
      before: debt,
      freeing: (id) => [
        command('TakeCollateral', id, {
          ...{ collateralId: 'K', kind: 'guarantee', value: eur('100.00'), raisesLimit: true, requestedBy: 'u-1' },
        }),
      ],
    },
    {
      what: 'a limit in the master record',
      before: debt,
      freeing: (id) => [registered(id, { limit: limitOf(eur('1100.00')), updatedAt: '2026-03-03T00:00:00Z' })],
    },
    {
      what: 'a block that is lifted',
      before: (id) => [registered(id), command('BlockAccount', id, { blockId: 'B', kind: 'stop', ...by })],
      freeing: (id) => [command('LiftBlock', id, { blockId: 'B', requestedBy: 'u-1' })],
    },
    {
      what: 'a forced hold that is lifted',
      before: (id) => [registered(id), command('ForceHold', id, { forcedHoldId: 'F', ...by })],
      freeing: (id) => [command('LiftForcedHold', id, { forcedHoldId: 'F', requestedBy: 'u-1' })],
    },
    {
      what: 'screening that is passed',
      before: (id) => [registered(id, { screening: 'pending' })],
      freeing: (id) => [registered(id, { updatedAt: '2026-03-03T00:00:00Z' })],
    },
    {
      what: 'a better risk class',
      before: (id) => [registered(id, { riskClass: 'E' })],
      freeing: (id) => [registered(id, { riskClass: 'B', updatedAt: '2026-03-03T00:00:00Z' })],
    },
    {
      what: 'a registration',
      before: () => [],
      freeing: (id) => [registered(id)],
    },
    {
      what: 'the payment of what is overdue',
      before: old,
      freeing: (id) => [paid(id, 'P', eur('10.00'))],
    },
    {
      what: 'a dispute of what is overdue',
      before: old,
      freeing: (id) => [about('DisputeOpened', id, { disputeId: 'D', invoiceId: `I-${id}` })],
    },
    {
      what: 'another order that is cancelled',
      before: (id) => [registered(id), placed(id, 'other', { total: eur('1000.00') })],
      freeing: (id) => [cancelled(id, 'other')],
    },
    {
      what: 'another order that becomes smaller',
      before: (id) => [registered(id), placed(id, 'other', { total: eur('1000.00') })],
      freeing: (id) => [amended(id, 'other', { total: eur('900.00') })],
    },
    {
      what: 'another order that is held after an amendment',
      before: (id) => [registered(id), placed(id, 'other', { total: eur('1000.00') })],
      freeing: (id) => [amended(id, 'other', { total: eur('1000.01') })],
    },
    {
      what: 'the last shipment of another order',
      before: (id) => [registered(id), placed(id, 'other', { total: eur('1000.00') })],
      freeing: (id) => [say.shipped(id, 'other', eur('900.00'), { final: true })],
    },
  ])('$what', async ({ what, before, freeing }) => {
    const id = what.replaceAll(/[^a-z]/g, '-').slice(0, 40);
    await credit.tellOneByOne(...before(id));
    expect(answers(await credit.tell(placed(id, 'waits', { total: eur('100.00') })))).toEqual(['waits Held']);
    expect(answers(await credit.tell(...freeing(id)))).toContain('waits Released');
    expect(await holdOf(id, 'waits')).toMatchObject({ status: 'released', closedOn: '2026-03-02' });
  });

  it.each([
    { what: 'a dunning level that falls', standing: { dunningLevel: 2 }, after: { dunningLevel: 0 } },
    {
      what: 'a promise',
      standing: {},
      after: { promised: [{ payOn: '2026-03-09', amount: eur('10.00') }] },
      overdue: true,
    },
  ])('$what asks by a command', async ({ what, standing, after, overdue }) => {
    const id = what.replaceAll(/[^a-z]/g, '-');
    await credit.tellOneByOne(...(overdue ? old(id) : [registered(id)]), say.stands(id, standing));
    await credit.tell(placed(id, 'waits'));
    const [asked] = await credit.tell(say.stands(id, after));
    expect(asked).toMatchObject({ topic: 'credit-commands', key: id, type: 'ReevaluationRequested.v1' });
    expect(answers(await credit.tell(say.reevaluation(id)))).toEqual(['waits Released']);
  });
});

describe('When credit comes free, a customer’s orders are asked', () => {
  it('oldest first; one that does not fit does not stop younger ones, and the limit is kept', async () => {
    await credit.tell(registered('OLD'), invoiced('OLD', 'I-OLD', eur('1000.00')));
    await held('OLD', '400.00', '300.00', '100.00');
    expect(answers(await credit.tell(paid('OLD', 'P-1', eur('500.00'))))).toEqual(['OLD-1 Released', 'OLD-3 Released']);
    expect(await credit.owes('OLD')).toMatchObject({ total: 1_000_00n });
  });

  it('smallest first where the policy says so', async () => {
    await credit.tell(registered('SMALL'), invoiced('SMALL', 'I-SMALL', eur('1000.00')));
    await held('SMALL', '400.00', '300.00', '100.00');
    const told = await credit.tell(paid('SMALL', 'P-1', eur('500.00')));
    expect(answers(told)).toEqual(['SMALL-3 Released', 'SMALL-2 Released']);
  });

  it('by the sender’s priority where the policy says so', async () => {
    await credit.tell(registered('URGENT'), invoiced('URGENT', 'I-URGENT', eur('1000.00')));
    await credit.tell(placed('URGENT', 'low', { priority: 1, placedAt: '2026-03-02T08:00:00Z' }));
    await credit.tell(placed('URGENT', 'high', { priority: 7 }), placed('URGENT', 'none'));
    expect(answers(await credit.tell(paid('URGENT', 'P-1', eur('100.00'))))).toEqual(['high Released']);
  });

  it('after each of several events, so that what comes between them counts', async () => {
    await credit.tell(registered('BETWEEN'), invoiced('BETWEEN', 'I-1', eur('1000.00')));
    await held('BETWEEN', '500.00');
    const told = await credit.tell(
      paid('BETWEEN', 'P-1', eur('500.00')),
      invoiced('BETWEEN', 'I-2', eur('500.00')),
      paid('BETWEEN', 'P-2', eur('500.00')),
    );
    expect(answers(told)).toEqual(['BETWEEN-1 Released']);
    expect(await credit.owes('BETWEEN')).toMatchObject({ openOrders: 500_00n, receivables: 500_00n });
  });
});

describe('An order that stays held', () => {
  it('for other reasons gets no new decision; its hold says what holds it now, and since when', async () => {
    await credit.tell(registered('R-1'), invoiced('R-1', 'I-1', eur('950.00'), { dueOn: '2026-01-01' }));
    await held('R-1', '100.00');
    const told = await credit.tellAll(paid('R-1', 'P-1', eur('60.00')));
    expect(told).toMatchObject([
      { type: 'CreditHold.v1', data: { status: 'open', seq: 5, reasons: [{ code: 'overdue-items' }] } },
    ]);
    expect(told[0]!.data.excess).toBeUndefined();
    expect(await readHoldEvents(credit.database, 'R-1', 'R-1-1')).toMatchObject([
      {
        ...{ kind: 'reasons-changed', seq: 5n, happenedBy: 'policy' },
        before: { reasons: ['credit-limit-exceeded', 'overdue-items'] },
        after: { reasons: ['overdue-items'] },
      },
    ]);
    expect(answers(await credit.tell(paid('R-1', 'P-2', eur('890.00'))))).toEqual(['R-1-1 Released']);
  });

  it('for the same reasons with other figures has them in its hold, and nothing in its history', async () => {
    await credit.tell(registered('R-2'), invoiced('R-2', 'I-1', eur('1000.00')));
    await held('R-2', '500.00');
    const told = await credit.tellAll(paid('R-2', 'P-1', eur('100.00')));
    expect(told).toMatchObject([{ type: 'CreditHold.v1', data: { excess: eur('400.00') } }]);
    expect(await readHoldEvents(credit.database, 'R-2', 'R-2-1')).toEqual([]);
    expect(await credit.tellAll(say.reevaluation('R-2'))).toEqual([]);
  });

  it('by a person’s word alone becomes ready, and is not released', async () => {
    await credit.tell(registered('R-3'), command('ForceHold', 'R-3', { forcedHoldId: 'F', ...by }));
    await held('R-3', '1000.01');
    const told = await credit.tellAll(limitSet('R-3', limitOf(eur('5000.00'))));
    expect(told.map(({ type, data }) => [type, data.status])).toEqual([
      ['CreditLimitChanged.v1', undefined],
      ['CreditHold.v1', 'ready'],
    ]);
  });

  it('is the more urgent the longer it waits: nobody is told, the list is sorted by it', async () => {
    await credit.tell(registered('R-4'));
    await held('R-4', '1000.01');
    const { priority, seq } = await holdOf('R-4', 'R-4-1');
    await credit.startDay('2026-03-05');
    expect(await credit.tellAll(say.reevaluation('R-4'))).toEqual([]);
    await credit.startDay('2026-03-02');
    expect(await holdOf('R-4', 'R-4-1')).toMatchObject({ priority: priority + 3, seq });
  });
});
