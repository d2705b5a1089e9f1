import { totalOf, type DecisionRow } from '../history/history.ts';
import { check } from './check.ts';

/**
 * Folds the ledger of each customer by seq beside its decisions: the figures that a decision recorded are those of the
 * ledger, and no approving step leaves more than the limit recorded with it.
 */
export const withinTheLimit = check<'ledger' | 'decisions'>(
  'within-the-limit',
  'no approving step exceeds the limit recorded with it, and the exposure recorded is the ledger’s',
  ({ ledger, decisions }) => {
    const entries = Map.groupBy(ledger, ({ customer_id }) => customer_id);
    const problems: string[] = [];
    for (const [customerId, decided] of Map.groupBy(decisions, ({ customer_id }) => customer_id)) {
      const rest = [...(entries.get(customerId) ?? [])].sort((a, b) => (a.seq < b.seq ? -1 : 1));
      let exposure = 0n;
      for (const decision of [...decided].sort((a, b) => (a.seq < b.seq ? -1 : 1))) {
        while (rest[0] && rest[0].seq <= decision.seq) exposure += totalOf(rest.shift()!);
        problems.push(...problemsOf(decision, exposure));
      }
    }
    return problems;
  },
);

/** @param exposure after the decision, folded from the ledger */
function problemsOf(decision: DecisionRow, exposure: bigint): string[] {
  const { customer_id, seq, order_id, outcome, adds, limit_kind, limit_minor, kept_approval, decided_by } = decision;
  const step = `customer ${customer_id} seq ${seq} (${outcome} ${order_id})`;
  const isGrant = outcome === 'approved' || outcome === 'released';
  const recorded = totalOf(decision) + (isGrant ? (adds ?? 0n) : 0n);
  const problems: string[] = [];
  if (recorded !== exposure) problems.push(`${step} recorded ${recorded} of exposure, the ledger comes to ${exposure}`);
  // A person's release and an amendment within the approval are the exceptions that the policy grants.
  const isAsked = isGrant && (adds ?? 0n) > 0n && !kept_approval && decided_by === 'policy';
  const limit = limit_kind === 'amount' ? limit_minor! : 0n;
  if (isAsked && limit_kind !== 'unlimited' && exposure > limit)
    problems.push(`${step} left ${exposure} of exposure on a limit of ${limit}`);
  return problems;
}
