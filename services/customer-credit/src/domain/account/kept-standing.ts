import { noStanding } from '../gate/facts-record.ts';
import type { Standing } from '../gate/rule.ts';
import type { CreditAccount } from './credit-account.ts';

/** What is kept of the last standing that collections told. Its days late are those of 365 days. */
export interface KeptStanding extends Standing {
  /** What the amounts are in; null: nothing was told yet. */
  currency: string | null;
  /** The latest of all that was paid, in days: no average over any window is above it. */
  mostDaysLate: number;
  /** The message that the payment record was last changed by: what was computed from it holds until the next one. */
  paidToldBy: string | null;
  /** What is promised and not paid yet, by the last day on which it is in time. Minor units. */
  promised: readonly { payOn: string; amount: bigint }[];
}

export const nothingTold: KeptStanding = {
  ...noStanding,
  currency: null,
  mostDaysLate: 0,
  paidToldBy: null,
  promised: [],
};

/** What promises excuse on the business day: a promise whose day has passed excuses nothing, whether it is told as broken or not. */
export function promisedOn({ standing, currency }: CreditAccount, businessDay: string): bigint {
  if (standing.promised.length === 0 || standing.currency !== currency) return 0n;
  return standing.promised.reduce((sum, { payOn, amount }) => (payOn < businessDay ? sum : sum + amount), 0n);
}
