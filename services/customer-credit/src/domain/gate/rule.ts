import type { Block, CreditLimit } from '../account/credit-account.ts';
import type { Exposure } from '../account/exposure.ts';
import type { Parameters } from '../policy/policy.ts';
import type { Reason } from './reason.ts';

/** What the account's open items say on the business day, disputed parts left out. Minor units of the account's currency. */
export interface OpenItemFacts {
  /** Sum of the items that are more than the policy's `overdue-items` days overdue. */
  overdue: bigint;
  /** Sum of all open items, the base of `percentMin`. */
  open: bigint;
  /** Days that the oldest is overdue; 0 when none is. */
  oldestOverdueDays: number;
}

/** Everything a decision rests on. Same facts, same decision, for ever; they are stored with it. */
export interface GateFacts {
  account: {
    /** null: no credit account exists. */
    currency: string | null;
    limit: CreditLimit;
    blocks: readonly Block[];
    /** Before this order: its own reservation is left out. */
    exposure: Exposure;
    /** Some receivable has no rate, so the exposure is not known in full. */
    hasUnconverted: boolean;
    openItems: OpenItemFacts;
  };
  order: {
    /** In the account's currency; null when there is no rate for the day. */
    total: bigint | null;
    /** What approving it would add to the exposure, in the account's currency. */
    adds: bigint;
    currency: string;
    prepaid: boolean;
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
