import { describe, expect, it } from '@jest/globals';
import { applyReceivable } from './apply-receivable.ts';
import { bookAfter, euroRates, forInvoice, given, inCurrency, moved, openByItem } from './book.fixture.ts';
import type { ReceivableEvent } from './receivable-event.ts';

const apply = (before: ReceivableEvent[], event: ReceivableEvent) => {
  const book = bookAfter(...before);
  return { book, outcome: applyReceivable(book, event, euroRates) };
};
const twoInstalments = {
  instalments: [
    { dueOn: '2026-12-15', amount: inCurrency('40') },
    { dueOn: '2026-11-15', amount: inCurrency('60') },
  ],
};

describe('an invoice', () => {
  it('is receivable, and invoiced for its order', () => {
    expect(moved(apply([], given.invoice('I', '100', { orderId: 'O' })).outcome)).toEqual({
      receivables: 10000n,
      invoiced: { O: 10000n },
    });
  });

  it('opens one item an instalment', () => {
    expect(openByItem(apply([], given.invoice('I', '100', twoInstalments)).book)).toEqual({
      'I/1': 4000n,
      'I/2': 6000n,
    });
  });

  it('is refused when its instalments are not the total', () => {
    const { book, outcome } = apply([], given.invoice('I', '101', twoInstalments));
    expect(outcome).toEqual({ outcome: 'refused', violations: ['instalments must sum to the total'] });
    expect(openByItem(book)).toEqual({});
  });

  it('of nothing owes nothing', () => expect(moved(apply([], given.invoice('I', '0')).outcome)).toEqual({}));

  it('is converted once, so that its instalments sum to it', () => {
    const thirds = ['0.01', '0.01', '0.01'].map((amount) => ({
      dueOn: '2026-12-01',
      amount: inCurrency(amount, 'USD'),
    }));
    const { book, outcome } = apply(
      [],
      given.invoice('I', '0', { total: inCurrency('0.03', 'USD'), instalments: thirds }),
    );
    expect(moved(outcome)).toEqual({ receivables: 3n });
    expect(book.items.get('I')!.map(({ bookedAmount }) => bookedAmount)).toEqual([1n, 1n, 1n]);
  });
});

describe('a payment', () => {
  const two = [
    given.invoice('LATE', '50', { dueOn: '2026-12-09' }),
    given.invoice('SOON', '50', { dueOn: '2026-12-02' }),
  ];

  it.each([
    { total: '50', more: {}, open: { LATE: 5000n, SOON: 0n }, rest: 0n, because: 'the oldest due comes first' },
    { total: '70', more: {}, open: { LATE: 3000n, SOON: 0n }, rest: 0n, because: 'what is left goes to the next' },
    {
      total: '130',
      more: {},
      open: { LATE: 0n, SOON: 0n },
      rest: 3000n,
      because: 'what nothing is open for is a credit',
    },
    {
      total: '50',
      more: { allocations: [forInvoice('LATE', '50')] },
      open: { LATE: 0n, SOON: 5000n },
      rest: 0n,
      because: 'it names its invoice',
    },
    {
      total: '50',
      more: { allocations: [forInvoice('LATE', '20')] },
      open: { LATE: 3000n, SOON: 5000n },
      rest: 3000n,
      because: 'the sender kept the rest back',
    },
    {
      total: '70',
      more: { allocations: [forInvoice('LATE', '70')] },
      open: { LATE: 0n, SOON: 5000n },
      rest: 2000n,
      because: 'it named one invoice only',
    },
    {
      total: '50',
      more: { allocations: [] },
      open: { LATE: 5000n, SOON: 0n },
      rest: 0n,
      because: 'naming nothing is not naming',
    },
  ])('of $total leaves $open open and $rest to spare, since $because', ({ total, more, open, rest }) => {
    const { book } = apply(two, given.payment('P', total, more));
    expect(openByItem(book)).toEqual({ 'LATE/1': open.LATE, 'SOON/1': open.SOON });
    expect(book.credits.get('payment P')!.unallocated).toBe(rest);
  });

  it('moves receivables out, and its rest to the unallocated credits', () => {
    expect(moved(apply(two, given.payment('P', '130')).outcome)).toEqual({
      receivables: -10000n,
      unallocatedCredits: 3000n,
    });
  });

  it('pays the instalment that is due first, whatever the order on the invoice', () => {
    expect(openByItem(apply([given.invoice('I', '100', twoInstalments)], given.payment('P', '60')).book)).toEqual({
      'I/1': 4000n,
      'I/2': 0n,
    });
  });

  it('waits for an invoice that it names and that is not posted yet', () => {
    const early = given.payment('P', '80', { allocations: [forInvoice('I', '60')] });
    const { book, outcome } = apply([early, given.invoice('OTHER', '10')], given.invoice('I', '100'));
    expect(moved(outcome)).toEqual({ receivables: 4000n, unallocatedCredits: -6000n });
    expect(openByItem(book)).toEqual({ 'OTHER/1': 1000n, 'I/1': 4000n });
    expect(book.credits.get('payment P')).toMatchObject({ unallocated: 2000n, earmarks: [] });
  });

  it.each([
    { allocations: [forInvoice('I', '60')], violation: 'allocations must not exceed the total' },
    { allocations: [forInvoice('I', '10', 'USD')], violation: 'allocations must be in EUR' },
  ])('is refused: $violation', ({ allocations, violation }) => {
    expect(apply([], given.payment('P', '50', { allocations })).outcome).toEqual({
      outcome: 'refused',
      violations: [violation],
    });
  });

  it('that is reversed leaves what it had paid open again, and no rest', () => {
    const { book, outcome } = apply([...two, given.payment('P', '130')], given.reversed('P'));
    expect(moved(outcome)).toEqual({ receivables: 10000n, unallocatedCredits: -3000n });
    expect(openByItem(book)).toEqual({ 'LATE/1': 5000n, 'SOON/1': 5000n });
    expect(applyReceivable(book, given.reversed('P'), euroRates)).toEqual({
      outcome: 'ignored',
      because: 'already-reversed',
    });
  });

  it('that never came cannot be reversed', () => {
    expect(apply([], given.reversed('P')).outcome).toEqual({
      outcome: 'refused',
      violations: ['payment P was never received'],
    });
  });
});

