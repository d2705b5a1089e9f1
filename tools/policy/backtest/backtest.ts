import type { Policy } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { comparePolicies, type ComparedPolicies } from '../compare/compare-policies.ts';
import type { Judging } from './payment-outcome.ts';
import type { Tally } from './tally.ts';

/** What all customers owe and have ordered at the end of a day, under each policy. Minor units by currency. */
export interface OwedOn {
  day: string;
  before: ReadonlyMap<string, bigint>;
  after: ReadonlyMap<string, bigint>;
}

/** Two policies on the same orders, and what they rest on. */
export interface Backtest {
  before: { version: string; from: string };
  after: { version: string; from: string };
  /** Where orders and payments are from, in a few words. */
  source: string;
  /** The first and the last day of which orders are compared. */
  from: string;
  to: string;
  judging: Judging;
  tally: Tally;
  /** null: the decisions were taken with several policies. */
  differences: ComparedPolicies | null;
  /** Day by day; empty where each policy does not run its own course. */
  owed: readonly OwedOn[];
  /** What the comparison assumes and cannot say, a sentence or two each. */
  notes: readonly string[];
}

/** What one policy says differently from those that decided; null when these were several. */
export function differencesFrom(before: readonly Policy[], after: Policy): ComparedPolicies | null {
  const [only, ...more] = before;
  return only === undefined || more.length > 0 ? null : comparePolicies(only, after);
}
