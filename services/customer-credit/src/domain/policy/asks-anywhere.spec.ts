import { describe, expect, it } from '@jest/globals';
import { asksAnywhere } from './asks-anywhere.ts';
import { barePolicy, type Policy } from './policy.ts';

const spike = { 'demand-spike': { factor: '3' } };
const scoped: Policy['scopes'] = [{ when: { customer: ['C-1'] }, rules: spike }];

describe('Whether a policy asks a rule of any order', () => {
  it.each([
    { policy: barePolicy, asks: false, because: 'it is not named' },
    { policy: { ...barePolicy, rules: spike }, asks: true, because: 'it is on' },
    { policy: { ...barePolicy, rules: { 'demand-spike': 'off' as const } }, asks: false, because: 'it is off' },
    { policy: { ...barePolicy, scopes: scoped }, asks: true, because: 'it is on for one customer' },
    {
      policy: { ...barePolicy, rules: { 'demand-spike': 'off' as const }, scopes: scoped },
      asks: true,
      because: 'it is on for one customer although it is off for the others',
    },
  ])('$asks, since $because', ({ policy, asks }) => {
    expect(asksAnywhere(policy, 'demand-spike')).toBe(asks);
    expect(asksAnywhere(policy, 'order-splitting')).toBe(false);
  });
});
