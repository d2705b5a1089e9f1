import { describe, expect, it } from '@jest/globals';
import { barePolicy } from './domain/policy/policy.ts';
import { readPolicy } from './policy-file.ts';

const whole = `version: 2026-11-01.1
rules:
  overdue-items: { days: 30, amountMin: "250.00", percentMin: "10" }
  oldest-open-item: { days: 60 }
  order-value: { max: "50000.00" }
approval: { tolerancePercent: "5", validDays: 14 }
`;

describe('A policy file', () => {
  it('names rules and their parameters', () =>
    expect(readPolicy(whole, 'policy.yaml')).toMatchObject({
      version: '2026-11-01.1',
      rules: {
        'overdue-items': { days: 30, amountMin: '250.00', percentMin: '10' },
        'oldest-open-item': { days: 60 },
        'order-value': { max: '50000.00' },
      },
      approval: { tolerancePercent: '5', validDays: 14 },
    }));

  it.each([
    { text: 'version: v1', approval: barePolicy.approval, because: 'nothing is named' },
    {
      text: 'version: v1\napproval: { validDays: 7 }',
      approval: { tolerancePercent: '0', validDays: 7 },
      because: 'one is',
    },
  ])('leaves the rest as in the bare policy: $because', ({ text, approval }) =>
    expect(readPolicy(text, 'policy.yaml')).toEqual({ ...barePolicy, version: 'v1', approval }),
  );

  it.each([
    {
      text: 'version: v1\nrules:\n  overdue-item: { days: 30 }',
      says: /^p\.yaml:3: rules has no "overdue-item"; it knows overdue-items, /,
      because: 'a misspelt rule would silently not run',
    },
    {
      text: 'version: v1\nrule:\n  order-value: { max: "1" }',
      says: /^p\.yaml:2: the policy has no "rule"; /,
      because: 'so would a misspelt section',
    },
    {
      text: 'version: v1\nrules:\n  order-value: { maximum: "1" }',
      says: /^p\.yaml:3: rules\.order-value has no "maximum"; it knows max$/m,
      because: 'so would a misspelt parameter',
    },
    {
      text: 'version: v1\nrules:\n  overdue-items:\n    days: 30',
      says: /^p\.yaml:\d: rules\.overdue-items\.amountMin /,
      because: 'a required parameter is missing',
    },
    {
      text: 'version: v1\nrules:\n  oldest-open-item:\n    days: -1',
      says: /^p\.yaml:4: rules\.oldest-open-item\.days /,
      because: 'days cannot be negative',
    },
    {
      text: 'version: v1\nrules:\n  order-value:\n    max: 50000',
      says: /^p\.yaml:4: rules\.order-value\.max /,
      because: 'an amount is a decimal string, a YAML number is a float',
    },
    { text: 'rules: {}', says: /version/, because: 'a decision names the version it rests on' },
    { text: 'version: v1\nrules: [', says: /^p\.yaml:\d+: /, because: 'it is no YAML' },
    { text: '', says: /^p\.yaml/, because: 'it is empty' },
    {
      text: 'version: v1\nrules:\n  order-value:',
      says: /^p\.yaml:\d: rules\.order-value /,
      because: 'a rule without its parameters is not on',
    },
  ])('is refused, since $because', ({ text, says }) => expect(() => readPolicy(text, 'p.yaml')).toThrow(says));
});
