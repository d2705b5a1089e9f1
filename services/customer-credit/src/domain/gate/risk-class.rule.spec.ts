import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { riskClassRule } from './risk-class.rule.ts';

const asked = (riskClass: string | null, order = {}) =>
  riskClassRule(gateFacts({ account: { riskClass }, order, parameters: { riskClass: { prepaidOnly: ['D', 'E'] } } }));

describe('risk-class', () => {
  it.each([
    { riskClass: 'C', held: false, because: 'the class has credit' },
    { riskClass: 'D', held: true, because: 'the class trades on prepayment only' },
    { riskClass: null, held: false, because: 'the customer is in no class' },
  ])('class $riskClass: held $held, since $because', ({ riskClass, held }) =>
    expect(asked(riskClass) !== null).toBe(held),
  );

  it('lets a prepaid order pass', () => expect(asked('E', { prepaid: true, adds: 0n })).toBeNull());

  it('passes when the policy does not name it', () =>
    expect(riskClassRule(gateFacts({ account: { riskClass: 'E' } }))).toBeNull());

  it('names the class and those that are meant', () =>
    expect(asked('E')).toEqual({
      code: 'risk-class',
      message: 'Customers of risk class E trade on prepayment only',
      ...{ measured: 'E', threshold: 'D, E' },
    }));
});
