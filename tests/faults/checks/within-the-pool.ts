import type { DecisionRow } from '../history/history.ts';
import { check } from './check.ts';

/** Credit groups: no approving step lifts what a group owes above the limit that it had then, of the group and of those above it. */
export const withinThePool = check<'decisions'>(
  'within-the-pool',
  'no approving step exceeds the limit of a credit group, as recorded with it',
  ({ decisions }) => decisions.flatMap(problemsOf),
);

function problemsOf(decision: DecisionRow): string[] {
  const { customer_id, seq, order_id, outcome, adds, kept_approval, decided_by, pools } = decision;
  const isGrant = outcome === 'approved' || outcome === 'released';
  const isAsked = isGrant && (adds ?? 0n) > 0n && !kept_approval && decided_by === 'policy';
  return (isAsked ? (pools ?? []) : []).flatMap(({ id, limit, exposure, adds: more }) => {
    const after = BigInt(exposure) + BigInt(more ?? 0);
    const most = limit.kind === 'amount' ? BigInt(limit.minor!) : 0n;
    if (limit.kind === 'unlimited' || after <= most) return [];
    return [
      `customer ${customer_id} seq ${seq} (${outcome} ${order_id}) left group ${id} at ${after} on a limit of ${most}`,
    ];
  });
}
