import type { Exposure } from './exposure.ts';

/** The exposure that is allowed: an amount in minor units of the account's currency, `unlimited`, or `none`. Zero is an amount. */
export type CreditLimit = { kind: 'amount'; minor: bigint } | { kind: 'unlimited' } | { kind: 'none' };

/** Why an account may not buy on credit at all. `closed`: its master record was deleted. */
export interface Block {
  blockId: string;
  kind: 'stop' | 'legal' | 'bankruptcy' | 'manual' | 'closed';
  reason: string;
  blockedBy: string;
}

/** The customer's credit master, as the gate knows it. */
export interface CreditAccount {
  customerId: string;
  /** null: a stub. There is a row to lock, but no account; its orders hold `unknown-customer`. */
  currency: string | null;
  limit: CreditLimit;
  limitValidUntil: string | null;
  riskClass: string | null;
  screening: string;
  segment: string | null;
  salesRepId: string | null;
  creditGroupId: string | null;
  paymentTermsDays: number | null;
  blocks: Block[];
  /** When the master record last changed at its source; an older record changes nothing. */
  masterUpdatedAt: Date | null;
  /** The limit that each source sent last, so that its resend does not undo an analyst's change. */
  sourceLimits: Record<string, string>;
  exposure: Exposure;
  /** Earliest due day of an undisputed open item. */
  oldestDueOn: string | null;
  /** A receivable without a rate: the exposure is not known in full. */
  hasUnconverted: boolean;
  openHolds: number;
  /** Counts the account's decisions and state changes: 1, 2, 3 … */
  seq: bigint;
}

/** A stub as it is before anything is known of the customer. */
export function stubAccount(customerId: string): CreditAccount {
  return {
    customerId,
    currency: null,
    limit: { kind: 'none' },
    limitValidUntil: null,
    riskClass: null,
    screening: 'passed',
    segment: null,
    salesRepId: null,
    creditGroupId: null,
    paymentTermsDays: null,
    blocks: [],
    masterUpdatedAt: null,
    sourceLimits: {},
    exposure: {
      openOrders: 0n,
      shippedNotInvoiced: 0n,
      receivables: 0n,
      instrumentsInHand: 0n,
      unallocatedCredits: 0n,
    },
    oldestDueOn: null,
    hasUnconverted: false,
    openHolds: 0,
    seq: 0n,
  };
}
