import { describe, expect, it } from '@jest/globals';
import { holdPriority, scoreOf, type PriorityFacts } from './hold-priority.ts';

/** Nothing speaks for this hold but its amount of EUR 1,000.00. */
const facts = (differs: Partial<PriorityFacts> = {}): PriorityFacts => ({
  accountCurrency: 'EUR',
  amount: 1_000_00n,
  excess: 1_000_00n,
  limit: 1_000_00n,
  riskClass: 'E',
  requestedDeliveryOn: '2026-06-01',
  openedOn: '2026-03-02',
  businessDay: '2026-03-02',
  ...differs,
});

describe('The priority of a hold', () => {
  it.each([
    { differs: {}, score: 5, because: 'only the amount counts' },
    { differs: { amount: 999_99n }, score: 0, because: 'less is little money' },
    { differs: { amount: 500_000_00n }, score: 30, because: 'much money waits' },
    { differs: { amount: null }, score: 0, because: 'nobody knows what it is worth' },
    { differs: { excess: 50_00n }, score: 30, because: 'a twentieth of the limit is missing' },
    { differs: { excess: 50_01n }, score: 25, because: 'a little more is missing' },
    { differs: { excess: 500_01n }, score: 5, because: 'more than half of the limit is missing' },
    { differs: { excess: null }, score: 20, because: 'no limit is exceeded' },
    { differs: { limit: null }, score: 5, because: 'there is no limit to compare with' },
    { differs: { limit: 0n }, score: 5, because: 'a limit of nothing is exceeded by all of it' },
    { differs: { riskClass: 'A' }, score: 20, because: 'the customer is a good one' },
    { differs: { riskClass: null }, score: 13, because: 'nobody has classed it' },
    { differs: { requestedDeliveryOn: '2026-03-01' }, score: 25, because: 'the goods are late' },
    { differs: { requestedDeliveryOn: '2026-03-04' }, score: 20, because: 'the goods are wanted in two days' },
    { differs: { requestedDeliveryOn: '2026-03-17' }, score: 5, because: 'there is time' },
    { differs: { requestedDeliveryOn: null }, score: 10, because: 'no day is named' },
    { differs: { openedOn: '2026-02-27' }, score: 8, because: 'it waits for three days' },
    { differs: { openedOn: '2025-03-02' }, score: 15, because: 'ten days of waiting are the most that count' },
  ])('is $score, since $because', ({ differs, score }) => {
    expect(scoreOf(holdPriority(facts(differs)))).toBe(score);
  });

  it('is 100 at most, and says what earned it', () => {
    const best = facts({
      ...{ amount: 500_000_00n, excess: 1n, riskClass: 'A', requestedDeliveryOn: '2026-03-01', openedOn: '2026-01-01' },
    });
    expect(scoreOf(holdPriority(best))).toBe(100);
    expect(holdPriority(best).map(({ part, because }) => `${part}: ${because}`)).toEqual([
      'amount: 500000 EUR or more',
      'margin: at most 5 % beyond the limit',
      'risk-class: risk class A',
      'delivery: delivery is wanted on 2026-03-01',
      'age: held since 2026-01-01',
    ]);
  });
});
