import type { DecisionRow, TopicRecord } from '../history/history.ts';
import { check, effective, orderKey } from './check.ts';

const grants: readonly string[] = ['approved', 'released'];

/** Every version that was published gets its first decision, once; what follows are releases and holds for other reasons. */
export const oneDecisionPerVersion = check<'records' | 'decisions' | 'gateOrders'>(
  'one-decision-per-version',
  'every order that was published has one effective decision, and each version at most one first decision',
  ({ records, decisions, gateOrders }) => {
    const byOrder = Map.groupBy(decisions, orderKey);
    const statuses = new Map(gateOrders.map((row) => [orderKey(row), row.status]));
    const problems: string[] = [];
    for (const [key, versions] of askedFor(records)) {
      const decided = byOrder.get(key) ?? [];
      for (const version of versions.asked) {
        if (!decided.some(({ order_version }) => order_version === version))
          problems.push(`order ${key} version ${version} was published and never decided`);
      }
      problems.push(...statusProblem(key, statuses.get(key), decided, versions.isCancelled));
    }
    for (const [key, decided] of byOrder)
      for (const [version, ofVersion] of Map.groupBy(decided, ({ order_version }) => order_version))
        problems.push(...sequenceProblems(`order ${key} version ${version}`, ofVersion));
    return problems;
  },
);

/** By order: the versions that need a decision. An older one, or one after the cancellation, is ignored. */
function askedFor(records: readonly TopicRecord[]): Map<string, { asked: Set<number>; isCancelled: boolean }> {
  const orders = new Map<string, { asked: Set<number>; isCancelled: boolean; newest: number }>();
  for (const { topic, type, data } of records) {
    if (topic !== 'orders') continue;
    const key = `${data.customerId} ${data.orderId}`;
    const order = orders.get(key) ?? { asked: new Set(), isCancelled: false, newest: 0 };
    if (type === 'OrderCancelled.v1') order.isCancelled = true;
    const isNewest = (data.orderVersion ?? 0) > order.newest;
    if ((type === 'OrderPlaced.v1' || type === 'OrderAmended.v1') && !order.isCancelled && isNewest) {
      order.asked.add(data.orderVersion!);
      order.newest = data.orderVersion!;
    }
    orders.set(key, order);
  }
  return orders;
}

function statusProblem(
  key: string,
  status: string | undefined,
  decided: DecisionRow[],
  isCancelled: boolean,
): string[] {
  const expected = isCancelled ? 'cancelled' : decided.length > 0 ? effective(decided).outcome : undefined;
  return status === expected ? [] : [`order ${key} stands as ${status}, and its effective decision is ${expected}`];
}

function sequenceProblems(key: string, decisions: readonly DecisionRow[]): string[] {
  const sorted = [...decisions].sort((a, b) => (a.seq < b.seq ? -1 : 1));
  return sorted.flatMap(({ outcome, reasons, seq }, at) => {
    const before = sorted[at - 1];
    if (!before) return outcome === 'released' ? [`${key} was released (seq ${seq}) before it was decided`] : [];
    if (outcome === 'approved') return [`${key} has a second first decision (approved, seq ${seq})`];
    const isRepeat = grants.includes(before.outcome)
      ? outcome === 'released'
      : outcome === 'held' && before.reasons === reasons;
    return isRepeat ? [`${key} was decided the same again (${outcome}, seq ${seq} after ${before.seq})`] : [];
  });
}
