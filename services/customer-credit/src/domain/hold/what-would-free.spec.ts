import { describe, expect, it } from '@jest/globals';
import type { CreditLimit } from '../account/credit-account.ts';
import { moneyReason, type Reason } from '../gate/reason.ts';
import { freeingPayment, whatWouldFree } from './what-would-free.ts';

const limit: CreditLimit = { kind: 'amount', minor: 1_000_00n };
const beyond = moneyReason('credit-limit-exceeded', 'EUR', 2_250_00n, 1_000_00n, 'too much');
const overdue = moneyReason('overdue-items', 'EUR', 300_00n, 50_00n, 'too old');
const blocked: Reason = { code: 'account-blocked', message: 'law suit' };

describe('What would free an order', () => {
  it.each([
    { reason: beyond, what: 'A payment of 1250.00 EUR or more, or a limit of 2250.00 EUR or more' },
    { reason: overdue, what: 'A payment of 250.00 EUR or more of what is overdue, a promise of it, or a dispute' },
    { reason: blocked, what: 'The lifting of the block' },
    {
      reason: { ...moneyReason('group-limit-exceeded', 'USD', 150_00n, 100_00n, 'g'), subject: 'G-1' },
      what: 'A payment of 50.00 USD or more by any customer of group G-1, or a limit of 150.00 USD or more for it',
    },
    {
      reason: { code: 'custom:dear', message: 'Large orders are looked at' },
      what: 'A release by a person, or an order to which this does not apply: Large orders are looked at',
    },
  ])('$reason.code: $what', ({ reason, what }) => expect(whatWouldFree([reason], limit)).toMatchObject([{ what }]));

  it('where no credit is granted is a limit, not a payment', () =>
    expect(whatWouldFree([beyond], { kind: 'none' })).toEqual([
      { code: 'credit-limit-exceeded', by: 'limit', what: 'A credit limit of 2250.00 EUR or more; none is granted' },
    ]));
});

describe('The payment that frees an order by itself', () => {
  it.each([
    { reasons: [beyond], minor: 1_250_00n, because: 'so much is missing' },
    { reasons: [beyond, overdue], minor: 1_250_00n, because: 'what frees credit is paid to the oldest items' },
    { reasons: [overdue], minor: 250_00n, because: 'the rest may stay overdue' },
  ])('is $minor, since $because', ({ reasons, minor }) =>
    expect(freeingPayment(reasons, limit)).toEqual({ minor, currency: 'EUR' }),
  );

  it.each([
    { reasons: [beyond, blocked], limit, because: 'money lifts no block' },
    { reasons: [beyond], limit: { kind: 'none' as const }, because: 'no credit is granted' },
    { reasons: [], limit, because: 'nothing holds it' },
  ])('is none, since $because', ({ reasons, limit: granted }) => expect(freeingPayment(reasons, granted)).toBeNull());
});
