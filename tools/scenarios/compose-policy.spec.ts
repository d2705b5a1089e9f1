import { describe, expect, it } from '@jest/globals';
import { composePolicy } from './compose-policy.ts';
import { readStories } from './form/read-stories.ts';

const bare = { version: 'scenarios' };

const composed = (policy: string, base: Record<string, unknown> = bare) => {
  const content = `
- id: S-1
  title: one
  policy: ${policy}
  steps: [ { customer: { id: C, limit: none } }, { customer: { id: D, limit: none } } ]
- { id: S-2, title: without a policy, steps: [ { customer: { id: C, limit: none } } ] }
`;
  return composePolicy(base, readStories([{ file: 'a.yaml', content }]), '')['scopes'];
};

describe('The policy of a walk', () => {
  it('says what a story wants for its customers alone', () =>
    expect(composed('{ rules: { order-value: { max: "10" } } }')).toEqual([
      { when: { customer: ['S-1:C', 'S-1:D'] }, rules: { 'order-value': { max: '10' } } },
    ]));

  it('keeps the scopes of the policy below, which a customer’s scope goes before', () => {
    const scope = { when: { riskClass: ['D'] }, rules: { 'order-value': { max: '5' } } };
    expect(composed('{ approval: { validDays: 5 } }', { ...bare, scopes: [scope] })).toEqual([
      scope,
      { when: { customer: ['S-1:C', 'S-1:D'] }, approval: { validDays: 5 } },
    ]);
  });

  it('lays the story’s own scopes over one another as the gate would: the most specific last, and each pair together', () =>
    expect(
      composed(`
    rules: { overdue-items: { days: 30, amountMin: "50" } }
    scopes:
      - { when: { customer: [D] }, rules: { overdue-items: { amountMin: "70" } } }
      - { when: { segment: [food] }, rules: { overdue-items: { days: 5 } } }`),
    ).toEqual([
      { when: { customer: ['S-1:C', 'S-1:D'] }, rules: { 'overdue-items': { days: 30, amountMin: '50' } } },
      {
        when: { customer: ['S-1:C', 'S-1:D'], segment: ['food'] },
        rules: { 'overdue-items': { days: 5, amountMin: '50' } },
      },
      { when: { customer: ['S-1:D'] }, rules: { 'overdue-items': { days: 30, amountMin: '70' } } },
      {
        when: { customer: ['S-1:D'], segment: ['food'] },
        rules: { 'overdue-items': { days: 5, amountMin: '70' } },
      },
    ]));

  it('that is none is refused with the story’s place, before anything is started', () =>
    expect(() => composed('{ rules: { order-valu: { max: "10" }, oldest-open-item: { days: -1 } } }')).toThrow(
      /^a\.yaml:2: policy: .*order-valu[^\n]*\na\.yaml:2: policy: rules\.oldest-open-item\.days must be/,
    ));

  it('may name a part of a rule that the policy below names whole', () => {
    const base = { ...bare, rules: { 'overdue-items': { days: 30, amountMin: '50' } } };
    expect(composed('{ rules: { overdue-items: { days: 5 } } }', base)).toHaveLength(1);
    expect(() => composed('{ rules: { overdue-items: { days: 5 } } }')).toThrow(/amountMin/);
  });
});
