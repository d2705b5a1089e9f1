import { describe, expect, it } from '@jest/globals';
import { barePolicy, type Policy } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { policySchema } from '../../../services/customer-credit/src/policy-document/policy-schema.ts';
import { readPolicy } from '../../../services/customer-credit/src/policy-file.ts';
import { comparePolicies } from './compare-policies.ts';
import { changeText, placeText, whenText } from './differences-text.ts';

const policy = (text: string) => readPolicy(`version: v1\n${text}`, 'spec.yaml');
const compare = (before: string, after: string) => comparePolicies(policy(before), policy(after));
/** Each difference in one line; those of a scope after its name. */
function told(before: string, after: string): string[] {
  const { general, scopes } = compare(before, after);
  const line = (one: (typeof general)[number]) =>
    [placeText(one), changeText(one), one.effect && `(${one.effect})`].filter(Boolean).join(' ');
  return [
    ...general.map(line),
    ...scopes.flatMap(({ when, differences, unchanged }) => [
      ...differences.map((one) => `${whenText(when)}: ${line(one)}`),
      ...unchanged.map((one) => `${whenText(when)}: ${placeText(one)} stays`),
    ]),
  ];
}
const rules = (...lines: string[]) => `rules:\n${lines.map((line) => `  ${line}`).join('\n')}`;

describe('Two policies say the same', () => {
  it.each([
    {
      before: rules('overdue-items: { days: 5, amountMin: "250.00", percentMin: 12.50 }'),
      after: rules('overdue-items: { percentMin: "12.5", amountMin: "250", days: 5 }'),
      because: 'an amount is what it is worth, however it is written, and names have no order',
    },
    {
      before: rules('order-value: off'),
      after: '',
      because: 'a rule with a required parameter is off until it is named',
    },
    { before: rules('payment-terms: {}'), after: '', because: 'payment-terms is on in the bare policy' },
    {
      before: rules('demand-spike: { factor: 3, ordersMin: 5 }'),
      after: rules('demand-spike: { factor: 3 }'),
      because: 'five orders are needed where nothing is said',
    },
    {
      before: rules('risk-class: { prepaidOnly: [D, E] }'),
      after: rules('risk-class: { prepaidOnly: [E, D] }'),
      because: 'classes have no order',
    },
    {
      before: rules('custom:big: { expression: "order.total > amount(\'5\')" }'),
      after: rules('custom:big: { expression: "order.total > amount(\'5\')", message: "order.total > amount(\'5\')" }'),
      because: 'people read the expression where there is no message',
    },
    {
      before: `${rules('order-value: { max: "9" }')}\nscopes: [{ when: { riskClass: [A, B] }, rules: { order-value: { max: "20" } } }]`,
      after: `${rules('order-value: { max: "9" }')}
scopes:
  - { when: { riskClass: [B] }, rules: { order-value: { max: "20" } } }
  - { when: { riskClass: [A] }, rules: { order-value: { max: "20.0" } } }`,
      because: 'two scopes say what one did',
    },
    {
      before: '',
      after: 'scopes: [{ when: { segment: [export] }, approval: { validDays: 30 } }]',
      because: 'the scope says what is in force without it',
    },
  ])('$because', ({ before, after }) => {
    expect(told(before, after)).toEqual([]);
    expect(compare(before, after).isSame).toBe(true);
  });
});

