import { divideHalfEven } from '@ordergate/money';
import { overdueDays, type OpenItem } from '@ordergate/receivables';
import { worthlessDaysLate, type RecordSums } from './payment-record.ts';

/**
 * The payment record as one number from 0 to 100: what an average unit of the customer's money was worth. In time it is
 * worth 100, each day late takes off a sixtieth, and from 60 days on it is worth nothing. What is overdue today and not
 * disputed counts as if it were paid today. null: nothing was paid in the window and nothing is overdue, so nobody can say.
 */
export function paymentScore(record: RecordSums, overdue: readonly OpenItem[], businessDay: string): number | null {
  const worthless = BigInt(worthlessDaysLate);
  let { amount, cappedDays } = record;
  for (const item of overdue) {
    const undisputed = item.open - item.disputed;
    amount += undisputed;
    cappedDays += undisputed * BigInt(Math.min(overdueDays(item, businessDay), worthlessDaysLate));
  }
  return amount === 0n ? null : Number(divideHalfEven(100n * (worthless * amount - cappedDays), worthless * amount));
}
