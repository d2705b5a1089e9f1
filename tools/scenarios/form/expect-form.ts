import { holdStatuses } from '@ordergate/contracts';
import { isScalar } from 'yaml';
import { listOf, mapping, optional, required, type Read, type ValueOf } from './reading.ts';
import { count, decimal, id, limit, money, oneOf, text } from './scalars.ts';

const reasons = optional(listOf(text));
const orderStatuses = [
  'received',
  'approved',
  'held',
  'released',
  'declined',
  'cancelled',
  'expired',
  'shipped',
] as const;

export const expectForm = {
  outcome: optional(oneOf('approved', 'held', 'released', 'declined', 'ignored', 'authorized', 'refused')),
  reasons,
  reasonsInclude: reasons,
  /** How many were published for the order. */
  decisions: optional(count(0, 1000)),
  /** The code with which a person's call is refused. */
  refused: optional(text),
  customer: optional(id),
  group: optional(id),
  exposure: optional(
    mapping({
      total: optional(money),
      openOrders: optional(money),
      shippedNotInvoiced: optional(money),
      receivables: optional(money),
      instrumentsInHand: optional(money),
      unallocatedCredits: optional(money),
    }),
  ),
  available: optional(money),
  limit: optional(limit),
  approvedOrders: optional(count(0, 100_000)),
  heldOrders: optional(count(0, 100_000)),
  standing: optional(
    mapping({
      overdue: optional(money),
      disputed: optional(money),
      oldestOverdueDays: optional(count(0, 100_000)),
      dunningLevel: optional(count(0, 100)),
      weightedDaysLate: optional(decimal),
      ageing: optional(listOf(mapping({ bucket: required(text), amount: required(money) }))),
    }),
  ),
  hold: optional(mapping({ order: optional(id), status: optional(oneOf(...holdStatuses)), reasons })),
  order: optional(
    idOr(
      mapping({
        id: optional(id),
        status: optional(oneOf(...orderStatuses)),
        statusIn: optional(listOf(oneOf(...orderStatuses))),
      }),
      (name) => ({ id: name }),
    ),
  ),
  shipment: optional(
    mapping({ id: optional(id), outcome: optional(oneOf('authorized', 'refused')), reasons, reasonsInclude: reasons }),
  ),
  /** The kinds of alerts about the customer, in the order in which they came. [] = none. */
  alerts: optional(listOf(text)),
  /** Recipients, or what is known of the message: each must have been told. [] = nobody. */
  notified: optional(
    listOf(
      idOr(mapping({ recipient: optional(id), template: optional(text), order: optional(id) }), (name) => ({
        recipient: name,
      })),
    ),
  ),
};

export type Expectation = ValueOf<typeof expectForm>;

/** `order: O` for `order: { id: O }`. */
function idOr<T>(whole: Read<T>, ofId: (name: string) => T): Read<T> {
  return (node, name, reading) => {
    if (!isScalar(reading.resolve(node))) return whole(node, name, reading);
    const named = id(node, name, reading);
    return named === undefined ? undefined : ofId(named);
  };
}
