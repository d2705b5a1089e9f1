import { describe, expect, it } from '@jest/globals';
import { uninvoicedGoods, type GoodsOut } from './uninvoiced-goods.ts';

const allowed = { daysMax: 5, businessDay: '2026-11-21' };
const goods = (leftOn: string, minor: bigint, differs: Partial<GoodsOut> = {}): GoodsOut => ({
  ...{ leftOn, minor, currency: 'EUR', isAlerted: false },
  ...differs,
});
const found = (out: GoodsOut[], invoiced: bigint, shipped = out.reduce((sum, { minor }) => sum + minor, 0n)) =>
  uninvoicedGoods({ shipped, invoiced, currency: 'EUR' }, out, allowed);

describe('Goods out without an invoice', () => {
  it.each([
    { leftOn: '2026-11-16', told: false, because: 'exactly the days allowed still pass' },
    { leftOn: '2026-11-15', told: true, because: 'a day more is too many' },
  ])('since $leftOn are told $told, since $because', ({ leftOn, told }) =>
    expect(found([goods(leftOn, 60_00n)], 0n) !== null).toBe(told),
  );

  const [first, second] = [goods('2026-11-10', 60_00n), goods('2026-11-12', 40_00n)];
  const today = goods('2026-11-21', 30_00n);

  it.each([
    { invoiced: 0n, minor: 100_00n, leftOn: '2026-11-10', days: 11, because: 'none is invoiced' },
    { invoiced: 59_99n, minor: 40_01n, leftOn: '2026-11-10', days: 11, because: 'a cent of the first is left' },
    { invoiced: 60_00n, minor: 40_00n, leftOn: '2026-11-12', days: 9, because: 'the invoice is for what left first' },
  ])(
    'of three shipments with $invoiced invoiced, $minor are told, since $because',
    ({ invoiced, minor, leftOn, days }) =>
      expect(found([second, today, first], invoiced)).toMatchObject({ minor, leftOn, days }),
  );

  it.each([
    { out: [first, second, today], invoiced: 100_00n, because: 'only what left today has no invoice' },
    { out: [first], invoiced: 60_00n, because: 'all is invoiced' },
    { out: [first], invoiced: 70_00n, because: 'more is invoiced than has left' },
    { out: [{ ...first, isAlerted: true }], invoiced: 0n, because: 'somebody was told' },
    { out: [], invoiced: 0n, because: 'nothing has left' },
  ])('are not told when $because', ({ out, invoiced }) => expect(found(out, invoiced)).toBeNull());

  it('tell once of each shipment', () =>
    expect(found([{ ...first, isAlerted: true }, second], 0n)).toMatchObject({ minor: 40_00n, goods: [second] }));

  it('that came back in part are told for the rest', () =>
    expect(found([first], 0n, 10_00n)).toMatchObject({ minor: 10_00n }));

  it('valued in another currency count as all that has left', () =>
    expect(found([{ ...first, currency: 'USD', minor: 1n }], 0n, 55_00n)).toMatchObject({ minor: 55_00n }));
});
