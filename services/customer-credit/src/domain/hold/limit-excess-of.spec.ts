import { describe, expect, it } from '@jest/globals';
import { moneyReason } from '../gate/reason.ts';
import { limitExcessOf } from './limit-excess-of.ts';

const reason = (code: string, measured: bigint, threshold: bigint, currency = 'EUR') =>
  moneyReason(code, currency, measured, threshold, code);

describe('What an order exceeds a limit by', () => {
  it.each([
    {
      reasons: [reason('credit-limit-exceeded', 1_250_00n, 1_000_00n)],
      excess: 250_00n,
      because: 'that much is missing',
    },
    {
      reasons: [reason('credit-limit-exceeded', 110n, 100n), reason('group-limit-exceeded', 150n, 100n)],
      excess: 50n,
      because: 'the group is exceeded most',
    },
    { reasons: [reason('overdue-items', 500n, 100n)], excess: null, because: 'what is overdue is no limit' },
    {
      reasons: [reason('group-limit-exceeded', 150n, 100n, 'USD')],
      excess: null,
      because: 'the group counts in dollars',
    },
    {
      reasons: [reason('credit-limit-exceeded', 10n ** 18n, 1n)],
      excess: 10n ** 18n - 1n,
      because: 'sums may be larger than amounts',
    },
    { reasons: [], excess: null, because: 'nothing is exceeded' },
  ])('is $excess, since $because', ({ reasons, excess }) => {
    expect(limitExcessOf(reasons, 'EUR')).toBe(excess);
  });

  it('is counted in the minor units of the currency, whatever digits it has', () => {
    expect(limitExcessOf([reason('credit-limit-exceeded', 1_500n, 1_000n, 'JPY')], 'JPY')).toBe(500n);
  });
});
