import { describe, expect, it } from '@jest/globals';
import { currencyRateMissingRule } from './currency-rate-missing.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

describe('currency-rate-missing', () => {
  it.each([
    { facts: gateFacts(), message: null, because: 'everything is in one currency' },
    {
      facts: gateFacts({ order: { total: null, adds: 0n, currency: 'USD' } }),
      message: 'There is no rate from USD to EUR that is at most 7 days old',
      because: 'the order cannot be compared',
    },
    {
      facts: gateFacts({ account: { hasUnconverted: true } }),
      message: 'Some receivables of the account have no rate to EUR, so its exposure is not known',
      because: 'the exposure cannot be compared',
    },
  ])('$message, since $because', ({ facts, message }) => {
    expect(currencyRateMissingRule(facts)?.message ?? null).toBe(message);
  });

  it.each([
    { pool: {}, adds: 100_00n, held: true, because: 'what the order adds to the group is not known' },
    { pool: { adds: 92_00n }, adds: 100_00n, held: false, because: 'there is a rate' },
    { pool: {}, adds: 0n, held: false, because: 'the order adds nothing' },
    { pool: { limit: { kind: 'unlimited' } as const }, adds: 100_00n, held: false, because: 'nothing is compared' },
  ])('a group in another currency: held $held, since $because', ({ pool, adds, held }) => {
    const limit = { kind: 'amount', minor: 1n } as const;
    const group = { id: 'G-1', currency: 'USD', limit, validUntil: null, exposure: 0n, adds: null, ...pool };
    const reason = currencyRateMissingRule(gateFacts({ account: { groups: [group] }, order: { adds } }));
    expect(reason?.message ?? null).toBe(
      held ? 'There is no rate from EUR to USD for the limit of G-1 that is at most 7 days old' : null,
    );
  });

  it('the order’s own currency is named first', () => {
    const both = gateFacts({ account: { hasUnconverted: true }, order: { total: null, adds: 0n, currency: 'JPY' } });
    expect(currencyRateMissingRule(both)?.message).toMatch(/JPY to EUR/);
  });
});
