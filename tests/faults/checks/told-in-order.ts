import { check } from './check.ts';

const topics = ['credit-decisions', 'credit-accounts'];

/** Messages leave in the order of their commits, so the first telling of each comes in the order of `seq`. */
export const toldInOrder = check<'records'>(
  'told-in-order',
  'a customer’s messages are told in the order of seq; only repeats come later',
  ({ records }) => {
    const last = new Map<string, number>();
    const told = new Set<string>();
    return records
      .filter(({ topic, data }) => topics.includes(topic) && data.seq !== undefined)
      .flatMap(({ topic, id, data: { customerId, seq, shipmentId } }) => {
        // Who asks about a shipment again, under another id, is told its answer again.
        const what = shipmentId === undefined ? id : `${customerId} ${shipmentId} ${seq}`;
        if (told.has(what)) return [];
        told.add(what);
        const key = `${topic} ${customerId}`;
        const before = last.get(key) ?? 0;
        last.set(key, Math.max(before, seq!));
        return seq! > before ? [] : [`customer ${customerId}: seq ${seq} was first told after ${before} on ${topic}`];
      });
  },
);
