import { describe, expect, it } from '@jest/globals';
import { Count, Identifier, parse, parseAs, Text } from '../index.ts';

const order = {
  orderId: 'SO-1',
  orderVersion: 1,
  customerId: 'C-1',
  total: { amount: '10', currency: 'EUR' },
  placedAt: '2026-11-21T10:00:00Z',
};
const invoice = {
  invoiceId: 'I-1',
  customerId: 'C-1',
  total: { amount: '10.00', currency: 'EUR' },
  issuedOn: '2026-11-01',
  dueOn: '2026-12-01',
};
const customer = { customerId: 'C-1', name: 'Öz Ticaret', currency: 'TRY', language: 'tr', country: 'TR' };

const violationsIn = (type: string, json: unknown): unknown => {
  const parsed = parse(type, json);
  return parsed.ok ? [] : parsed.violations.map(({ field, value, problem }) => `${field} ${value} ${problem}`);
};

describe('an order', () => {
  it.each([
    { change: { total: { amount: '100', currency: 'JPY' } }, because: 'the yen has no minor unit' },
    { change: { total: { amount: '1.234', currency: 'KWD' } }, because: 'the dinar has three digits' },
    { change: { total: { amount: '0', currency: 'EUR' } }, because: 'an order may be worth nothing' },
    { change: { segment: null }, because: 'null is left out' },
    { change: { placedAt: '2026-11-21T10:00:00.123456+00:00' }, because: 'that is UTC too' },
    { change: { lines: [{ sku: 'A', quantity: '-1', unitPrice: '3.999' }] }, because: 'lines are information' },
  ])('fits with $change, since $because', ({ change }) => {
    expect(violationsIn('OrderPlaced.v1', { ...order, ...change })).toEqual([]);
  });

  it.each([
    {
      change: { total: { amount: '1.234', currency: 'EUR' } },
      violation: 'total.amount "1.234" must have at most 2 fraction digits for EUR',
    },
    { change: { total: { amount: '-1', currency: 'EUR' } }, violation: 'total.amount "-1" must not be negative' },
    { change: { total: { amount: 12.5, currency: 'EUR' } }, violation: 'total.amount 12.5 must be a string' },
    {
      change: { total: { amount: '1', currency: 'EURO' } },
      violation: 'total.currency "EURO" must be an ISO 4217 currency like "EUR"',
    },
    { change: { total: '10 EUR' }, violation: 'total "10 EUR" must be an object' },
    { change: { orderId: undefined }, violation: 'orderId (absent) is required' },
    { change: { orderVersion: '1' }, violation: 'orderVersion "1" must be a whole number from 1 to 2147483647' },
    { change: { orderVersion: 0 }, violation: 'orderVersion 0 must be at least 1' },
    {
      change: { instrumentDueOn: '2026-02-30' },
      violation: 'instrumentDueOn "2026-02-30" must be a day of the calendar like "2026-11-21"',
    },
    {
      change: { paymentMethod: 'barter' },
      violation: 'paymentMethod "barter" must be one of open-account, prepaid, instrument, letter-of-credit',
    },
    {
      change: { lines: [{ sku: 'A', quantity: 'ten', unitPrice: '1' }] },
      violation: 'lines[0].quantity "ten" must be a decimal string like "1.0842"',
    },
    { change: { lines: [null] }, violation: 'lines (a list of 1) must be a list of objects' },
  ])('does not fit with $change: $violation', ({ change, violation }) => {
    expect(violationsIn('OrderPlaced.v1', { ...order, ...change })).toEqual([violation]);
  });

  it('has all its violations named at once', () => {
    expect(violationsIn('OrderPlaced.v1', { orderId: 'a b', orderVersion: 1.5, total: {} })).toHaveLength(6);
  });

  it('with more violations than a header can hold is told how many more there are', () => {
    const lines = Array.from({ length: 150 }, () => ({ sku: '', quantity: '1', unitPrice: '1' }));
    expect((violationsIn('OrderPlaced.v1', { ...order, lines }) as string[]).slice(99)).toEqual([
      'lines[99].sku "" must be 1 to 64 of letters, digits and . _ : / - and start with a letter or digit',
      '  has 50 more violations',
    ]);
  });
});

describe('an invoice', () => {
  const instalments = (...amounts: string[]): object[] =>
    amounts.map((amount) => ({ dueOn: '2026-12-01', amount: { amount, currency: 'EUR' } }));

  it.each([
    { parts: instalments('4.00', '6'), problems: [], because: 'they sum to the total' },
    {
      parts: instalments('4.00', '5.99'),
      problems: ['instalments (a list of 2) must sum to the total, in its currency'],
      because: 'a cent is missing',
    },
    {
      parts: instalments('10', '0'),
      problems: ['instalments[1].amount.amount "0" must be more than 0'],
      because: 'nothing is no instalment',
    },
  ])('with instalments: $problems, since $because', ({ parts, problems }) => {
    expect(violationsIn('InvoicePosted.v1', { ...invoice, instalments: parts })).toEqual(problems);
  });
});

describe('a limit', () => {
  it.each([
    { limit: { kind: 'amount', amount: { amount: '0', currency: 'TRY' } }, problems: [], because: 'zero is an amount' },
    { limit: { kind: 'none' }, problems: [], because: 'none needs no amount' },
    {
      limit: { kind: 'amount' },
      problems: ['limit.amount (absent) is required when kind is "amount"'],
      because: 'an amount must be said',
    },
    {
      limit: { kind: 'unlimited', amount: { amount: '1', currency: 'TRY' } },
      problems: ['limit.amount (an object) must be left out unless kind is "amount"'],
      because: 'it contradicts itself',
    },
  ])('$limit: $problems, since $because', ({ limit, problems }) => {
    expect(violationsIn('CustomerRegistered.v1', { ...customer, limit })).toEqual(problems);
  });
});

describe('a body of an HTTP call', () => {
  class Note {
    @Identifier()
    orderId!: string;
    @Text(5)
    text!: string;
    @Count(0, 3, { optional: true })
    stars?: number;
  }

  it('is read by the same decorators', () => {
    expect(parseAs(Note, { orderId: 'O-1', text: 'good', other: 1 })).toEqual({
      ok: true,
      message: { orderId: 'O-1', text: 'good' },
    });
    expect(parseAs(Note, { orderId: 'O-1', text: 'a\u0000', stars: 4 })).toEqual({
      ok: false,
      violations: [
        { field: 'text', value: '"a\\u0000"', problem: 'must not contain NUL or half a surrogate pair' },
        { field: 'stars', value: '4', problem: 'must be at most 3' },
      ],
    });
  });
});
