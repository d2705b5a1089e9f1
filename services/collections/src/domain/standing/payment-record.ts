import { addDays, daysBetween, divideHalfEven } from '@ordergate/money';
import type { Book, Credit } from '@ordergate/receivables';

/**
 * How a customer has paid: what was settled with money, by the day it came and the days it came late. Credit notes and
 * write-offs are no payments. An instrument counts once it has cleared, as paid on the day from which it could be presented.
 */
export interface PaidAmount {
  readonly currency: string;
  readonly paidOn: string;
  /** Days after the due day; 0 = in time. */
  readonly daysLate: number;
  /** Minor units. */
  readonly amount: bigint;
}

/** What all that a customer was paid in a window comes to. */
export interface RecordSums {
  /** Minor units. */
  readonly amount: bigint;
  /** Σ amount × days late. */
  readonly days: bigint;
  /** Σ amount × days late, where more than `worthlessDaysLate` count as that many. */
  readonly cappedDays: bigint;
  /** The first day in the window on which something was paid; null when nothing was. */
  readonly oldestPaidOn: string | null;
}

export const noRecord: RecordSums = { amount: 0n, days: 0n, cappedDays: 0n, oldestPaidOn: null };

/** The days, the business day included, that a standing looks back at. */
export const windowDays = 365;
/** Money that comes this late, or later, adds nothing to the score. */
export const worthlessDaysLate = 60;
// What the contract of the message can say.
const daysLateMax = 36_500;

/** The first day that counts on a business day. */
export const windowStart = (businessDay: string): string => addDays(businessDay, 1 - windowDays);

export const recordKey = ({ currency, paidOn, daysLate }: PaidAmount): string => `${currency} ${paidOn} ${daysLate}`;

/** What the loaded credits of a book have paid, by key. */
export function paidAmounts(book: Book): Map<string, PaidAmount> {
  const paid = new Map<string, PaidAmount>();
  for (const credit of book.credits.values()) {
    const paidOn = paidDay(credit);
    if (paidOn === null) continue;
    for (const { invoiceId, instalmentNo, amount } of credit.allocations) {
      const item = book.items.get(invoiceId)!.find((instalment) => instalment.instalmentNo === instalmentNo)!;
      const daysLate = Math.min(Math.max(0, daysBetween(item.dueOn, paidOn)), daysLateMax);
      const part = { currency: item.currency, paidOn, daysLate, amount };
      const key = recordKey(part);
      paid.set(key, { ...part, amount: amount + (paid.get(key)?.amount ?? 0n) });
    }
  }
  return paid;
}

function paidDay({ kind, state, receivedOn, dueOn }: Credit): string | null {
  if (kind === 'payment') return state === 'posted' ? receivedOn : null;
  if (kind !== 'instrument' || state !== 'cleared') return null;
  return dueOn !== null && dueOn > receivedOn ? dueOn : receivedOn;
}

/** By how much the record has changed; amounts may be negative. */
export function recordChanges(
  before: ReadonlyMap<string, PaidAmount>,
  after: ReadonlyMap<string, PaidAmount>,
): PaidAmount[] {
  return [...new Map([...before, ...after])].flatMap(([key, part]) => {
    const amount = (after.get(key)?.amount ?? 0n) - (before.get(key)?.amount ?? 0n);
    return amount === 0n ? [] : [{ ...part, amount }];
  });
}

/** Weighted average days late, Σ(amount × days late) / Σ amount, in hundredths of a day. 0 when nothing was paid. */
export function weightedDaysLate({ amount, days }: RecordSums): bigint {
  return amount === 0n ? 0n : divideHalfEven(days * 100n, amount);
}
