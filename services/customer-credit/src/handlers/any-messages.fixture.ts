import type { EventByHand } from '@ordergate/messaging/testing';
import fc from 'fast-check';
import * as message from './credit-messages.fixture.ts';

/** Few ids, so that messages meet: twice, too early, undone and again. */
const one = (prefix: string) => fc.constantFrom(`${prefix}-1`, `${prefix}-2`, `${prefix}-3`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
// EUR and USD have rates to each other on both days, yen to euro only on the second, yen to dollar never.
const money = fc
  .record({ units: fc.integer({ min: 1, max: 600 }), currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY') })
  .map(({ units, currency }) => ({ amount: currency === 'JPY' ? String(units * 100) : `${units}.37`, currency }));
const dueOn = fc.constantFrom('2026-01-10', '2026-01-25', '2026-02-20', '2026-03-30');
const on = '2026-03-02';

/** The message for a customer; its ids are new with every call. */
export type Make = (customerId: string) => EventByHand;

/** Draws fields, leaves out those that are undefined, and makes the message of them. */
function of<Fields extends object>(
  weight: number,
  fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> },
  make: (customerId: string, fields: Fields) => EventByHand,
) {
  const withoutGaps = (drawn: object) =>
    Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as Fields;
  const arbitrary = fc.record(fields).map(
    (drawn): Make =>
      (customerId) =>
        make(customerId, withoutGaps(drawn)),
  );
  return { weight, arbitrary };
}

const orderId = one('O');
const invoiceId = one('I');
const version = { orderId, total: money, paymentMethod: maybe(fc.constant('prepaid')) };
const goods = { orderId, shipmentId: one('S'), value: money };
const malformedTotal = fc.constantFrom({ amount: '1.234', currency: 'EUR' }, '12');

const orders = [
  of(6, version, (id, { orderId: its, ...fields }) => message.placed(id, its, fields)),
  of(4, { ...version, orderVersion: fc.integer({ min: 2, max: 4 }) }, (id, { orderId: its, ...fields }) =>
    message.amended(id, its, fields),
  ),
  of(1, { orderId }, (id, it) => message.cancelled(id, it.orderId)),
  of(3, { ...goods, final: maybe(fc.constant(true)) }, (id, { orderId: its, value, ...fields }) =>
    message.shipped(id, its, value, fields),
  ),
  of(4, { ...goods, value: maybe(money) }, (id, it) => message.requested(id, it.orderId, it.shipmentId, it.value)),
  of(1, goods, (id, it) => message.returned(id, it.orderId, it.value)),
  of(2, { orderId, total: malformedTotal }, (id, { orderId: its, total }) => message.placed(id, its, { total })),
];

/** Money that names the invoice it is meant for, or none. */
const received = fc
  .tuple(money, maybe(invoiceId))
  .map(([total, named]) => ({ total, ...(named && { allocations: [{ invoiceId: named, amount: total }] }) }));
const cheque = { kind: 'cheque', receivedOn: on, dueOn: '2026-04-30' };
const about = (type: string, fields: Record<string, fc.Arbitrary<unknown>>, more: object = { on }) =>
  of(1, fields, (id, it) => message.receivable(type, id, { ...more, ...it }));
const receivables = [
  of(5, { invoiceId, orderId: maybe(orderId), total: money, dueOn }, (id, { invoiceId: its, total, ...fields }) =>
    message.invoiced(id, its, total, fields),
  ),
  of(3, { paymentId: one('P'), received }, (id, it) => message.paid(id, it.paymentId, it.received.total, it.received)),
  of(1, { instrumentId: one('Q'), received }, (id, it) =>
    message.receivable('InstrumentReceived', id, { instrumentId: it.instrumentId, ...cheque, ...it.received }),
  ),
  about('CreditNotePosted', { creditNoteId: one('N'), invoiceId: maybe(invoiceId), total: money }, { issuedOn: on }),
  about('PaymentReversed', { paymentId: one('P') }),
  about('InstrumentBounced', { instrumentId: one('Q') }),
  about('InstrumentCleared', { instrumentId: one('Q') }),
  about('DisputeOpened', { disputeId: one('D'), invoiceId, amount: maybe(money) }),
  about('DisputeResolved', { disputeId: one('D'), invoiceId }),
  about('WriteOffPosted', { writeOffId: one('W'), invoiceId, amount: money }),
];

const limit = fc.oneof(
  fc.constantFrom({ kind: 'none' }, { kind: 'unlimited' }),
  fc.integer({ min: 1, max: 1500 }).map((units) => ({ kind: 'amount', units })),
);
/** The second customer's account is in dollars. */
const currencyOf = (customerId: string): string => (customerId.startsWith('B') ? 'USD' : 'EUR');
const limitOf = (customerId: string, { kind, units }: { kind: string; units?: number }) => ({
  kind,
  ...(units && { amount: { amount: `${units}.00`, currency: currencyOf(customerId) } }),
});
const record = {
  told: maybe(limit),
  riskClass: maybe(fc.constantFrom('A', 'D')),
  hour: fc.integer({ min: 1, max: 9 }),
};
/** Some senders give an id twice: what has it second is no repeat, unless it says the same. */
const reusingIds = ({ weight, arbitrary }: (typeof orders)[number]) => ({
  weight,
  arbitrary: fc
    .tuple(arbitrary, fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, fc.record({ id: one('again') })))
    .map(([make, reused]): Make => (customerId) => ({ ...make(customerId), ...reused })),
});
const facts = [
  of(4, record, (id, { told, hour, ...fields }) =>
    message.registered(id, {
      currency: currencyOf(id),
      limit: told && limitOf(id, told),
      updatedAt: `2026-03-01T0${hour}:00:00Z`,
      ...fields,
    }),
  ),
  of(2, { limit }, (id, it) => message.limitSet(id, limitOf(id, it.limit))),
  of(1, { blockId: one('B') }, (id, { blockId }) =>
    message.command('BlockAccount', id, { blockId, kind: 'legal', reason: 'law suit', requestedBy: 'u-1' }),
  ),
  of(1, { blockId: one('B') }, (id, { blockId }) => message.command('LiftBlock', id, { blockId, requestedBy: 'u-1' })),
  of(2, {}, (id) => message.reevaluation(id)),
  of(2, { orderId }, (id, it) => message.approvalsDue(id, it.orderId, 'O-1')),
  of(1, { orderId }, (id, it) => message.goodsDue(id, it.orderId, 'O-1')),
  of(2, { orderId }, (id, it) => message.holdsDue(id, it.orderId, 'O-1')),
];

/** Finance works the holds; u-1 is also who sets limits, which is a reason not to let them release. */
const by = fc.record({
  userId: fc.constantFrom('u-1', 'u-2', 'u-3'),
  roles: fc.constantFrom('credit-manager', 'credit-manager', 'credit-analyst', 'sales'),
});
const desk = [
  of(4, { orderId, by }, (id, it) => message.command('ReleaseHold', id, { ...it, reason: 'payment promised' })),
  of(1, { orderId, by }, (id, it) => message.command('DeclineHold', id, { ...it, reason: 'too risky' })),
  of(2, { orderId, by, answer: fc.constantFrom('confirmed', 'confirmed', 'refused') }, (id, it) =>
    message.command('AnswerReleaseRequest', id, { ...it, note: 'as agreed' }),
  ),
];

/** So that a counterexample can be read. */
const readable = ({ type, data }: EventByHand): string => `${type} ${JSON.stringify(data)}`;

/** Anything that can come for a customer; every eighth order message breaks its contract, every sixth has an id that others have. */
export const anyMessage: fc.Arbitrary<Make> = fc
  .oneof(...orders.map(reusingIds), ...receivables, ...facts, ...desk)
  .map((make) => Object.assign(make, { [fc.toStringMethod]: () => readable(make('A')) }));
