import { compareText } from './open-item.ts';

export const creditKinds = ['payment', 'credit-note', 'instrument', 'write-off'] as const;
export type CreditKind = (typeof creditKinds)[number];

/** `posted`: payments, credit notes and write-offs; the next three: instruments; `reversed`: a payment that did not hold. */
export type CreditState = 'posted' | 'in-hand' | 'cleared' | 'bounced' | 'reversed';

/** A part of a credit's rest that waits for an invoice that has not been posted yet. */
export interface Earmark {
  readonly invoiceId: string;
  /** Minor units of the credit's currency. */
  readonly amount: bigint;
}

/** What a credit has paid of one item. */
export interface Allocation {
  readonly invoiceId: string;
  readonly instalmentNo: number;
  /** In the item's currency. */
  amount: bigint;
  /** In the account's currency at the item's rate; null while the item is unconverted. */
  booked: bigint | null;
  /** What it took of the credit, in the credit's currency. */
  creditAmount: bigint;
}

/** Whatever makes a customer owe less. All amounts are minor units. */
export interface Credit {
  readonly kind: CreditKind;
  readonly creditId: string;
  readonly currency: string;
  readonly amount: bigint;
  /** What has paid nothing yet, earmarked parts included. */
  unallocated: bigint;
  /** The same in the account's currency at the rate of the booking; null while there was no rate. */
  bookedUnallocated: bigint | null;
  state: CreditState;
  readonly receivedOn: string;
  /** Instruments: the day on which they may be presented. */
  readonly dueOn: string | null;
  earmarks: readonly Earmark[];
  /** Those that are loaded: all of a credit that is in hand, was named by an event, or paid an unconverted item. */
  readonly allocations: Allocation[];
}

/** Payments and credit notes come from different number ranges, so an id names a credit only with its kind. */
export const creditKey = (kind: CreditKind, creditId: string): string => `${kind} ${creditId}`;

/** Sorts the oldest money first. */
export function byReceivedDay(left: Credit, right: Credit): number {
  return (
    compareText(left.receivedOn, right.receivedOn) ||
    compareText(left.kind, right.kind) ||
    compareText(left.creditId, right.creditId)
  );
}
