import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { groupLimitRule } from './group-limit.rule.ts';
import type { PoolFacts } from './rule.ts';

const group = (id: string, differs: Partial<PoolFacts> = {}): PoolFacts => ({
  ...{ id, currency: 'USD', limit: { kind: 'amount', minor: 500_00n }, validUntil: null },
  ...{ exposure: 400_00n, adds: 100_00n, ...differs },
});
const heldBy = (groups: readonly PoolFacts[], more: Parameters<typeof gateFacts>[0] = {}) =>
  groupLimitRule(gateFacts({ ...more, account: { groups, ...more.account } })).map(({ subject }) => subject);

describe('group-limit-exceeded', () => {
  it.each([
    { groups: [], by: [], because: 'the customer is in no group' },
    { groups: [group('G-1')], by: [], because: 'exactly the limit still passes' },
    { groups: [group('G-1', { adds: 100_01n })], by: ['G-1'], because: 'one cent more holds' },
    {
      groups: [group('G-1'), group('G-top', { exposure: 401_00n })],
      by: ['G-top'],
      because: 'a parent is checked, too',
    },
    {
      groups: [group('G-1', { exposure: 401_00n }), group('G-top', { exposure: 900_00n })],
      by: ['G-1', 'G-top'],
      because: 'who frees the one would else be held by the other',
    },
    { groups: [group('G-1', { limit: { kind: 'unlimited' }, adds: 9_999_00n })], by: [], because: 'it is unlimited' },
    { groups: [group('G-1', { limit: { kind: 'none' }, exposure: 0n })], by: ['G-1'], because: 'none grants nothing' },
    { groups: [group('G-1', { adds: null, exposure: 900_00n })], by: [], because: 'without a rate it is not asked' },
  ])('held by $by, since $because', ({ groups, by }) => expect(heldBy(groups)).toEqual(by));

  it.each([
    { facts: { order: { adds: 0n } }, because: 'the order adds nothing' },
    { facts: { account: { hasUnconverted: true } }, because: 'the exposure is not known in full' },
  ])('passes when $because', ({ facts }) => expect(heldBy([group('G-1', { exposure: 900_00n })], facts)).toEqual([]));

  it('names the group and its figures in the currency of the group', () =>
    expect(groupLimitRule(gateFacts({ account: { groups: [group('G-1', { adds: 150_00n })] } }))).toEqual([
      {
        code: 'group-limit-exceeded',
        message:
          'Exposure 400.00 USD of credit group G-1 and this order of 150.00 USD exceed its limit of 500.00 USD by 50.00 USD',
        ...{ measured: '550.00', threshold: '500.00', unit: 'USD', subject: 'G-1' },
      },
    ]));
});
