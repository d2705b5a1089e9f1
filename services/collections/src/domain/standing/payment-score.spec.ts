import { describe, expect, it } from '@jest/globals';
import type { OpenItem } from '@ordergate/receivables';
import { noRecord, type RecordSums } from './payment-record.ts';
import { paymentScore } from './payment-score.ts';

const paid = (amount: bigint, daysLate: bigint): RecordSums => ({
  ...{ amount, days: amount * daysLate, oldestPaidOn: '2026-01-01' },
  cappedDays: amount * (daysLate < 60n ? daysLate : 60n),
});
const overdue = (open: bigint, dueOn: string, disputed = 0n) => ({ open, dueOn, disputed }) as OpenItem;

describe('The score of a payment record', () => {
  it.each([
    { record: noRecord, items: [], score: null, because: 'nobody can say' },
    { record: paid(100n, 0n), items: [], score: 100, because: 'all came in time' },
    { record: paid(100n, 6n), items: [], score: 90, because: 'each day takes off a sixtieth' },
    { record: paid(100n, 59n), items: [], score: 2, because: 'day 59 is worth a sixtieth' },
    { record: paid(100n, 60n), items: [], score: 0, because: 'day 60 is worth nothing' },
    { record: paid(100n, 400n), items: [], score: 0, because: 'later cannot be worth less' },
    {
      record: paid(100n, 0n),
      items: [overdue(100n, '2026-01-31')],
      score: 75,
      because: 'what is overdue counts as if paid today',
    },
    { record: noRecord, items: [overdue(100n, '2025-01-01')], score: 0, because: 'the oldest debt is worth nothing' },
    {
      record: paid(100n, 0n),
      items: [overdue(100n, '2026-01-31', 50n)],
      score: 83,
      because: 'a disputed part does not count',
    },
  ])('is $score, since $because', ({ record, items, score }) =>
    expect(paymentScore(record, items, '2026-03-02')).toBe(score),
  );
});
