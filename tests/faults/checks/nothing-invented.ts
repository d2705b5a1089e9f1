import { check } from './check.ts';

/** Written by the lanes of customer-credit alone; its HTTP commands are another source. */
const topics = ['credit-decisions', 'credit-accounts', 'credit-holds'];

/** Publishing is at least once, and of what was committed: the same id may come again, a story of its own may not. */
export const nothingInvented = check<'records' | 'tables' | 'decisions'>(
  'nothing-invented',
  'what the gate has published was committed: each message is in the log, each decision told is the decision stored',
  ({ records, tables, decisions }) => {
    const logged = new Set(tables['customer-credit'].log.map(({ id }) => id));
    const stored = new Map(decisions.map((row) => [`${row.customer_id} ${row.seq}`, row.decision_id]));
    return records
      .filter(({ topic }) => topics.includes(topic))
      .flatMap(({ topic, id, type, partition, offset, data }) => {
        const what = `${type} ${id} on ${topic} (partition ${partition}, offset ${offset})`;
        if (!logged.has(id)) return [`${what} was never committed`];
        const isOther =
          data.decisionId !== undefined && stored.get(`${data.customerId} ${data.seq}`) !== data.decisionId;
        return isOther
          ? [`${what} tells decision ${data.decisionId}, which is not the one stored as seq ${data.seq}`]
          : [];
      });
  },
);
