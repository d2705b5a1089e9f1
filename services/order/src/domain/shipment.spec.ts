import { describe, expect, it } from '@jest/globals';
import { unknownOrder } from './order.ts';
import {
  answered,
  requestShipment,
  shipGoods,
  shipmentStatusOf,
  takeBack,
  unknownShipment,
  type ShipmentAnswer,
} from './shipment.ts';

const order = unknownOrder('SO-1', 'C-1');
const shipment = unknownShipment('SHP-1', order);
const goods = {
  value: { minor: 500n, currency: 'EUR' },
  isFinal: false,
  shippedAt: new Date('2026-11-23T10:00:00Z'),
};
const answer = (outcome: 'authorized' | 'refused', seq: number): ShipmentAnswer => ({
  outcome,
  seq,
  value: goods.value,
  reasons: '[]',
  decidedAt: new Date('2026-11-22T10:00:00Z'),
});

describe('A shipment', () => {
  it.each([
    { facts: shipment, status: null, because: 'the gate has not answered' },
    { facts: answered(shipment, answer('authorized', 3)), status: 'authorized', because: 'the gate said so' },
    { facts: answered(shipment, answer('refused', 3)), status: 'refused', because: 'the gate said so' },
    {
      facts: answered(answered(shipment, answer('refused', 3)), answer('authorized', 4)),
      status: 'authorized',
      because: 'seq 4 is newer',
    },
    {
      facts: answered(answered(shipment, answer('refused', 4)), answer('authorized', 3)),
      status: 'refused',
      because: 'seq 3 is older',
    },
    {
      facts: { ...answered(shipment, answer('refused', 3)), shippedAt: goods.shippedAt },
      status: 'shipped',
      because: 'goods that left have left',
    },
  ])('is $status, since $because', ({ facts, status }) => expect(shipmentStatusOf(facts)).toBe(status));
});

describe('Goods that leave', () => {
  const first = shipGoods(order, shipment, goods);
  if (first.outcome !== 'taken') throw new Error('The first shipment must be taken');

  it('are added to what has left of the order', () => {
    const second = shipGoods(first.order, unknownShipment('SHP-2', order), goods);
    expect(second).toMatchObject({ outcome: 'taken', order: { shipped: { minor: 1000n, currency: 'EUR' } } });
  });

  it('are counted once', () =>
    expect(shipGoods(first.order, first.shipment, goods)).toEqual({ outcome: 'ignored', because: 'already-known' }));

  it.each([
    { again: { ...goods, value: { minor: 501n, currency: 'EUR' } }, because: 'the value is another' },
    { again: { ...goods, isFinal: true }, because: 'it is the final one now' },
  ])('are refused under the same shipmentId when $because', ({ again }) =>
    expect(shipGoods(first.order, first.shipment, again)).toEqual({
      outcome: 'refused',
      violation: 'shipment SHP-1 was shipped before with other content',
    }),
  );

  it('are refused in a second currency', () =>
    expect(
      shipGoods(first.order, unknownShipment('SHP-2', order), { ...goods, value: { minor: 1n, currency: 'USD' } }),
    ).toEqual({ outcome: 'refused', violation: 'value is in USD, but order SO-1 ships in EUR' }));
});

describe('A request for a shipment', () => {
  const requestedAt = new Date('2026-11-22T10:00:00Z');
  const later = new Date('2026-11-22T11:00:00Z');
  const fiveEuros = { minor: 500n, currency: 'EUR' };
  const known = { ...shipment, requestedAt, requestedValue: fiveEuros };

  it.each([
    { asked: shipment, value: fiveEuros, outcome: 'taken', because: 'it is the first' },
    { asked: shipment, value: null, outcome: 'taken', because: 'without a value it is for all that is left' },
    { asked: known, value: fiveEuros, outcome: 'ignored', because: 'it is the same, whenever it was sent' },
    { asked: known, value: { ...fiveEuros, minor: 501n }, outcome: 'refused', because: 'the value is another' },
    { asked: known, value: { ...fiveEuros, currency: 'USD' }, outcome: 'refused', because: 'the currency is another' },
    { asked: known, value: null, outcome: 'refused', because: 'all that is left is another value' },
  ])('for $value.minor is $outcome, since $because', ({ asked, value, outcome }) =>
    expect(requestShipment(asked, { requestedAt: later, value })).toMatchObject({ outcome }),
  );
});

describe('Goods that come back', () => {
  const goodsBack = { value: { amount: '3.00', currency: 'EUR' }, returnedAt: '2026-11-25T10:00:00Z' };
  const once = { ...shipment, returned: [goodsBack] };

  it.each([
    { of: shipment, back: goodsBack, outcome: 'taken', because: 'nothing came back yet' },
    { of: once, back: goodsBack, outcome: 'ignored', because: 'this was told before' },
    { of: once, back: { ...goodsBack, returnedAt: '2026-11-26T10:00:00Z' }, outcome: 'taken', because: 'this is more' },
  ])('are $outcome, since $because', ({ of, back, outcome }) => expect(takeBack(of, back)).toMatchObject({ outcome }));
});
