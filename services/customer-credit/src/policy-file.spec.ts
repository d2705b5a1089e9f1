import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { barePolicy } from './domain/policy/policy.ts';
import { selectParameters } from './domain/policy/select-parameters.ts';
import { readPolicy } from './policy-file.ts';

/** Of a text of lines, everything that is wrong, line by line. */
function wrongIn(...lines: string[]): string[] {
  try {
    readPolicy(lines.join('\n'), 'p.yaml');
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}
const inRules = (...lines: string[]): string[] => wrongIn('version: v1', 'rules:', ...lines.map((line) => `  ${line}`));

describe('A policy document', () => {
  it('names rules and their parameters; percentages are numbers or text', () =>
    expect(
      readPolicy(
        `version: 2026-11-01.1
rules:
  overdue-items: { days: 30, amountMin: "250.00", percentMin: 12.5 }
  demand-spike: { factor: "2.5", windowDays: 7 }
  order-value: off
  credit-limit-exceeded: {}
  custom:big-export: { expression: 'order.segment == "export" && order.total > amount("1000")', message: Export }
approval: { tolerancePercent: 5, validDays: 14 }
scopes:
  - when: { riskClass: [E] }
    rules: { overdue-items: { days: 5 } }
`,
        'policy.yaml',
      ),
    ).toEqual({
      ...barePolicy,
      version: '2026-11-01.1',
      rules: {
        'payment-terms': {},
        'overdue-items': { days: 30, amountMin: '250.00', percentMin: '12.5' },
        'demand-spike': { factor: '2.5', windowDays: 7 },
        'order-value': 'off',
        'custom:big-export': {
          ...{ expression: 'order.segment == "export" && order.total > amount("1000")', message: 'Export' },
        },
      },
      approval: { tolerancePercent: '5', validDays: 14, onExpiry: 'decide-again' },
      scopes: [{ when: { riskClass: ['E'] }, rules: { 'overdue-items': { days: 5 } } }],
    }));

  it('leaves the rest as in the bare policy', () =>
    expect(readPolicy('version: v1\napproval: { validDays: 7 }', 'policy.yaml')).toEqual({
      ...{ ...barePolicy, version: 'v1', approval: { ...barePolicy.approval, validDays: 7 } },
    }));

  it.each([
    {
      lines: ['overdue-item: { days: 30 }'],
      says: '3:3: rules.overdue-item is no name that rules has; did you mean overdue-items?',
    },
    {
      lines: ['payment-terms: { maxDay: 30 }'],
      says: '3:20: rules.payment-terms.maxDay is no name that rules.payment-terms has; did you mean maxDays?',
    },
    {
      lines: ['payment-terms: { longest: 30 }'],
      says: '3:20: rules.payment-terms.longest is no name that rules.payment-terms has; it has maxDays',
    },
    {
      lines: ['overdue-items:', '  days: 30'],
      says: '3:3: rules.overdue-items.amountMin is missing; it must be an amount in quotes, like "2500.00" (without quotes YAML reads a float)',
    },
    {
      lines: ['oldest-open-item:', '  days: -1'],
      says: '4:5: rules.oldest-open-item.days must be a whole number of days from 0 to 3650',
    },
    {
      lines: ['oldest-open-item: { days: 1.5 }'],
      says: '3:23: rules.oldest-open-item.days must be a whole number of days from 0 to 3650',
    },
    {
      lines: ['order-value:', '  max: 50000'],
      says: '4:5: rules.order-value.max must be an amount in quotes, like "2500.00" (without quotes YAML reads a float)',
    },
    {
      lines: ['order-value:'],
      says: '3:3: rules.order-value has no value; write its parameters, {} for on without any, or off',
    },
    {
      lines: ['order-value: on'],
      says: '3:3: rules.order-value must be a mapping of its parameters, {} for on without any, or off',
    },
    {
      lines: ['credit-limit-exceeded: off'],
      says: '3:3: rules.credit-limit-exceeded is always on and has no parameters; leave it out',
    },
    {
      lines: ['discount-authority: { maxPercent: 12.345 }'],
      says: '3:25: rules.discount-authority.maxPercent must be a number from 0 to 9999 with at most 2 fraction digits, like 12.5',
    },
    {
      lines: ['risk-class: { prepaidOnly: [F] }'],
      says: '3:31: rules.risk-class.prepaidOnly[0] must be A or B or C or D or E',
    },
    {
      lines: ['payment-behaviour: { windowDays: 90 }'],
      says: '3:3: rules.payment-behaviour must name daysLateMax, scoreMin or both',
    },
    {
      lines: ['custom:Big: { expression: order.prepaid }'],
      says: '3:3: rules.custom:Big must be custom: and a name of small letters, digits and -, at most 56',
    },
    {
      lines: ['custom:big: { expression: order.totl > amount("1") }'],
      says: '3:17: rules.custom:big.expression No such key: totl, in totl; did you mean total?',
    },
    {
      lines: ['custom:big: { expression: order.total > 1000 }'],
      says: '3:17: rules.custom:big.expression no such overload: Amount > int, in order.total > 1000',
    },
    {
      lines: ['custom:big: { expression: order.total }'],
      says: '3:17: rules.custom:big.expression must be true or false, but is of type Amount',
    },
  ])('is refused with $says', ({ lines, says }) => expect(inRules(...lines)).toEqual([`p.yaml:${says}`]));

  it.each([
    {
      lines: ['version: v1', 'rule:', '  order-value: { max: "1" }'],
      says: ['p.yaml:2:1: rule is no name that the policy has; did you mean rules?'],
      because: 'a misspelt section would silently not run',
    },
    {
      lines: ['rules: {}'],
      says: [/^p\.yaml:1:1: version is missing; it must be 1 to 64/],
      because: 'a decision names its version',
    },
    {
      lines: ['version: 1.0'],
      says: [/^p\.yaml:1:1: version must be 1 to 64.* in quotes/],
      because: '1.0 is a number, and would be 1',
    },
    { lines: ['version: v1', 'rules: ['], says: [/^p\.yaml:2:9: /], because: 'it is no YAML' },
    {
      lines: ['version: v1', 'version: v2'],
      says: [/^p\.yaml:2:1: .*unique/],
      because: 'one of two values would silently not count',
    },
    { lines: [''], says: ['p.yaml:1:1: the policy is empty; it needs at least a version'], because: 'it is empty' },
    {
      lines: ['- version'],
      says: [/^p\.yaml:1:1: the policy must be a mapping of version, rules, /],
      because: 'it is a list',
    },
    {
      lines: ['version: v1', 'dunning:', '  levels:', '    - { level: 1, days: 10 }', '    - { level: 2, days: 10 }'],
      says: ['p.yaml:5:19: dunning.levels[1].days must be more than the 10 of the level before it'],
      because: 'a run raises an account by one level',
    },
    {
      lines: ['version: v1', 'scopes:', '  - when: {}', '    rules: { order-value: {} }'],
      says: [
        'p.yaml:3:5: scopes[0].when must name segment, riskClass, group or customer',
        /^p\.yaml:4:14: scopes\[0\]\.rules\.order-value\.max is missing; .*; the general part does not name it either$/,
      ],
      because: 'a scope is for somebody, and a rule that it turns on must be whole',
    },
    {
      lines: ['version: v1', 'holds: { expireAfterDays: 0 }'],
      says: ['p.yaml:2:10: holds.expireAfterDays must be a whole number of days from 1 to 3650'],
      because: 'a hold waits for a day at least',
    },
    {
      lines: [
        'version: v1',
        'holds: { order: newest-first }',
        'release: { authority: [{ role: boss }] }',
        'aproval: {}',
      ],
      says: [
        'p.yaml:2:10: holds.order must be oldest-first or smallest-first or priority',
        'p.yaml:3:26: release.authority[0].role must be credit-analyst or credit-manager',
        'p.yaml:4:1: aproval is no name that the policy has; did you mean approval?',
      ],
      because: 'all that is wrong is told at once, from the top',
    },
  ])('is refused, since $because', ({ lines, says }) =>
    expect(wrongIn(...lines)).toEqual(says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one)))),
  );

  it('of a scope may name only what differs', () =>
    expect(
      wrongIn(
        ...['version: v1', 'rules: { overdue-items: { days: 9, amountMin: "1" } }'],
        ...['scopes: [{ when: { customer: [C-1] }, rules: { overdue-items: { days: 2 } } }]'],
      ),
    ).toEqual([]));
});

describe('The policy for a distributor', () => {
  const file = new URL('../../../policies/distributor.yaml', import.meta.url);
  const policy = readPolicy(readFileSync(file, 'utf8'), 'policies/distributor.yaml');
  const of = (riskClass: string | null) =>
    selectParameters(policy, { currency: 'EUR', customerId: 'C-1', segment: null, riskClass, groups: [] });

  it('has every rule on but collateral, which the careful class is asked for', () => {
    const rules = Object.entries(policy.rules).filter(([, rule]) => rule !== 'off');
    expect(rules).toHaveLength(13);
    expect(of(null)).not.toHaveProperty('collateralShortfall');
    expect(of('D').collateralShortfall).toEqual({ securedPercent: 50_00n });
  });

  it('declines what nobody has answered for two months', () => expect(policy.holds.expireAfterDays).toBe(60));

  it('is more patient with the best customers than with the others', () => {
    expect([of('A'), of(null), of('D')].map(({ overdueItems }) => overdueItems!.days)).toEqual([20, 10, 0]);
    expect(of('D').scopes['overdue-items.days']).toBe('riskClass D');
  });
});
