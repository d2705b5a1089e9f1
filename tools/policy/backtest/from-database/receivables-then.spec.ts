import { describe, expect, it } from '@jest/globals';
import { partsOf, ReceivablesThen, type Settlement, type StoredItem } from './receivables-then.ts';

const settlement = (receivedOn: string, booked: bigint, fields: Partial<Settlement> = {}): Settlement => ({
  ...{ kind: 'payment', state: 'posted', receivedOn, dueOn: null, booked },
  ...fields,
});
const item = (fields: Partial<StoredItem> = {}): StoredItem => ({
  ...{ orderId: 'SO-1', booked: 100n, open: 0n, wasDisputed: false, issuedOn: '2026-03-01', dueOn: '2026-03-31' },
  settlements: [],
  ...fields,
});

describe('What was open on an earlier day', () => {
  it('is what was invoiced before that day and not yet paid', () => {
    const then = new ReceivablesThen([
      item({ settlements: [settlement('2026-03-10', 40n), settlement('2026-04-10', 60n)] }),
      item({ issuedOn: '2026-03-05', dueOn: '2026-04-05', open: 100n }),
    ]);
    const open = (day: string) => then.on(day).counted.map((one) => [one.dueOn, one.open]);
    expect(open('2026-03-01')).toEqual([]);
    expect(open('2026-03-02')).toEqual([['2026-03-31', 100n]]);
    expect(open('2026-03-09').map(([, left]) => left)).toEqual([100n, 100n]);
    expect(open('2026-03-10').map(([, left]) => left)).toEqual([60n, 100n]);
    expect(open('2026-04-10')).toEqual([['2026-04-05', 100n]]);
  });

  it('is nothing of what was paid before it was invoiced', () => {
    const then = new ReceivablesThen([item({ settlements: [settlement('2026-02-20', 100n)] })]);
    expect([then.on('2026-02-25').counted, then.on('2026-03-02').counted]).toEqual([[], []]);
  });

  it('may have been disputed where a dispute is known', () => {
    const then = new ReceivablesThen([
      item({ open: 100n, wasDisputed: true }),
      item({ dueOn: '2026-04-02', open: 100n }),
    ]);
    const { excused, counted } = then.on('2026-03-02');
    expect(excused.map(({ undisputed }) => undisputed)).toEqual([0n, 100n]);
    expect(counted.map(({ undisputed }) => undisputed)).toEqual([100n, 100n]);
  });

  it('leaves out what has no rate', () => {
    expect(new ReceivablesThen([item({ booked: null, open: 100n })]).on('2026-03-02').counted).toEqual([]);
  });
});

describe('What became of an item', () => {
  const dueOn = '2026-03-31';
  it.each<{ settlements: Settlement[]; open?: bigint; parts: object[] }>([
    { settlements: [settlement('2026-04-02', 100n)], parts: [{ kind: 'paid', dueOn, paidOn: '2026-04-02' }] },
    { settlements: [], open: 100n, parts: [{ kind: 'open', dueOn }] },
    {
      settlements: [settlement('2026-04-02', 60n, { kind: 'credit-note' })],
      open: 40n,
      parts: [{ kind: 'credited' }, { kind: 'open', dueOn }],
    },
    { settlements: [settlement('2026-04-02', 60n, { kind: 'write-off' })], parts: [{ kind: 'written-off' }] },
    {
      settlements: [settlement('2026-03-02', 60n, { kind: 'instrument', state: 'in-hand', dueOn: '2026-05-01' })],
      parts: [{ kind: 'in-hand' }],
    },
    {
      settlements: [settlement('2026-03-02', 60n, { kind: 'instrument', state: 'cleared', dueOn: '2026-05-01' })],
      parts: [{ kind: 'paid', dueOn, paidOn: '2026-05-01' }],
    },
    {
      settlements: [settlement('2026-05-02', 60n, { kind: 'instrument', state: 'cleared', dueOn: '2026-05-01' })],
      parts: [{ kind: 'paid', dueOn, paidOn: '2026-05-02' }],
    },
  ])('$parts', ({ settlements, open = 0n, parts }) => expect(partsOf(item({ settlements, open }))).toEqual(parts));
});
