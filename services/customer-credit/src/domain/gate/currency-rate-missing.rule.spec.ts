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

  it('the order’s own currency is named first', () => {
    const both = gateFacts({ account: { hasUnconverted: true }, order: { total: null, adds: 0n, currency: 'JPY' } });
    expect(currencyRateMissingRule(both)?.message).toMatch(/JPY to EUR/);
  });
});
