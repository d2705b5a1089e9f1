import type { Exposure } from './exposure.ts';
import { nothingTold, type KeptStanding } from './kept-standing.ts';

/** The exposure that is allowed: an amount in minor units of the account's currency, `unlimited`, or `none`. Zero is an amount. */
export type CreditLimit = { kind: 'amount'; minor: bigint } | { kind: 'unlimited' } | { kind: 'none' };

/** Why an account may not buy on credit at all. `closed`: its master record was deleted. */
export interface Block {
  blockId: string;
  kind: 'stop' | 'legal' | 'bankruptcy' | 'manual' | 'closed';
  reason: string;
  blockedBy: string;
}

/** A person wants the customer, or one order, held whatever the rules say; never released automatically. */
export interface ForcedHold {
  holdId: string;
  /** null: every order of the account. */
  orderId: string | null;
  reason: string;
  placedBy: string;
}

/** What secures the exposure. Amounts in minor units of the account's currency. */
export interface Collateral {
  collateralId: string;
  kind: 'guarantee' | 'letter-of-credit' | 'mortgage' | 'deposit' | 'credit-insurance';
  amount: bigint;
  /** The share of the amount that counts, in hundredths of a percent. */
  coversPercent: bigint;
  raisesLimit: boolean;
  validFrom: string | null;
  validUntil: string | null;
  /** From this day on the insurer wants deliveries stopped. */
  stopDeliveryOn: string | null;
}

/** Who has raised a limit last, on that business day: such a person does not release the orders under it then. */
export interface LimitRaised {
  on: string;
  by: readonly string[];
}

/** What people agree with a customer beside the base limit; most accounts have none of it. */
export interface SpecialTerms {
  temporaryLimit?: { limit: CreditLimit; from: string; until: string };
  segmentLimits?: Record<string, { limit: CreditLimit; validUntil: string | null }>;
  /** The day on which the account is to be reviewed. */
  reviewOn?: string;
  collateral?: readonly Collateral[];
  forcedHolds?: readonly ForcedHold[];
  limitRaised?: LimitRaised;
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
  /** The credit group that counts `poolShare`, in minor units of its currency. */
  poolId: string | null;
  poolShare: bigint;
  paymentTermsDays: number | null;
  blocks: Block[];
  terms: SpecialTerms;
  /** How the customer pays, as collections last told. */
  standing: KeptStanding;
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
  /** The newest orders (order-history.ts); null while no policy asks for them. */
  recentOrders: string | null;
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
    poolId: null,
    poolShare: 0n,
    paymentTermsDays: null,
    blocks: [],
    terms: {},
    standing: nothingTold,
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
    recentOrders: null,
    seq: 0n,
  };
}
