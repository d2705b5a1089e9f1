import { describe, expect, it } from '@jest/globals';
import { applyReceivable } from './apply-receivable.ts';
import { bookAfter, euroRates, given, inCurrency, moved } from './book.fixture.ts';
import type { ReceivableEvent } from './receivable-event.ts';

const apply = (before: ReceivableEvent[], event: ReceivableEvent) =>
  applyReceivable(bookAfter(...before), event, euroRates);
const twoInstalments = {
  instalments: [
    { dueOn: '2026-12-15', amount: inCurrency('40') },
    { dueOn: '2026-11-15', amount: inCurrency('60') },
  ],
};

describe('a dispute', () => {
  const invoice = given.invoice('I', '100', twoInstalments);
  const disputed = (...events: ReceivableEvent[]) =>
    bookAfter(...events)
      .items.get('I')!
      .map((item) => item.disputed);

  it.each([
    { events: [invoice, given.dispute('D', 'I')], parts: [4000n, 6000n], because: 'all of it is contested' },
    {
      events: [invoice, given.dispute('D', 'I', '70')],
      parts: [1000n, 6000n],
      because: 'the oldest due is contested first',
    },
    {
      events: [given.dispute('D', 'I', '70'), invoice],
      parts: [1000n, 6000n],
      because: 'a dispute may come before its invoice',
    },
    {
      events: [invoice, given.dispute('D', 'I'), given.payment('P', '60')],
      parts: [4000n, 0n],
      because: 'what is paid is not contested',
    },
    { events: [invoice, given.dispute('D', 'I'), given.resolved('D', 'I')], parts: [0n, 0n], because: 'it is settled' },
    {
      events: [invoice, given.dispute('D', 'I'), given.resolved('D', 'I', '90')],
      parts: [0n, 1000n],
      because: 'a tenth is still contested',
    },
    {
      events: [invoice, given.dispute('D', 'I', '10'), given.dispute('E', 'I', '20')],
      parts: [0n, 3000n],
      because: 'disputes add up',
    },
    {
      events: [invoice, given.payment('P', '100'), given.dispute('D', 'I'), given.reversed('P')],
      parts: [4000n, 6000n],
      because: 'what opens again is contested again',
    },
  ])('leaves $parts contested, since $because', ({ events, parts }) => expect(disputed(...events)).toEqual(parts));

  it('moves no sums', () => expect(moved(apply([invoice], given.dispute('D', 'I')))).toEqual({}));

  it('is refused in another currency, or when it was never opened', () => {
    const inDollars = { ...given.dispute('D', 'I'), amount: { minor: 1n, currency: 'USD' } } as ReceivableEvent;
    expect(apply([invoice], inDollars)).toMatchObject({ outcome: 'refused' });
    expect(apply([invoice], given.resolved('D', 'I'))).toMatchObject({ outcome: 'refused' });
  });
});

describe('a write-off', () => {
  const invoice = given.invoice('I', '100', { orderId: 'O' });

  it('takes what is given up off the receivables and leaves what was invoiced', () => {
    expect(moved(apply([invoice], given.writeOff('W', 'I', '30')))).toEqual({ receivables: -3000n });
  });

  it.each([
    { before: [], violation: 'invoice I was never posted' },
    { before: [invoice, given.payment('P', '80')], violation: 'amount exceeds what is open of invoice I' },
  ])('is refused: $violation', ({ before, violation }) =>
    expect(apply(before, given.writeOff('W', 'I', '30'))).toEqual({
      outcome: 'refused',
      violations: [violation],
    }),
  );
});
