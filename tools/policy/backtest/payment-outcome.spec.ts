import { describe, expect, it } from '@jest/globals';
import { paymentOutcome, type InvoicedPart } from './payment-outcome.ts';

const judging = { knownUntil: '2026-06-30', lateDays: 30 };
const dueOn = '2026-05-01';
const paid = (paidOn: string): InvoicedPart => ({ kind: 'paid', dueOn, paidOn });

describe('What became of an order', () => {
  it.each<{ parts: InvoicedPart[]; kind: string; daysLate: number | null; isUnpaid?: true; because: string }>([
    { parts: [paid('2026-04-20')], kind: 'on-time', daysLate: 0, because: 'paid before it was due' },
    { parts: [paid('2026-05-01')], kind: 'on-time', daysLate: 0, because: 'the due day is in time' },
    { parts: [paid('2026-05-02')], kind: 'late', daysLate: 1, because: 'the day after is late' },
    { parts: [paid('2026-05-30')], kind: 'late', daysLate: 29, because: '29 days are not too late yet' },
    { parts: [paid('2026-05-31')], kind: 'too-late', daysLate: 30, because: '30 days are' },
    {
      parts: [{ kind: 'open', dueOn: '2026-05-31' }],
      ...{ kind: 'too-late', daysLate: null, isUnpaid: true, because: 'open for 30 days after its due day' },
    },
    {
      parts: [{ kind: 'open', dueOn: '2026-06-01' }],
      ...{ kind: 'not-known', daysLate: null, because: 'open for 29 days: it may still come' },
    },
    { parts: [{ kind: 'written-off' }], kind: 'too-late', daysLate: null, isUnpaid: true, because: 'written off' },
    { parts: [{ kind: 'in-hand' }], kind: 'not-known', daysLate: null, because: 'a cheque may bounce' },
    { parts: [], kind: 'not-known', daysLate: null, because: 'nothing was invoiced' },
    { parts: [{ kind: 'credited' }], kind: 'not-known', daysLate: null, because: 'all of it was credited' },
    {
      parts: [{ kind: 'credited' }, paid(dueOn)],
      kind: 'on-time',
      daysLate: 0,
      because: 'what was credited nobody owes',
    },
    { parts: [paid(dueOn), paid('2026-05-11')], kind: 'late', daysLate: 10, because: 'the worst part counts' },
    {
      parts: [paid('2026-05-11'), { kind: 'in-hand' }],
      ...{ kind: 'not-known', daysLate: 10, because: 'a part of it is not known yet' },
    },
    {
      parts: [{ kind: 'in-hand' }, paid('2026-07-01')],
      ...{ kind: 'too-late', daysLate: 61, because: 'one part that is too late is enough' },
    },
  ])('$kind, since $because', ({ parts, kind, daysLate, isUnpaid = false }) =>
    expect(paymentOutcome(parts, judging)).toEqual({ kind, daysLate, isUnpaid }),
  );
});
