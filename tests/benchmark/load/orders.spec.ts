import { describe, expect, it } from '@jest/globals';
import { parse } from '@ordergate/contracts';
import { creditLimit, customerCount, hotCustomer, Orders, type BenchmarkOrder } from './orders.ts';

const at = '2026-11-21T10:00:00.000Z';
const many = 20_000;
function stream(seed: number, isHot = false): BenchmarkOrder[] {
  const orders = new Orders(seed);
  return Array.from({ length: many }, (_, number) => orders.next(number, isHot, at));
}
const share = (orders: readonly BenchmarkOrder[], is: (order: BenchmarkOrder) => boolean): number =>
  orders.filter(is).length / orders.length;

describe('The orders of the benchmark', () => {
  const even = stream(1);
  const placed = even.map(({ value }) => JSON.parse(value));

  it('fit their contract', () => {
    for (const order of placed.slice(0, 100)) expect(parse('OrderPlaced.v1', order)).toMatchObject({ ok: true });
  });

  it('have numbers and message ids of their own', () => {
    const ids = even.map(({ headers }) => Object.fromEntries(headers)['ce_id']);
    expect(new Set(ids).size).toBe(many);
    expect(new Set(placed.map(({ orderId }) => orderId)).size).toBe(many);
  });

  it('exceed the limit in a tenth of the cases, by themselves', () => {
    const tooLarge = placed.filter(({ total }) => Number(total.amount) > Number(creditLimit));
    expect(tooLarge.length / many).toBeCloseTo(0.1, 2);
  });

  it('come from few customers more often: a tenth from the first hundredth, nearly half from the first fifth', () => {
    expect(share(even, ({ customer }) => customer < customerCount / 100)).toBeCloseTo(0.1, 2);
    expect(share(even, ({ customer }) => customer < customerCount / 5)).toBeCloseTo(0.447, 2);
    expect(Math.max(...even.map(({ customer }) => customer))).toBeLessThan(customerCount);
  });

  it.each([
    { isHot: true, hot: 0.2, because: 'a fifth goes to the hot customer' },
    { isHot: false, hot: 0, because: 'nobody stands out' },
  ])('hot $isHot: $hot of them on one customer, since $because', ({ isHot, hot }) => {
    expect(share(stream(2, isHot), ({ customer }) => customer === hotCustomer)).toBeCloseTo(hot, 1);
  });

  it('are the same for the same seed', () => {
    expect(stream(7).slice(0, 100)).toEqual(stream(7).slice(0, 100));
    expect(stream(7).slice(0, 100)).not.toEqual(stream(8).slice(0, 100));
  });
});
