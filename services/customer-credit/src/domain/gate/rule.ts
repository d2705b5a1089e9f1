import type { Block, CreditLimit, ForcedHold } from '../account/credit-account.ts';
import type { Exposure } from '../account/exposure.ts';
import type { PaymentMethod } from '../order/customer-order.ts';
import type { Parameters } from '../policy/parameters.ts';
import type { Reason } from './reason.ts';

/** What the account's open items say on the business day, disputed parts left out. Minor units of the account's currency. */
export interface OpenItemFacts {
  /** Sum of the items that are more than the policy's `overdue-items` days overdue, less what is promised. */
  overdue: bigint;
  /** Sum of all open items, the base of `percentMin`. */
  open: bigint;
  /** Days that the oldest is overdue; 0 when none is. */
  oldestOverdueDays: number;
}

/** A limit over more, or less, than the account: of a segment, or of a credit group above it. */
export interface PoolFacts {
  id: string;
  currency: string;
  limit: CreditLimit;
  /** The last day of the limit; null: it does not end. */
  validUntil: string | null;
  /** Before this order, in minor units of the pool's currency. */
  exposure: bigint;
  /** What this order would add, in the pool's currency; null when there is no rate to it. */
  adds: bigint | null;
}

/** How the customer pays, as collections last told. */
export interface Standing {
  dunningLevel: number;
  /** Average days late of what was paid in the window that the policy names, weighted by amount, in hundredths of a day. */
  daysLate: bigint;
  /** 0 (worst) to 100; null when there is none. */
  score: number | null;
}

/** The order, and those of the policy's window with it, against what the customer usually orders. Minor units. */
export interface DemandFacts {
  /** How many earlier orders say what is usual. */
  orders: number;
  /** Median of single orders. */
  usualOrder: bigint;
  /** This order and those of the window, and the median of what earlier windows came to; null without `windowDays`. */
  inWindow: bigint | null;
  usualInWindow: bigint | null;
}

/** Orders of the window by the same representative for this and linked customers, each under the threshold, this one with them. */
export interface SplitFacts {
  salesRepId: string;
  orders: number;
  total: bigint;
}

/** Everything a decision rests on. Same facts, same decision, for ever; they are stored with it. */
export interface GateFacts {
  account: {
    customerId: string;
    /** null: no credit account exists. */
    currency: string | null;
    /** In force on the business day: temporary or base, with what collateral adds. */
    limit: CreditLimit;
    /** The last day of the limit that is in force. */
    limitValidUntil: string | null;
    reviewOn: string | null;
    blocks: readonly Block[];
    /** Of the account, and of this order. */
    forcedHolds: readonly ForcedHold[];
    screening: string;
    riskClass: string | null;
    /** The customer's own; the order may name another. */
    segment: string | null;
    paymentTermsDays: number | null;
    /** Before this order: its own reservation is left out. */
    exposure: Exposure;
    /** Some receivable has no rate, so the exposure is not known in full. */
    hasUnconverted: boolean;
    openItems: OpenItemFacts;
    /** What valid collateral covers. */
    secured: bigint;
    /** The day from which the insurer wants deliveries stopped, the earliest of all. */
    insuranceStopOn: string | null;
    standing: Standing;
    segmentLimit: PoolFacts | null;
    /** From the customer's own group upwards. */
    groups: readonly PoolFacts[];
  };
  order: {
    /** In the account's currency; null when there is no rate for the day. */
    total: bigint | null;
    /** What approving it would add to the exposure, in the account's currency. */
    adds: bigint;
    currency: string;
    prepaid: boolean;
    paymentMethod: PaymentMethod;
    /** Days from invoice to due day, when the order names them. */
    paymentTermsDays: number | null;
    instrumentDueOn: string | null;
    /** The calendar day on which it was placed. */
    placedOn: string;
    segment: string | null;
    salesRepId: string | null;
    /** The largest discount of a line, in hundredths of a percent. */
    discountPercent: bigint;
    /** null: the policy does not ask, or the order is within what it allows. */
    demand: DemandFacts | null;
    split: SplitFacts | null;
  };
  parameters: Parameters;
  businessDay: string;
}

/** A credit account exists and so it has a currency. */
export interface KnownAccountFacts extends GateFacts {
  account: GateFacts['account'] & { currency: string };
}

/** One reason for which an order can be held; null when it passes. */
export type Rule = (facts: KnownAccountFacts) => Reason | null;
/** One reason for each subject that holds: two credit groups, two expressions. */
export type RuleOfMany = (facts: KnownAccountFacts) => readonly Reason[];
