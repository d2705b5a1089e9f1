import { describe, expect, it } from '@jest/globals';
import { dunningLevelRule } from './dunning-level.rule.ts';
import { noStanding } from './facts-record.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const asked = (dunningLevel: number, max?: number, order = {}) =>
  dunningLevelRule(
    gateFacts({
      account: { standing: { ...noStanding, dunningLevel } },
      order,
      parameters: max === undefined ? {} : { dunningLevel: { max } },
    }),
  );

describe('dunning-level', () => {
  it.each([
    { level: 2, max: 2, held: false, because: 'exactly the allowed level still passes' },
    { level: 3, max: 2, held: true, because: 'one level more holds' },
    { level: 1, max: 0, held: true, because: 'no reminder is allowed' },
    { level: 9, max: undefined, held: false, because: 'the policy does not name the rule' },
  ])('level $level, $max allowed: held $held, since $because', ({ level, max, held }) =>
    expect(asked(level, max) !== null).toBe(held),
  );

  it('is not asked of a prepaid order', () => expect(asked(3, 2, { prepaid: true, adds: 0n })).toBeNull());

  it('names the level and the allowed one', () =>
    expect(asked(3, 2)).toEqual({
      code: 'dunning-level',
      message: "The account's dunning level is 3; up to 2 is allowed",
      ...{ measured: '3', threshold: '2' },
    }));
});
