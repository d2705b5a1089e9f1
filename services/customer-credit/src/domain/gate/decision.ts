import type { CreditLimit } from '../account/credit-account.ts';
import type { Exposure } from '../account/exposure.ts';
import type { Reason } from './reason.ts';

export type Outcome = 'approved' | 'held' | 'released' | 'declined';

/** The answer for one version of one order, with the figures it rests on; the answer can be given again from it. */
export interface Decision {
  customerId: string;
  seq: bigint;
  decisionId: string;
  orderId: string;
  /** Of the order's decision before this one; null for its first. */
  previousSeq: bigint | null;
  /** null when an unreadable message named only the order. */
  orderVersion: number | null;
  outcome: Outcome;
  decidedAt: Date;
  businessDay: string;
  policyVersion: string;
  /** `policy`, or `user:<id>`. */
  decidedBy: string;
  /** Minor units of the order's currency; null when it could not be read. */
  total: { minor: bigint; currency: string } | null;
  accountCurrency: string | null;
  /** Minor units of the account's currency; null when there was no rate. */
  totalInAccountCurrency: bigint | null;
  /** Account currency for one unit of the order's; null when they are the same or there was none. */
  rate: string | null;
  /** Before this order. */
  exposure: Exposure;
  limit: CreditLimit;
  adds: bigint | null;
  approval: { ceiling: bigint; validUntil: string } | null;
  reasons: Reason[];
  /** What the gate saw beside the figures above; null when there was nothing beside them. */
  facts: DecisionFacts | null;
}

/** Facts that are not as usual, under their names in `GateFacts`; amounts as text. */
export interface DecisionFacts {
  account?: Record<string, unknown>;
  order?: Record<string, unknown>;
  /** Approved because an amendment stayed within an earlier approval, or was a decrease; the limit was not asked. */
  keptApproval?: true;
  /** A person decided: who, why, and what was exceeded. */
  word?: PersonsWord;
  /** The policy ended a hold that nobody had answered: the business day on which it was opened. */
  heldSince?: string;
}

/** What people have said who decided against the rules, or ended a hold; amounts as text. */
export interface PersonsWord {
  reason: string;
  note?: string;
  reviewOn?: string;
  /** The one who asked, and the second one where it took two. */
  persons: readonly { userId: string; roles: readonly string[] }[];
  salesRepId?: string;
  exceeded?: readonly ExceededText[];
}

/** A limit that is exceeded (release-authority.ts), as JSON holds it. */
export interface ExceededText {
  code: string;
  subject: string | null;
  excess: string;
  limit: string;
  inAccountCurrency: string | null;
}