describe('a credit note', () => {
  const invoice = given.invoice('I', '100', { orderId: 'O' });

  it('pays its invoice and lessens what was invoiced for the order', () => {
    expect(moved(apply([invoice], given.creditNote('N', '30', { invoiceId: 'I' })).outcome)).toEqual({
      receivables: -3000n,
      invoiced: { O: -3000n },
    });
  });

  it('for an invoice that is paid already is credit, and lessens what was invoiced all the same', () => {
    const { outcome } = apply([invoice, given.payment('P', '100')], given.creditNote('N', '30', { invoiceId: 'I' }));
    expect(moved(outcome)).toEqual({ unallocatedCredits: 3000n, invoiced: { O: -3000n } });
  });

  it('beyond its invoice never takes the order below nothing', () => {
    const { outcome } = apply([invoice], given.creditNote('N', '130', { invoiceId: 'I' }));
    expect(moved(outcome)).toEqual({ receivables: -10000n, unallocatedCredits: 3000n, invoiced: { O: -10000n } });
  });

  it('that names no invoice is an unallocated credit', () => {
    expect(moved(apply([invoice], given.creditNote('N', '30')).outcome)).toEqual({ unallocatedCredits: 3000n });
  });

  it('before its invoice waits for it', () => {
    const { outcome } = apply([given.creditNote('N', '30', { invoiceId: 'I' })], invoice);
    expect(moved(outcome)).toEqual({ receivables: 7000n, unallocatedCredits: -3000n, invoiced: { O: 7000n } });
  });

  it('in another currency than its invoice is refused', () => {
    const { outcome } = apply([invoice], given.creditNote('N', '0', { invoiceId: 'I', total: inCurrency('5', 'USD') }));
    expect(outcome).toEqual({ outcome: 'refused', violations: ['must be in EUR, the currency of invoice I'] });
  });
});

describe('an instrument', () => {
  const invoice = given.invoice('I', '100');
  const [cheque, cleared, bounced] = [given.cheque('Q', '130'), given.cleared('Q'), given.bounced('Q')];

  it.each([
    {
      when: 'it comes',
      before: [invoice],
      event: cheque,
      moves: { receivables: -10000n, instrumentsInHand: 13000n, unallocatedCredits: 3000n },
    },
    { when: 'it clears', before: [invoice, cheque], event: cleared, moves: { instrumentsInHand: -13000n } },
    {
      when: 'it bounces in hand',
      before: [invoice, cheque],
      event: bounced,
      moves: { receivables: 10000n, instrumentsInHand: -13000n, unallocatedCredits: -3000n },
    },
    {
      when: 'it bounces after it cleared',
      before: [invoice, cheque, cleared],
      event: bounced,
      moves: { receivables: 10000n, unallocatedCredits: -3000n },
    },
  ])('moves $moves when $when', ({ before, event, moves }) =>
    expect(moved(apply(before, event).outcome)).toEqual(moves),
  );

  it.each([
    { before: [cheque], event: cheque, because: 'already-posted' },
    { before: [cheque, cleared], event: cleared, because: 'already-cleared' },
    { before: [cheque, bounced], event: bounced, because: 'already-bounced' },
  ])('is ignored: $because', ({ before, event, because }) =>
    expect(apply(before, event).outcome).toEqual({ outcome: 'ignored', because }),
  );

  it.each([
    { before: [], event: cleared, violation: 'instrument Q was never received' },
    { before: [], event: bounced, violation: 'instrument Q was never received' },
    {
      before: [cheque, bounced],
      event: cleared,
      violation: 'instrument Q has bounced; post a payment if the money came after all',
    },
  ])('is refused: $violation', ({ before, event, violation }) =>
    expect(apply(before, event).outcome).toEqual({ outcome: 'refused', violations: [violation] }),
  );
});

describe('the same document again', () => {
  const [invoice, payment, note] = [given.invoice('1', '9'), given.payment('1', '2'), given.creditNote('1', '3')];
  const writeOff = given.writeOff('1', '1', '1');

  it.each([invoice, payment, note, writeOff].map((event) => ({ type: event.type, event })))(
    'is ignored: $type',
    ({ event }) => {
      const { book, outcome } = apply([invoice, payment, note, writeOff], event);
      expect(outcome).toEqual({ outcome: 'ignored', because: 'already-posted' });
      expect(openByItem(book)).toEqual({ '1/1': 600n });
    },
  );
});
