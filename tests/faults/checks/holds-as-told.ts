import type { HoldRow, TopicRecord } from '../history/history.ts';
import { check, orderKey } from './check.ts';

/** The topic is compacted: who builds a work-list from it has what it says last of each order. */
export const holdsAsTold = check<'records' | 'holds'>(
  'holds-as-told',
  'what credit-holds says last of an order is what stands in its hold',
  ({ records, holds }) => {
    const last = new Map<string, TopicRecord['data']>();
    for (const { topic, data } of records) {
      if (topic === 'credit-holds') last.set(`${data.customerId} ${data.orderId}`, data);
    }
    const known = new Set(holds.map(orderKey));
    return [
      ...holds.flatMap((hold) => problems(hold, last.get(orderKey(hold)))),
      ...[...last.keys()]
        .filter((key) => !known.has(key))
        .map((key) => `a hold of order ${key} is told, and there is none`),
    ];
  },
);

function problems(hold: HoldRow, told: TopicRecord['data'] | undefined): string[] {
  if (!told) return [`the hold of order ${orderKey(hold)} was never told`];
  const stands = `seq ${hold.seq} ${hold.status} ${hold.reason_codes.join(' ')}`;
  const says = `seq ${told.seq} ${told.status} ${(told.reasons ?? []).map(({ code }) => code).join(' ')}`;
  return stands === says ? [] : [`the hold of order ${orderKey(hold)} stands at ${stands}; told last is ${says}`];
}
