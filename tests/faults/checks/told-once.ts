import type { DecisionRow } from '../history/history.ts';
import { check } from './check.ts';

/** A mail may come twice after a crash between the server's answer and our commit: at most once more, and it says so. */
export const toldOnce = check<'decisions' | 'notifications' | 'mails'>(
  'told-once',
  'every hold, and every one that has expired, was told to people, once; a mail that comes again is marked, and comes again once at most',
  ({ decisions, notifications, mails }) => {
    const told = new Set(notifications.map(({ decision_id }) => decision_id));
    const received = Map.groupBy(mails, ({ notificationId }) => notificationId);
    return [
      ...decisions
        .filter((decision) => isToPeople(decision) && !told.has(decision.decision_id))
        .map(
          ({ order_id, outcome, decision_id }) =>
            `nobody was told that ${order_id} is ${outcome} (decision ${decision_id})`,
        ),
      ...notifications
        .filter(({ status, is_told }) => status === 'pending' || !is_told)
        .map(({ notification_id, status }) => `notification ${notification_id} is ${status} and its outcome not told`),
      ...notifications
        .filter(({ status, notification_id }) => status === 'sent' && !received.has(notification_id))
        .map(({ notification_id }) => `notification ${notification_id} counts as sent, and no mail came`),
      ...[...received].flatMap(([id, copies]) => [
        ...(copies.slice(1).every(({ isMarked }) => isMarked) ? [] : [`the mail of ${id} came again without a mark`]),
        ...(copies.length > 2 ? [`the mail of ${id} came ${copies.length} times`] : []),
      ]),
    ];
  },
);

/** What a person has declined that person knows. */
function isToPeople({ outcome, reasons }: DecisionRow): boolean {
  return outcome === 'held' || (outcome === 'declined' && reasons.split(' ').includes('hold-expired'));
}
