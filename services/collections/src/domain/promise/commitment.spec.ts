import { describe, expect, it } from '@jest/globals';
import {
  brokenBy,
  missingOf,
  promisedOf,
  promisedTotal,
  receivedFor,
  receiveFor,
  takeBack,
  type Commitment,
} from './commitment.ts';

/** `['2026-03-05', 80n]` for each instalment. */
const commitment = (id: string, instalments: [payOn: string, amount: bigint][], more: Partial<Commitment> = {}) => ({
  ...{ kind: instalments.length === 1 ? ('promise' as const) : ('plan' as const), id, currency: 'EUR' },
  ...{ receipts: [], state: 'open' as Commitment['state'] },
  instalments: instalments.map(([payOn, amount]) => ({ payOn, amount })),
  ...more,
});
const money = (amount: bigint, receivedOn = '2026-03-01', more: object = {}) => ({
  ...{ credit: 'payment P-1', currency: 'EUR', amount, receivedOn },
  ...more,
});
const march = (id = 'M', more: Partial<Commitment> = {}) => commitment(id, [['2026-03-05', 80n]], more);
const plan = (more: Partial<Commitment> = {}) =>
  commitment(
    'L',
    [
      ['2026-03-05', 40n],
      ['2026-04-05', 60n],
    ],
    more,
  );

describe('Money that comes in for a promise', () => {
  it.each([
    { amount: 79n, receivedOn: '2026-03-01', state: 'open', received: 79n, because: 'a cent is missing' },
    { amount: 80n, receivedOn: '2026-03-01', state: 'kept', received: 80n, because: 'it is all' },
    {
      amount: 500n,
      receivedOn: '2026-03-01',
      state: 'kept',
      received: 80n,
      because: 'it lacks no more than it promised',
    },
    { amount: 80n, receivedOn: '2026-03-05', state: 'kept', received: 80n, because: 'its day is still in time' },
    { amount: 80n, receivedOn: '2026-03-06', state: 'open', received: 0n, because: 'the day after is too late' },
    { amount: 0n, receivedOn: '2026-03-01', state: 'open', received: 0n, because: 'nothing came' },
  ])('$amount on $receivedOn: $state with $received, since $because', ({ amount, receivedOn, state, received }) => {
    const promise = march();
    const changed = receiveFor([promise], money(amount, receivedOn));
    expect([promise.state, receivedFor(promise)]).toEqual([state, received]);
    expect(changed).toEqual(received > 0n ? [promise] : []);
  });

  it.each([
    { promise: march('M', { currency: 'USD' }), because: 'it is in another currency' },
    { promise: march('M', { state: 'kept' }), because: 'it is kept already' },
    { promise: march('M', { state: 'broken' }), because: 'it is broken: what comes now does not mend it' },
  ])('is nothing to a promise when $because', ({ promise }) => {
    expect(receiveFor([promise], money(80n))).toEqual([]);
    expect(receivedFor(promise)).toBe(0n);
  });

  it('goes to the one that is due first, then to the next, by id on one day', () => {
    const [late, b, a] = [commitment('Z', [['2026-03-09', 50n]]), march('B'), march('A')];
    expect(receiveFor([late, b, a], money(200n)).map(({ id }) => id)).toEqual(['A', 'B', 'Z']);
    expect([a, b, late].map((one) => [one.state, receivedFor(one)])).toEqual([
      ['kept', 80n],
      ['kept', 80n],
      ['open', 40n],
    ]);
  });

  it('passes over one whose day it has missed: a later promise gets it', () => {
    const [missed, later] = [march('M'), commitment('N', [['2026-03-09', 50n]])];
    expect(receiveFor([missed, later], money(50n, '2026-03-07'))).toEqual([later]);
    expect([missed.state, later.state]).toEqual(['open', 'kept']);
  });
});

