import { describe, expect, it } from '@jest/globals';
import { ruleSchemas } from '../../../services/customer-credit/src/policy-document/policy-schema.ts';
import type { SchemaPart } from '../../../services/customer-credit/src/policy-document/schema-parts.ts';
import { effectOfChange } from './effect-of-change.ts';

describe('A change of a parameter is', () => {
  it.each([
    { rule: 'overdue-items', parameter: 'days', before: 10, after: 9, effect: 'stricter' },
    { rule: 'overdue-items', parameter: 'days', before: 9, after: 10, effect: 'looser' },
    { rule: 'overdue-items', parameter: 'amountMin', before: '99.5', after: '100', effect: 'looser' },
    { rule: 'overdue-items', parameter: 'percentMin', before: '5', after: null, effect: 'stricter' },
    { rule: 'overdue-items', parameter: 'percentMin', before: null, after: '5', effect: 'looser' },
    { rule: 'collateral-shortfall', parameter: 'securedPercent', before: '50', after: '60', effect: 'stricter' },
    { rule: 'payment-behaviour', parameter: 'scoreMin', before: 30, after: 20, effect: 'looser' },
    { rule: 'payment-behaviour', parameter: 'daysLateMax', before: '15', after: null, effect: 'looser' },
    { rule: 'payment-behaviour', parameter: 'windowDays', before: 180, after: 90, effect: null },
    { rule: 'payment-terms', parameter: 'maxDays', before: null, after: 60, effect: 'stricter' },
    { rule: 'risk-class', parameter: 'prepaidOnly', before: ['E'], after: ['D', 'E'], effect: 'stricter' },
    { rule: 'risk-class', parameter: 'prepaidOnly', before: ['D', 'E'], after: ['E'], effect: 'looser' },
    { rule: 'risk-class', parameter: 'prepaidOnly', before: ['D'], after: ['E'], effect: null },
    { rule: 'order-value', parameter: null, before: null, after: { max: '5' }, effect: 'stricter' },
    { rule: 'custom:mine', parameter: null, before: { expression: 'true' }, after: null, effect: 'looser' },
    { rule: 'custom:mine', parameter: 'expression', before: 'true', after: 'false', effect: null },
  ])('$rule $parameter $before → $after: $effect', ({ rule, parameter, before, after, effect }) =>
    expect(effectOfChange(rule, parameter, before, after)).toBe(effect),
  );

  it('known for every parameter of every rule, but for those that may be either', () => {
    const unknown = Object.entries(ruleSchemas).flatMap(([rule, schema]) =>
      Object.keys((schema.else as SchemaPart).properties!).flatMap((parameter) =>
        effectOfChange(rule, parameter, null, parameter === 'prepaidOnly' ? ['E'] : '1') === null
          ? [`${rule} ${parameter}`]
          : [],
      ),
    );
    expect(unknown).toEqual([
      'payment-behaviour windowDays',
      'demand-spike windowDays',
      'order-splitting windowDays',
      'order-splitting threshold',
    ]);
  });
});
