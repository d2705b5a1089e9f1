import { describe, expect, it } from '@jest/globals';
import type { ColumnMap } from './column-map.ts';
import { creditLimits } from './credit-limits.ts';
import { planDays, type Day } from './plan-days.ts';
import type { Receivable } from './read-receivables.ts';

const map = {
  name: 'spec',
  defaults: { country: 'US', language: 'en', paymentTermsDays: 30 },
  limit: { factor: '1.5', firstDays: 180 },
} as ColumnMap;

const row = (fields: Partial<Receivable>): Receivable => ({
  line: 2,
  customerId: 'C-1',
  invoiceId: 'R-1',
  invoicedOn: '2026-01-05',
  dueOn: '2026-01-07',
  settledOn: '2026-01-08',
  minor: 10_000n,
  currency: 'USD',
  isDisputed: false,
  ...fields,
});
const planned = (...rows: Receivable[]): Day[] => planDays(rows, creditLimits(rows, map.limit), map);
const told = (days: Day[]) =>
  days.map(({ day, steps }) => [day, ...steps.map((step) => step.map(({ type }) => type.split('.')[0]).join(' '))]);

describe('the days of a replay', () => {
  it('tell an order, its invoice, its dispute and its payment, each on its day, with no day left out', () => {
    expect(told(planned(row({ isDisputed: true })))).toEqual([
      ['2026-01-05', 'BusinessDayStarted', 'CustomerRegistered', 'OrderPlaced', 'InvoicePosted'],
      ['2026-01-06', 'BusinessDayStarted'],
      ['2026-01-07', 'BusinessDayStarted', 'DisputeOpened'],
      ['2026-01-08', 'BusinessDayStarted', 'DisputeResolved PaymentReceived'],
    ]);
  });

  it('let payments of a day in before its orders, and all decisions be taken before the invoices', () => {
    const days = planned(row({}), row({ invoiceId: 'R-2', invoicedOn: '2026-01-08', settledOn: null, line: 3 }));
    expect(told(days).at(-1)).toEqual([
      '2026-01-08',
      'BusinessDayStarted',
      'PaymentReceived',
      'OrderPlaced',
      'InvoicePosted',
    ]);
  });

  it.each([
    {
      settledOn: '2026-01-05',
      last: ['2026-01-05', 'BusinessDayStarted', 'CustomerRegistered', 'OrderPlaced', 'InvoicePosted PaymentReceived'],
      because: 'paid on the day of its invoice, so after it',
    },
    {
      settledOn: '2026-01-06',
      last: ['2026-01-06', 'BusinessDayStarted', 'PaymentReceived'],
      because: 'paid before it was due, so never seen disputed',
    },
    {
      settledOn: '2026-01-07',
      last: ['2026-01-07', 'BusinessDayStarted', 'DisputeOpened DisputeResolved PaymentReceived'],
      because: 'disputed and paid on the due day',
    },
    {
      settledOn: null,
      last: ['2026-01-07', 'BusinessDayStarted', 'DisputeOpened'],
      because: 'still open, and still disputed',
    },
  ])('a disputed invoice settled on $settledOn: $because', ({ settledOn, last }) => {
    expect(told(planned(row({ isDisputed: true, settledOn }))).at(-1)).toEqual(last);
  });

  it('are the same at every replay, ids included', () => {
    const rows = [row({}), row({ invoiceId: 'R-2', line: 3 })];
    expect(planned(...rows)).toEqual(planned(...rows));
    const ids = planned(...rows).flatMap(({ steps }) => steps.flat().map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the credit limit of a customer', () => {
  const limitOf = (...rows: Receivable[]) => creditLimits(rows, map.limit).get('C-1');

  it('is 1.5 times the most that was open at once', () => {
    const overlapping = row({ invoiceId: 'R-2', invoicedOn: '2026-01-07', settledOn: '2026-01-20', minor: 5_000n });
    expect(limitOf(row({}), overlapping)).toBe(22_500n);
  });

  it.each([
    { invoicedOn: '2026-01-08', limit: 15_000n, because: 'the first was paid that day, and payments come first' },
    { invoicedOn: '2026-01-07', limit: 30_000n, because: 'both were open for a day' },
  ])('with a second invoice of $invoicedOn it is $limit, since $because', ({ invoicedOn, limit }) => {
    expect(limitOf(row({}), row({ invoiceId: 'R-2', invoicedOn, settledOn: null }))).toBe(limit);
  });

  it.each([
    { invoicedOn: '2026-07-03', limit: 75_000n, because: 'day 180 counts' },
    { invoicedOn: '2026-07-04', limit: 15_000n, because: 'day 181 does not' },
  ])('with a large invoice of $invoicedOn it is $limit, since $because', ({ invoicedOn, limit }) => {
    expect(limitOf(row({}), row({ invoiceId: 'R-2', invoicedOn, settledOn: null, minor: 50_000n }))).toBe(limit);
  });

  it('looks at its own first days when it begins later than the file, and drops fractions of a cent', () => {
    const early = row({ customerId: 'C-0', invoiceId: 'R-0', invoicedOn: '2025-01-01', settledOn: '2025-01-02' });
    expect(limitOf(early, row({ minor: 3n }))).toBe(4n);
  });

  it('counts an invoice that was paid on its own day', () => {
    expect(limitOf(row({ settledOn: '2026-01-05' }))).toBe(15_000n);
  });
});
