import { addDays } from '@ordergate/money';
import { ageing, overdue, overdueDays, type AgeingBucket, type OpenItem } from '@ordergate/receivables';
import { missingOf, promisedOf, type Commitment, type Instalment } from '../promise/commitment.ts';
import { paymentScore } from './payment-score.ts';
import { weightedDaysLate, windowDays, type RecordSums } from './payment-record.ts';

/**
 * How a customer pays, on a business day. Amounts are minor units of one currency, the credit account's: rates are the
 * gate's. Days and the dunning level look at items of every currency.
 */
export interface Standing {
  readonly currency: string;
  /** Open items whose due day has passed, disputed parts left out. */
  readonly overdue: bigint;
  readonly oldestOverdueDays: number;
  readonly disputed: bigint;
  readonly dunningLevel: number;
  /** Hundredths of a day, over the window. */
  readonly weightedDaysLate: bigint;
  readonly score: number | null;
  readonly ageing: readonly AgeingBucket[];
  /** What is promised and still missing, by day. */
  readonly promised: readonly Instalment[];
}

export interface StandingFacts {
  currency: string;
  /** Everything that is unpaid, in every currency. */
  openItems: readonly OpenItem[];
  /** Open promises and plans, in every currency. */
  commitments: readonly Commitment[];
  record: RecordSums;
  dunningLevel: number;
  businessDay: string;
}

// What the contract of the message can say.
const overdueDaysMax = 36_500;

/** The standing that these facts come to. The dunning level falls to 0 as soon as nothing is overdue (SEMANTICS.md, Policy). */
export function standingOf(facts: StandingFacts): Standing {
  const { currency, openItems, commitments, record, dunningLevel, businessDay } = facts;
  const items = openItems.filter((item) => item.currency === currency);
  const overdueItems = undisputedOverdue(openItems, businessDay);
  const overdueHere = overdueItems.filter((item) => item.currency === currency);
  const oldest = overdueItems.reduce((most, item) => Math.max(most, overdueDays(item, businessDay)), 0);
  return {
    currency,
    overdue: overdueHere.reduce((sum, { open, disputed }) => sum + open - disputed, 0n),
    oldestOverdueDays: Math.min(oldest, overdueDaysMax),
    disputed: items.reduce((sum, { disputed }) => sum + disputed, 0n),
    dunningLevel: overdueItems.length === 0 ? 0 : dunningLevel,
    weightedDaysLate: weightedDaysLate(record),
    score: paymentScore(record, overdueHere, businessDay),
    ageing: ageing(items, businessDay),
    promised: promisedOf(commitments, currency),
  };
}

/** Overdue items of which some part is not disputed. */
export const undisputedOverdue = (items: readonly OpenItem[], businessDay: string): OpenItem[] =>
  overdue(items, businessDay).filter(({ open, disputed }) => open > disputed);

/** The last day on which the standing still holds if nothing comes; null: for ever. */
export function standsUntil({ openItems, commitments, record, businessDay }: StandingFacts): string | null {
  const days = openItems.map(({ dueOn }) => (dueOn < businessDay ? businessDay : dueOn));
  days.push(...commitments.flatMap((commitment) => missingOf(commitment).map(({ payOn }) => payOn)));
  // From then on what was paid first is out of the window.
  if (record.oldestPaidOn !== null) {
    const counted = record.oldestPaidOn < businessDay ? record.oldestPaidOn : businessDay;
    days.push(addDays(counted, windowDays - 1));
  }
  return days.reduce<string | null>((first, day) => (first === null || day < first ? day : first), null);
}

/** Whether a reader would see a difference. */
export function isSameStanding(left: Standing, right: Standing): boolean {
  return (
    left.currency === right.currency &&
    left.overdue === right.overdue &&
    left.oldestOverdueDays === right.oldestOverdueDays &&
    left.disputed === right.disputed &&
    left.dunningLevel === right.dunningLevel &&
    left.weightedDaysLate === right.weightedDaysLate &&
    left.score === right.score &&
    isSameList(left.ageing, right.ageing, ({ bucket, amount }) => `${bucket} ${amount}`) &&
    isSameList(left.promised, right.promised, ({ payOn, amount }) => `${payOn} ${amount}`)
  );
}

const isSameList = <T>(left: readonly T[], right: readonly T[], text: (entry: T) => string): boolean =>
  left.length === right.length && left.every((entry, at) => text(entry) === text(right[at]!));
