import fc from 'fast-check';
import type { ReceivableEvent } from './receivable-event.ts';

const customerId = 'C-1';
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
const minor = fc.bigInt({ min: 1n, max: 400n });
const currency = fc.constantFrom('EUR', 'EUR', 'USD', 'JPY');
// Few ids, so that events meet: twice, too early, undone and again.
const id = fc.constantFrom('1', '2', '3', '4');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const invoice = fc
  .record({
    invoiceId: id,
    orderId: maybe(fc.constantFrom('O-1', 'O-2')),
    currency,
    dueOn: day,
    parts: fc.array(fc.tuple(minor, day), { maxLength: 3 }),
  })
  .map(({ currency: its, parts, orderId, ...rest }): ReceivableEvent => {
    const instalments = parts.map(([part, dueOn]) => ({ dueOn, amount: { minor: part, currency: its } }));
    const total = { minor: parts.reduce((sum, [part]) => sum + part, 0n), currency: its };
    return {
      type: 'InvoicePosted.v1',
      customerId,
      issuedOn: '2026-12-01',
      total,
      ...rest,
      ...(orderId ? { orderId } : {}),
      ...(parts.length ? { instalments } : {}),
    };
  });

const received = fc
  .record({
    creditId: id,
    currency,
    on: day,
    total: minor,
    named: fc.array(fc.tuple(id, minor), { maxLength: 3 }),
    isCheque: fc.boolean(),
  })
  .map(({ creditId, currency: its, on, total, named, isCheque }): ReceivableEvent => {
    const allocations = named.map(([invoiceId, part]) => ({ invoiceId, amount: { minor: part, currency: its } }));
    const common = { customerId, total: { minor: total, currency: its }, receivedOn: on, allocations };
    if (isCheque) return { type: 'InstrumentReceived.v1', instrumentId: creditId, dueOn: '2027-01-31', ...common };
    return { type: 'PaymentReceived.v1', paymentId: creditId, ...common };
  });

const creditNote = fc
  .record({ creditNoteId: id, currency, minor, issuedOn: day, invoiceId: maybe(id) })
  .map(({ currency: its, minor: total, invoiceId, ...rest }): ReceivableEvent => ({
    type: 'CreditNotePosted.v1',
    customerId,
    total: { minor: total, currency: its },
    ...rest,
    ...(invoiceId ? { invoiceId } : {}),
  }));

const about = fc
  .record({
    which: fc.constantFrom('InstrumentCleared.v1', 'InstrumentBounced.v1', 'PaymentReversed.v1'),
    documentId: id,
  })
  .map(
    ({ which, documentId }) =>
      (which === 'PaymentReversed.v1'
        ? { type: which, customerId, paymentId: documentId }
        : { type: which, customerId, instrumentId: documentId }) as ReceivableEvent,
  );

const onInvoice = fc
  .record({
    which: fc.constantFrom('DisputeOpened.v1', 'DisputeResolved.v1', 'WriteOffPosted.v1'),
    documentId: id,
    invoiceId: id,
    currency,
    minor: maybe(minor),
  })
  .map(({ which, documentId, invoiceId, currency: its, minor: part }) => {
    const amount = part === undefined ? {} : { amount: { minor: part, currency: its } };
    if (which !== 'WriteOffPosted.v1')
      return { type: which, customerId, disputeId: documentId, invoiceId, ...amount } as ReceivableEvent;
    return {
      type: which,
      customerId,
      writeOffId: documentId,
      invoiceId,
      amount: { minor: part ?? 1n, currency: its },
      on: '2026-12-31',
    } as ReceivableEvent;
  });

/** Up to 25 events of one customer in three currencies, of which the account (EUR) has no rate for the yen. */
export const anyEvents: fc.Arbitrary<ReceivableEvent[]> = fc.array(
  fc.oneof(invoice, invoice, received, received, creditNote, about, onInvoice),
  {
    maxLength: 25,
  },
);
