import type { PaymentOutcome } from './payment-outcome.ts';

/** What a policy says to an order: the codes of the reasons for which it is held; none means approved. */
export type Answer = readonly string[];

/** One order as both policies answer it, and what became of it. */
export interface ComparedOrder {
  customerId: string;
  orderId: string;
  /** The business day on which it was decided. */
  day: string;
  /** Minor units of the account's currency. */
  minor: bigint;
  currency: string;
  before: Answer;
  after: Answer;
  payment: PaymentOutcome;
}

export const isHeld = (answer: Answer): boolean => answer.length > 0;
