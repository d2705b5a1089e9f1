import type { Totals } from './book/totals.ts';

/** By how much the sums of the book changed. */
export type Movement = Totals;

/** What is known of currencies while an event is applied. */
export interface Rates {
  /** Minor units in the account's currency, rounded half-even; null when there is no rate, or no account yet. */
  toAccountCurrency(minor: bigint, currency: string): bigint | null;
  /**
   * Whether a payment may pay an invoice of another currency that it names, compared through booked values. Default true;
   * false for a reader without rates, who keeps each currency by itself.
   */
  comparesCurrencies?: boolean;
}

export type ReceivableOutcome =
  | { outcome: 'applied'; movement: Movement }
  | {
      outcome: 'ignored';
      because: 'already-posted' | 'already-cleared' | 'already-bounced' | 'already-reversed' | 'already-resolved';
    }
  /** The event can never be applied; one sentence for each reason. The book is as it was. */
  | { outcome: 'refused'; violations: string[] };

export type Ignored = Extract<ReceivableOutcome, { outcome: 'ignored' }>;
export type Refused = Extract<ReceivableOutcome, { outcome: 'refused' }>;

export const ignored = (because: Ignored['because']): Ignored => ({ outcome: 'ignored', because });
export const refused = (...violations: string[]): Refused => ({ outcome: 'refused', violations });
