import { describe, expect, it } from '@jest/globals';
import type { Parameters } from '../policy/parameters.ts';
import { noStanding } from './facts-record.ts';
import { gateFacts } from './gate-facts.fixture.ts';
import { paymentBehaviourRule } from './payment-behaviour.rule.ts';
import type { Standing } from './rule.ts';

const late: Parameters['paymentBehaviour'] = { windowDays: 180, daysLateMax: 4_00n };
const score: Parameters['paymentBehaviour'] = { windowDays: 180, scoreMin: 40 };
const asked = (standing: Partial<Standing>, paymentBehaviour: Parameters['paymentBehaviour'] | null, order = {}) =>
  paymentBehaviourRule(
    gateFacts({
      account: { standing: { ...noStanding, ...standing } },
      order,
      parameters: paymentBehaviour ? { paymentBehaviour } : {},
    }),
  );

describe('payment-behaviour', () => {
  it.each([
    { standing: { daysLate: 4_00n }, asks: late, held: false, because: 'exactly the allowed days still pass' },
    { standing: { daysLate: 4_01n }, asks: late, held: true, because: 'a hundredth of a day more holds' },
    { standing: { score: 40 }, asks: score, held: false, because: 'exactly the wanted score still passes' },
    { standing: { score: 39 }, asks: score, held: true, because: 'a point less holds' },
    { standing: { score: null }, asks: score, held: false, because: 'there is no score' },
    { standing: { score: 0, daysLate: 99_00n }, asks: null, held: false, because: 'the policy does not name the rule' },
    { standing: { score: 0 }, asks: late, held: false, because: 'the policy does not ask for the score' },
    { standing: { daysLate: 99_00n }, asks: score, held: false, because: 'the policy does not ask for the days' },
  ])('$standing: held $held, since $because', ({ standing, asks, held }) =>
    expect(asked(standing, asks) !== null).toBe(held),
  );

  it('is not asked of a prepaid order', () =>
    expect(asked({ daysLate: 99_00n }, late, { prepaid: true, adds: 0n })).toBeNull());

  it('names the days late on average', () =>
    expect(asked({ daysLate: 4_33n }, late)).toEqual({
      code: 'payment-behaviour',
      message: 'Payments of the last 180 days were 4.33 days late on average; 4 are allowed',
      ...{ measured: '4.33', threshold: '4', unit: 'days' },
    }));

  it('names both in one reason, since the rule is about one customer', () =>
    expect(asked({ daysLate: 4_33n, score: 12 }, { ...late, ...score })).toMatchObject({
      message:
        'Payments of the last 180 days were 4.33 days late on average; 4 are allowed. The payment score is 12; at least 40 is wanted',
      ...{ measured: '4.33', threshold: '4', unit: 'days' },
    }));

  it('names the score alone', () =>
    expect(asked({ score: 12 }, score)).toMatchObject({ measured: '12', threshold: '40', unit: 'points' }));
});
