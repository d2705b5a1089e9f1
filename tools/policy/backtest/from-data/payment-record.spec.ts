import { describe, expect, it } from '@jest/globals';
import { PaymentRecord } from './payment-record.ts';

const paid = (paidOn: string, daysLate: number, amount: bigint) => ({ currency: 'EUR', paidOn, daysLate, amount });

describe('The payment record of a customer', () => {
  it('averages days late over the days of each window, weighted by amount', () => {
    const record = new PaymentRecord();
    record.add(paid('2026-03-01', 10, 100n));
    record.add(paid('2026-03-05', 0, 300n));
    expect([record.daysLate(5, '2026-03-05'), record.daysLate(4, '2026-03-05')]).toEqual([250n, 0n]);
    record.add(paid('2026-03-06', 70, 100n));
    expect([record.daysLate(5, '2026-03-06'), record.daysLate(365, '2026-03-06')]).toEqual([1750n, 1600n]);
    expect(record.daysLate(5, '2026-04-01')).toBe(0n);
    expect(record.mostDaysLate).toBe(70);
  });

  it('counts more than sixty days as sixty for the score, and knows its oldest day', () => {
    const record = new PaymentRecord();
    record.add(paid('2026-03-01', 10, 100n));
    record.add(paid('2026-03-06', 70, 100n));
    expect(record.sums(5, '2026-03-06')).toEqual({
      amount: 100n,
      days: 7000n,
      cappedDays: 6000n,
      oldestPaidOn: '2026-03-06',
    });
    expect(record.sums(6, '2026-03-06')).toEqual({
      amount: 200n,
      days: 8000n,
      cappedDays: 7000n,
      oldestPaidOn: '2026-03-01',
    });
  });
});
