import { describe, expect, it } from '@jest/globals';
import { barePolicy, type Policy } from './policy.ts';
import { fewestOverdueDays, selectParameters } from './select-parameters.ts';

const policy: Policy = {
  ...barePolicy,
  rules: {
    'overdue-items': { days: 30, amountMin: '99.50', percentMin: '12.5' },
    'oldest-open-item': { days: 60 },
    'order-value': { max: '5000' },
  },
};

describe('The policy’s parameters for an account', () => {
  it.each([
    { currency: 'EUR', amountMin: 99_50n, max: 5_000_00n, because: 'a euro has two digits' },
    { currency: 'JPY', amountMin: 99n, max: 5_000n, because: 'half a yen is cut off: 99 passes, 100 is above 99.50' },
    { currency: 'KWD', amountMin: 99_500n, max: 5_000_000n, because: 'a dinar has three digits' },
  ])('in $currency: $amountMin and $max minor units, since $because', ({ currency, amountMin, max }) => {
    expect(selectParameters(policy, currency)).toEqual({
      overdueItems: { days: 30, amountMin, percentMin: 12_50n },
      oldestOpenItem: { days: 60 },
      orderValue: { max },
    });
  });

  it('leave out every rule that the policy does not name', () =>
    expect(selectParameters(barePolicy, 'EUR')).toEqual({}));

  it('are made once for a policy and a currency', () =>
    expect(selectParameters(policy, 'EUR')).toBe(selectParameters(policy, 'EUR')));
});

describe('Open items are loaded only when they are older than', () => {
  it.each([
    { parameters: {}, fewest: null, because: 'no rule asks for them' },
    { parameters: { oldestOpenItem: { days: 60 } }, fewest: 60, because: 'one rule asks' },
    {
      parameters: { overdueItems: { days: 30, amountMin: 0n }, oldestOpenItem: { days: 60 } },
      fewest: 30,
      because: 'the strictest rule decides',
    },
    { parameters: { oldestOpenItem: { days: 0 } }, fewest: 0, because: 'zero days is a limit, not an absence' },
  ])('$fewest days, since $because', ({ parameters, fewest }) => expect(fewestOverdueDays(parameters)).toBe(fewest));
});
