import type { BookRow, DecisionRow } from '../history/history.ts';
import { check, effective, orderKey } from './check.ts';

/** What order systems read is what the gate decided. */
export const bookAgrees = check<'records' | 'decisions' | 'book'>(
  'book-agrees',
  'the order service’s book holds the newest version, the cancellation and the effective decision of every order',
  ({ records, decisions, book }) => {
    const rows = new Map(book.map((row) => [orderKey(row), row]));
    const decided = Map.groupBy(decisions, orderKey);
    const published = Map.groupBy(
      records.filter(({ topic }) => topic === 'orders'),
      ({ data }) => `${data.customerId} ${data.orderId}`,
    );
    return [...published].flatMap(([key, messages]) => {
      const isCancelled = messages.some(({ type }) => type === 'OrderCancelled.v1');
      const newest = Math.max(0, ...messages.map(({ data }) => data.orderVersion ?? 0));
      const row = rows.get(key);
      if (!row) return [`order ${key} is not in the book`];
      return [
        ...(row.is_cancelled === isCancelled
          ? []
          : [`order ${key} is ${isCancelled ? '' : 'not '}cancelled, its book differs`]),
        ...((row.order_version ?? 0) === newest || isCancelled
          ? []
          : [`order ${key} is at version ${newest}, its book at ${row.order_version}`]),
        ...decisionProblem(key, row, decided.get(key)),
      ];
    });
  },
);

function decisionProblem(key: string, row: BookRow, decisions: readonly DecisionRow[] | undefined): string[] {
  if (!decisions) return row.decision_outcome === null ? [] : [`order ${key} was never decided, its book says it was`];
  const { outcome, order_version, seq } = effective(decisions);
  const isSame = row.decision_outcome === outcome && row.decision_seq === seq && row.decision_version === order_version;
  return isSame
    ? []
    : [
        `order ${key} was ${outcome} (version ${order_version}, seq ${seq}), its book says ` +
          `${row.decision_outcome} (version ${row.decision_version}, seq ${row.decision_seq})`,
      ];
}
