import { describe, expect, it } from '@jest/globals';
import { oldestDueDay, openItemFacts } from './open-items.ts';

const day = '2026-11-21';
const parameters = { overdueItems: { days: 30, amountMin: 0n } };
const item = (dueOn: string, undisputed = 10n, open = undisputed) => ({ dueOn, undisputed, open });

describe('What open items say on the business day', () => {
  it.each([
    { dueOn: '2026-11-22', days: 0, overdue: 0n, because: 'it is not due' },
    { dueOn: '2026-11-21', days: 0, overdue: 0n, because: 'due today is not overdue' },
    { dueOn: '2026-11-20', days: 1, overdue: 0n, because: 'due yesterday is one day overdue' },
    { dueOn: '2026-10-22', days: 30, overdue: 0n, because: 'day 30 is still allowed' },
    { dueOn: '2026-10-21', days: 31, overdue: 10n, because: 'day 31 is one too many' },
  ])('due $dueOn: $days days, $overdue counts as overdue, since $because', ({ dueOn, days, overdue }) => {
    expect(openItemFacts([item(dueOn)], parameters, day)).toEqual({ overdue, open: 10n, oldestOverdueDays: days });
  });

  it('leaves out what is disputed, but not of what is open', () => {
    const items = [item('2026-01-01', 0n, 40n), item('2026-09-01', 30n, 100n), item('2026-12-24', 5n)];
    expect(openItemFacts(items, parameters, day)).toEqual({ overdue: 30n, open: 145n, oldestOverdueDays: 81 });
  });

  it.each([
    { promised: 0n, overdue: 40n, because: 'nothing is promised' },
    { promised: 15n, overdue: 25n, because: 'a promise excuses the oldest items first' },
    { promised: 40n, overdue: 0n, because: 'all of it is promised' },
    { promised: 50n, overdue: 0n, because: 'what is promised beyond it excuses younger items' },
  ])('$overdue of 40 is overdue when $promised is promised, since $because', ({ promised, overdue }) => {
    const items = [item('2026-01-01', 10n), item('2026-09-01', 30n), item('2026-11-01', 20n)];
    // The age of the oldest is not excused: that rule asks for what is not disputed.
    const facts = { overdue, open: 60n, oldestOverdueDays: 324 };
    expect(openItemFacts(items, parameters, day, promised)).toEqual(facts);
  });

  it('sums nothing as overdue while no rule asks', () =>
    expect(openItemFacts([item('2020-01-01')], {}, day)).toMatchObject({ overdue: 0n, open: 10n }));
});

describe('The oldest due day', () => {
  it.each([
    { items: [], oldest: null, because: 'nothing is open' },
    {
      items: [item('2026-03-01'), item('2026-02-01'), item('2026-04-01')],
      oldest: '2026-02-01',
      because: 'it is the earliest',
    },
    {
      items: [item('2026-01-01', 0n, 9n), item('2026-02-01')],
      oldest: '2026-02-01',
      because: 'the older one is disputed',
    },
    { items: [item('2026-01-01', 0n, 9n)], oldest: null, because: 'all of it is disputed' },
  ])('is $oldest, since $because', ({ items, oldest }) => expect(oldestDueDay(items)).toBe(oldest));
});
