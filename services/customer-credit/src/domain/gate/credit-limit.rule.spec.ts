import { describe, expect, it } from '@jest/globals';
import type { CreditLimit } from '../account/credit-account.ts';
import { creditLimitRule } from './credit-limit.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const limitOf = (minor: bigint): CreditLimit => ({ kind: 'amount', minor });

describe('credit-limit-exceeded', () => {
  it.each([
    { receivables: 900_00n, adds: 100_00n, held: false, because: 'exactly the limit still passes' },
    { receivables: 900_00n, adds: 100_01n, held: true, because: 'one cent above it is too much' },
    { receivables: 900_01n, adds: 100_00n, held: true, because: 'what is owed counts like the order' },
    { receivables: 2_000_00n, adds: 0n, held: false, because: 'an order that adds nothing is not asked' },
    { receivables: 1_000_00n, adds: 1n, held: true, because: 'the smallest order does not fit a full account' },
  ])('owed $receivables, order adds $adds: held $held, since $because', ({ receivables, adds, held }) => {
    const facts = gateFacts({ exposure: { receivables }, order: { adds } });
    expect(creditLimitRule(facts)?.code).toBe(held ? 'credit-limit-exceeded' : undefined);
  });

  it.each([
    { limit: limitOf(0n), adds: 1n, held: true, because: 'zero is an amount, it never means unlimited' },
    { limit: limitOf(0n), adds: 0n, held: false, because: 'what adds nothing passes a limit of zero' },
    { limit: { kind: 'none' } as const, adds: 1n, held: true, because: 'no credit is granted' },
    { limit: { kind: 'none' } as const, adds: 0n, held: false, because: 'what adds nothing needs no credit' },
    { limit: { kind: 'unlimited' } as const, adds: 10n ** 15n, held: false, because: 'the money limit is not asked' },
  ])('limit $limit.kind, order adds $adds: held $held, since $because', ({ limit, adds, held }) => {
    expect(creditLimitRule(gateFacts({ account: { limit }, order: { adds } })) !== null).toBe(held);
  });

  it('adds up every bucket and takes unallocated credits off', () => {
    const exposure = {
      openOrders: 200_00n,
      shippedNotInvoiced: 200_00n,
      receivables: 300_00n,
      instrumentsInHand: 300_00n,
    };
    const fits = gateFacts({ exposure: { ...exposure, unallocatedCredits: 100_00n } });
    const doesNot = gateFacts({ exposure: { ...exposure, unallocatedCredits: 99_99n } });
    expect([creditLimitRule(fits), creditLimitRule(doesNot)?.measured]).toEqual([null, '1000.01']);
  });

  it('grants more than the limit to a customer whose money we hold', () => {
    const facts = gateFacts({
      exposure: { unallocatedCredits: 500_00n },
      order: { adds: 1_500_00n, total: 1_500_00n },
    });
    expect(creditLimitRule(facts)).toBeNull();
  });

  it('names exposure, order, limit and excess', () => {
    expect(creditLimitRule(gateFacts({ exposure: { receivables: 950_00n } }))).toEqual({
      code: 'credit-limit-exceeded',
      message: 'Exposure 950.00 EUR and this order of 100.00 EUR exceed the limit of 1000.00 EUR by 50.00 EUR',
      measured: '1050.00',
      threshold: '1000.00',
      unit: 'EUR',
    });
  });

  it.each([
    { facts: gateFacts({ order: { total: null, adds: 0n } }), because: 'the order has no rate' },
    {
      facts: gateFacts({ account: { hasUnconverted: true }, order: { adds: 9_999_00n } }),
      because: 'the exposure is not known',
    },
  ])('is not asked when $because', ({ facts }) => expect(creditLimitRule(facts)).toBeNull());
});
