import type { CustomerOrder } from '../order/customer-order.ts';
import type { HoldOrder } from '../policy/policy.ts';
import type { CreditHold } from './credit-hold.ts';

/** A held order with its case. */
export interface HeldCase {
  order: CustomerOrder;
  hold: CreditHold | undefined;
}

type Comparison = (a: HeldCase, b: HeldCase) => number;

/** Which of a customer's held orders is asked first when credit comes free. What does not fit does not stop those after it. */
export function inReleaseOrder(held: readonly HeldCase[], holdOrder: HoldOrder): HeldCase[] {
  const first = comparisons[holdOrder];
  return [...held].sort((a, b) => first(a, b) || oldestFirst(a, b));
}

const oldestFirst: Comparison = ({ order: a }, { order: b }) =>
  (a.placedAt?.getTime() ?? 0) - (b.placedAt?.getTime() ?? 0) || (a.orderId < b.orderId ? -1 : 1);

/** What has no amount yet comes last. */
const smallestFirst: Comparison = ({ hold: a }, { hold: b }) =>
  compare(a?.totalInAccountCurrency ?? null, b?.totalInAccountCurrency ?? null);

/** The sender's own word first, then the score. */
const mostUrgentFirst: Comparison = ({ hold: a }, { hold: b }) =>
  (b?.urgency.priority ?? -1) - (a?.urgency.priority ?? -1) || (b?.priority ?? 0) - (a?.priority ?? 0);

const comparisons: Readonly<Record<HoldOrder, Comparison>> = {
  'oldest-first': () => 0,
  'smallest-first': smallestFirst,
  priority: mostUrgentFirst,
};

function compare(a: bigint | null, b: bigint | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
