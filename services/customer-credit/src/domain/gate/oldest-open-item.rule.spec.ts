import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { oldestOpenItemRule } from './oldest-open-item.rule.ts';

const oldest = (oldestOverdueDays: number) => ({ openItems: { overdue: 0n, open: 1n, oldestOverdueDays } });

describe('oldest-open-item', () => {
  it.each([
    { days: 0, allowed: 0, held: false, because: 'due today is not overdue' },
    { days: 1, allowed: 0, held: true, because: 'due yesterday is one day too many when none is allowed' },
    { days: 60, allowed: 60, held: false, because: 'day 60 is still allowed' },
    { days: 61, allowed: 60, held: true, because: 'day 61 is one too many' },
  ])('oldest $days days overdue, $allowed allowed: held $held, since $because', ({ days, allowed, held }) => {
    const facts = gateFacts({ account: oldest(days), parameters: { oldestOpenItem: { days: allowed } } });
    expect(oldestOpenItemRule(facts) !== null).toBe(held);
  });

  it('names the days', () => {
    const facts = gateFacts({ account: oldest(75), parameters: { oldestOpenItem: { days: 60 } } });
    expect(oldestOpenItemRule(facts)).toEqual({
      code: 'oldest-open-item',
      message: 'The oldest open item is 75 days overdue',
      measured: '75',
      threshold: '60',
      unit: 'days',
    });
  });

  it.each([
    { facts: { account: oldest(99) }, because: 'the policy does not name it' },
    {
      facts: { account: oldest(99), parameters: { oldestOpenItem: { days: 1 } }, order: { prepaid: true, adds: 0n } },
      because: 'a prepaid order is not asked',
    },
  ])('passes when $because', ({ facts }) => expect(oldestOpenItemRule(gateFacts(facts))).toBeNull());
});
