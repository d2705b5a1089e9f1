import { minorOf } from '@ordergate/money';
import type { TopicRecord } from '../history/history.ts';
import { check } from './check.ts';

const none = 'none';

/** A decision rests on the limit that the last change before it has set; an account begins with none. */
export const limitIsCurrent = check<'records' | 'decisions'>(
  'limit-is-current',
  'a decision rests on the limit that was last set before it',
  ({ records, decisions }) => {
    const changes = Map.groupBy(
      records.filter(({ type }) => type === 'CreditLimitChanged.v1'),
      ({ data }) => data.customerId!,
    );
    for (const ofCustomer of changes.values()) ofCustomer.sort((a, b) => a.data.seq! - b.data.seq!);
    return decisions.flatMap(({ customer_id, seq, order_id, limit_kind, limit_minor }) => {
      const last = changes.get(customer_id)?.findLast(({ data }) => BigInt(data.seq!) < seq);
      const expected = last ? limitText(last) : none;
      const used = limit_kind === 'amount' ? String(limit_minor) : limit_kind;
      return used === expected
        ? []
        : [`customer ${customer_id} seq ${seq} (${order_id}) was decided on a limit of ${used}, it was ${expected}`];
    });
  },
);

function limitText({ data: { after } }: TopicRecord): string {
  return after?.amount ? String(minorOf(after.amount.amount, after.amount.currency)) : (after?.kind ?? none);
}
