import { describe, expect, it } from '@jest/globals';
import type { ComparedOrder } from './compared-order.ts';
import type { PaymentKind } from './payment-outcome.ts';
import { Tally, totalOf, type Sum } from './tally.ts';

const order = (before: string, after: string, kind: PaymentKind, minor = 100n, currency = 'EUR'): ComparedOrder => ({
  ...{ customerId: 'C-1', orderId: `${before}-${after}-${kind}`, day: '2026-03-02', minor, currency },
  before: before === '' ? [] : before.split(' '),
  after: after === '' ? [] : after.split(' '),
  payment: { kind, daysLate: null, isUnpaid: false },
});
const tallied = (...orders: ComparedOrder[]): Tally => {
  const tally = new Tally();
  orders.forEach((one) => tally.add(one));
  return tally;
};
const text = ({ orders, minor }: Sum) =>
  `${orders}: ${[...minor].map(([currency, value]) => `${value} ${currency}`).join(' + ')}`;

describe('A tally of two policies', () => {
  it('counts what each approves and holds, by what became of it, in each currency', () => {
    const { before, after } = tallied(
      order('', 'order-value', 'on-time'),
      order('', '', 'too-late', 50n),
      order('dunning-level', 'dunning-level', 'too-late', 7n, 'USD'),
      order('', 'dunning-level', 'too-late', 30n),
    );
    expect([text(before.approved['on-time']), text(before.approved['too-late'])]).toEqual(['1: 100 EUR', '2: 80 EUR']);
    expect([text(after.held['on-time']), text(after.held['too-late'])]).toEqual(['1: 100 EUR', '2: 7 USD + 30 EUR']);
    expect(text(totalOf(after.held))).toBe('3: 130 EUR + 7 USD');
  });

  it('tells newly held from newly approved, and other reasons from other answers', () => {
    const tally = tallied(
      order('', 'a', 'on-time'),
      order('a', '', 'late', 20n),
      order('a', 'b', 'late'),
      order('a b', 'b a', 'late'),
      order('', '', 'late'),
    );
    expect([text(tally.newlyHeld['on-time']), text(tally.newlyApproved.late)]).toEqual(['1: 100 EUR', '1: 20 EUR']);
    expect([tally.otherReasons, tally.changed.length, tally.customers]).toEqual([1, 2, 1]);
  });

  it('counts an order under each of its reasons, and apart where it is the only one', () => {
    const tally = tallied(
      order('a b', 'a', 'on-time'),
      order('', 'a c', 'too-late', 30n),
      order('b', '', 'late', 5n),
      // Two credit groups are two reasons of one code.
      order('g g', 'g g', 'late', 1n),
    );
    const [a, b, c, g] = ['a', 'b', 'c', 'g'].map((code) => tally.reasons.get(code)!);
    expect([text(totalOf(a!.before)), text(totalOf(a!.after)), text(a!.aloneAfter)]).toEqual([
      '1: 100 EUR',
      '2: 130 EUR',
      '1: 100 EUR',
    ]);
    expect([text(a!.newlyHeld['too-late']), text(c!.newlyHeld['too-late']), text(a!.newlyHeld['on-time'])]).toEqual([
      ...['1: 30 EUR', '1: 30 EUR', '0: '],
    ]);
    expect([text(b!.newlyApproved.late), text(b!.aloneBefore)]).toEqual(['1: 5 EUR', '1: 5 EUR']);
    expect([text(totalOf(g!.before)), text(g!.aloneBefore)]).toEqual(['1: 1 EUR', '1: 1 EUR']);
  });

  it('knows what each month held', () => {
    const tally = tallied(order('a', '', 'late'), { ...order('', 'a', 'late', 5n), day: '2026-04-01' });
    const months = [...tally.months].map(([month, { all, heldBefore, heldAfter }]) => [
      ...[month, text(all), text(totalOf(heldBefore)), text(totalOf(heldAfter))],
    ]);
    expect(months).toEqual([
      ['2026-03', '1: 100 EUR', '1: 100 EUR', '0: '],
      ['2026-04', '1: 5 EUR', '0: ', '1: 5 EUR'],
    ]);
  });
});