describe('Two policies differ', () => {
  it.each([
    {
      before: rules('order-value: { max: "500" }'),
      after: rules('order-value: { max: "400" }', 'oldest-open-item: { days: 30 }'),
      says: ['oldest-open-item off → on (days 30) (stricter)', 'order-value max 500 → 400 (stricter)'],
    },
    {
      before: rules('overdue-items: { days: 5, amountMin: "10" }'),
      after: rules('overdue-items: { days: 5, amountMin: "10", percentMin: 5 }'),
      says: ['overdue-items percentMin not set → 5 (looser)'],
    },
    { before: '', after: rules('payment-terms: off'), says: ['payment-terms on → off (looser)'] },
    {
      before: 'dunning: { levels: [{ level: 1, days: 7 }, { level: 2, days: 14, fee: "5" }] }',
      after: 'dunning: { levels: [{ level: 1, days: 7 }, { level: 2, days: 21, fee: "5.00" }] }',
      says: ['dunning level 2 days 14, fee 5 → days 21, fee 5'],
    },
    {
      before: 'release: { authority: [{ role: credit-manager }, { role: credit-analyst, amountMax: "100" }] }',
      after: 'release: { authority: [{ role: credit-analyst, amountMax: "200" }], fourEyesAbove: "1000" }',
      says: [
        'release credit-manager anything → not set',
        'release credit-analyst amountMax 100 → amountMax 200',
        'release fourEyesAbove not set → 1000',
      ],
    },
    {
      before: rules('custom:a: { expression: "order.prepaid" }'),
      after: rules('custom:a: { expression: "!order.prepaid", message: No }'),
      says: ['custom:a expression order.prepaid → !order.prepaid', 'custom:a message order.prepaid → No'],
    },
  ])('$says', ({ before, after, says }) => expect([...told(before, after)].sort()).toEqual([...says].sort()));

  it('for those for whom a scope says otherwise', () => {
    const before = `${rules('order-value: { max: "9" }')}\nscopes: [{ when: { riskClass: [A] }, rules: { order-value: { max: "20" } } }]`;
    const after = `${rules('order-value: { max: "9" }')}
scopes:
  - { when: { riskClass: [A, B] }, rules: { order-value: { max: "20" } } }
  - { when: { customer: [C-1, C-2] }, rules: { order-value: off } }`;
    expect(told(before, after)).toEqual([
      'riskClass B: order-value max 9 → 20 (looser)',
      'customer C-1 or C-2: order-value on (max 9) → off (looser)',
    ]);
  });

  it('and say so where a scope keeps what changes for everybody else', () => {
    const scoped = 'scopes: [{ when: { segment: [export] }, rules: { order-value: { max: "20" } } }]';
    expect(
      told(`${rules('order-value: { max: "9" }')}\n${scoped}`, `${rules('order-value: { max: "5" }')}\n${scoped}`),
    ).toEqual(['order-value max 9 → 5 (stricter)', 'segment export: order-value max stays']);
  });

  it('where the later of two scopes wins now', () => {
    const wide = '{ when: { riskClass: [A, B] }, approval: { validDays: 5 } }';
    const narrow = '{ when: { riskClass: [A] }, approval: { validDays: 9 } }';
    expect(told(`scopes: [${wide}, ${narrow}]`, `scopes: [${narrow}, ${wide}]`)).toEqual([
      'riskClass A: approval validDays 9 → 5',
    ]);
  });

  it('under scopes that must both fit', () => {
    const scope = (days: number) =>
      `scopes: [{ when: { riskClass: [A], segment: [x, y] }, rules: { oldest-open-item: { days: ${days} } } }]`;
    const general = rules('oldest-open-item: { days: 30 }');
    expect(told(`${general}\n${scope(10)}`, `${general}\n${scope(8)}`)).toEqual([
      'segment x, riskClass A: oldest-open-item days 10 → 8 (stricter)',
      'segment y, riskClass A: oldest-open-item days 10 → 8 (stricter)',
    ]);
  });
});

describe('Whatever a policy may say beside its rules', () => {
  const sections = Object.entries(policySchema.properties!).filter(
    ([name]) => !['version', 'rules', 'scopes'].includes(name),
  );
  const said = sections.flatMap(([section, { properties }]) =>
    Object.keys(properties!).map((name) => ({ section, name })),
  );

  it.each(said)('is compared: $section.$name', ({ section, name }) => {
    const lists: Record<string, unknown> = {
      levels: [{ level: 9, days: 9 }],
      authority: [{ role: 'credit-manager', amountMax: '5' }],
    };
    const before = barePolicy[section as 'release'];
    const changed = { ...barePolicy, [section]: { ...before, [name]: lists[name] ?? 'something else' } } as Policy;
    expect(comparePolicies(barePolicy, changed)).toMatchObject({ isSame: false, general: [{ section }] });
  });
});
