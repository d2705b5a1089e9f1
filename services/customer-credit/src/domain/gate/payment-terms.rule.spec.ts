import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { paymentTermsRule } from './payment-terms.rule.ts';

interface Terms {
  order: number | null;
  agreed: number | null;
  maxDays?: number;
}
const asked = ({ order, agreed, maxDays }: Terms, more = {}) =>
  paymentTermsRule(
    gateFacts({
      account: { paymentTermsDays: agreed },
      order: { paymentTermsDays: order, ...more },
      parameters: { paymentTerms: maxDays === undefined ? {} : { maxDays } },
    }),
  );

describe('payment-terms', () => {
  it.each<Terms & { held: boolean; because: string }>([
    { order: 30, agreed: 30, held: false, because: 'exactly the agreed terms pass' },
    { order: 31, agreed: 30, held: true, because: 'a day more than agreed holds' },
    { order: null, agreed: 30, held: false, because: 'an order without terms has the agreed ones' },
    { order: 90, agreed: null, held: false, because: 'nothing is agreed and the policy has no maximum' },
    { order: 60, agreed: null, maxDays: 60, held: false, because: 'exactly the maximum passes' },
    { order: 61, agreed: null, maxDays: 60, held: true, because: 'a day more than the maximum holds' },
    { order: 61, agreed: 90, maxDays: 60, held: true, because: 'the maximum counts although more is agreed' },
    { order: null, agreed: 90, maxDays: 60, held: true, because: 'agreed terms are above the maximum' },
    { order: 45, agreed: 30, maxDays: 60, held: true, because: 'less is agreed than the maximum' },
    { order: null, agreed: null, maxDays: 0, held: false, because: 'nobody names any terms' },
    { order: 1, agreed: 0, held: true, because: 'cash on delivery is agreed' },
  ])('order $order, agreed $agreed, maximum $maxDays: held $held, since $because', ({ held, ...terms }) =>
    expect(asked(terms) !== null).toBe(held),
  );

  it('is not asked of a prepaid order', () =>
    expect(asked({ order: 90, agreed: 30 }, { prepaid: true, adds: 0n })).toBeNull());

  it('passes when the policy turns it off', () => {
    const { parameters, ...facts } = gateFacts({ account: { paymentTermsDays: 30 }, order: { paymentTermsDays: 90 } });
    const { paymentTerms: _, ...without } = parameters;
    expect(paymentTermsRule({ ...facts, parameters: without })).toBeNull();
  });

  it.each([
    { terms: { order: 45, agreed: 30 }, threshold: '30', whose: 'that are agreed with the customer' },
    { terms: { order: 45, agreed: 90, maxDays: 40 }, threshold: '40', whose: 'that the policy allows' },
  ])('names the terms and the $threshold days $whose', ({ terms, threshold, whose }) =>
    expect(asked(terms)).toEqual({
      code: 'payment-terms',
      message: `Payment terms of 45 days are longer than the ${threshold} days ${whose}`,
      ...{ measured: '45', threshold, unit: 'days' },
    }),
  );
});
