import { addDays } from '@ordergate/money';
import {
  noRecord,
  weightedDaysLate,
  worthlessDaysLate,
  type PaidAmount,
  type RecordSums,
} from '../../../../services/collections/src/domain/standing/payment-record.ts';

/** What one customer has paid, for windows that end on days which only go forward. */
export class PaymentRecord {
  private readonly paid: PaidAmount[] = [];
  private readonly windows = new Map<number, { first: number; next: number; sums: RecordSums }>();
  mostDaysLate = 0;

  /** Days never go back. */
  add(paid: PaidAmount): void {
    this.paid.push(paid);
    this.mostDaysLate = Math.max(this.mostDaysLate, paid.daysLate);
  }

  /** All that was paid in so many days up to the day, that included. */
  sums(windowDays: number, day: string): RecordSums {
    const window = this.windows.get(windowDays) ?? { first: 0, next: 0, sums: noRecord };
    this.windows.set(windowDays, window);
    while (window.next < this.paid.length) window.sums = plus(window.sums, this.paid[window.next++]!, 1n);
    const since = addDays(day, 1 - windowDays);
    while (window.first < window.next && this.paid[window.first]!.paidOn < since)
      window.sums = plus(window.sums, this.paid[window.first++]!, -1n);
    return { ...window.sums, oldestPaidOn: this.paid[window.first]?.paidOn ?? null };
  }

  /** Hundredths of a day. */
  daysLate(windowDays: number, day: string): bigint {
    return weightedDaysLate(this.sums(windowDays, day));
  }
}

function plus(sums: RecordSums, { daysLate, amount }: PaidAmount, sign: bigint): RecordSums {
  const counted = amount * sign;
  return {
    ...sums,
    amount: sums.amount + counted,
    days: sums.days + counted * BigInt(daysLate),
    cappedDays: sums.cappedDays + counted * BigInt(Math.min(daysLate, worthlessDaysLate)),
  };
}