describe('A payment plan', () => {
  it.each([
    {
      received: 0n,
      missing: [
        { payOn: '2026-03-05', amount: 40n },
        { payOn: '2026-04-05', amount: 60n },
      ],
    },
    {
      received: 39n,
      missing: [
        { payOn: '2026-03-05', amount: 1n },
        { payOn: '2026-04-05', amount: 60n },
      ],
    },
    { received: 40n, missing: [{ payOn: '2026-04-05', amount: 60n }] },
    { received: 99n, missing: [{ payOn: '2026-04-05', amount: 1n }] },
  ])('of which $received came in lacks the rest, the earliest filled first', ({ received, missing }) => {
    const receipts = received > 0n ? [{ credit: 'payment P', amount: received }] : [];
    expect(missingOf(plan({ receipts }))).toEqual(missing);
  });

  it('is kept when the last of it has come', () => {
    const agreed = plan();
    receiveFor([agreed], money(40n));
    receiveFor([agreed], money(59n, '2026-04-05', { credit: 'payment P-2' }));
    expect(agreed.state).toBe('open');
    receiveFor([agreed], money(1n, '2026-04-05', { credit: 'payment P-3' }));
    expect([agreed.state, missingOf(agreed), promisedTotal(agreed)]).toEqual(['kept', [], 100n]);
  });

  it('takes money for a later instalment only when the one before has come', () => {
    const agreed = plan();
    expect(receiveFor([agreed], money(100n, '2026-03-06'))).toEqual([]);
    const begun = plan({ receipts: [{ credit: 'payment P-0', amount: 40n }] });
    expect(receiveFor([begun], money(60n, '2026-03-06'))).toEqual([begun]);
  });
});

describe('Money that did not hold', () => {
  it('is taken back from what is open', () => {
    const promise = march('M', {
      receipts: [
        { credit: 'payment P-1', amount: 30n },
        { credit: 'payment P-2', amount: 5n },
      ],
    });
    expect(takeBack([promise], 'payment P-1')).toEqual([promise]);
    expect(receivedFor(promise)).toBe(5n);
  });

  it.each(['kept', 'broken'] as const)('changes nothing of what is %s', (state) => {
    const receipts = [{ credit: 'payment P-1', amount: 80n }];
    expect(takeBack([march('M', { state, receipts })], 'payment P-1')).toEqual([]);
  });

  it('that no promise has seen changes nothing', () => expect(takeBack([march()], 'payment P-9')).toEqual([]));
});

describe('A commitment is broken', () => {
  const paid = { receipts: [{ credit: 'payment P', amount: 40n }] };
  it.each([
    { it: march(), day: '2026-03-05', missed: null, because: 'its day is not over' },
    { it: march(), day: '2026-03-06', missed: { payOn: '2026-03-05', amount: 80n }, because: 'its day has passed' },
    { it: plan(paid), day: '2026-04-05', missed: null, because: 'the first instalment came, the second has its day' },
    {
      it: plan(paid),
      day: '2026-04-06',
      missed: { payOn: '2026-04-05', amount: 60n },
      because: 'the second is missing',
    },
    { it: plan(), day: '2026-03-06', missed: { payOn: '2026-03-05', amount: 40n }, because: 'the first is missing' },
    { it: march('M', { state: 'kept' }), day: '2026-09-01', missed: null, because: 'it is kept' },
    { it: march('M', { state: 'broken' }), day: '2026-09-01', missed: null, because: 'it is broken already' },
  ])('$it.id on $day by $missed, since $because', ({ it: one, day, missed }) =>
    expect(brokenBy(one, day)).toEqual(missed),
  );
});

describe('What is promised', () => {
  it('is what is missing, by day, earliest first, in one currency', () => {
    const all = [
      commitment('A', [['2026-04-05', 5n]]),
      plan({ receipts: [{ credit: 'payment P', amount: 10n }] }),
      march('K', { state: 'kept' }),
      march('U', { currency: 'USD' }),
    ];
    expect(promisedOf(all, 'EUR')).toEqual([
      { payOn: '2026-03-05', amount: 30n },
      { payOn: '2026-04-05', amount: 65n },
    ]);
    expect(promisedOf(all, 'USD')).toEqual([{ payOn: '2026-03-05', amount: 80n }]);
  });
});
