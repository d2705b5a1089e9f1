import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { reviewOverdueRule } from './review-overdue.rule.ts';

const asked = (reviewOn: string | null, graceDays?: number) =>
  reviewOverdueRule(
    gateFacts({ account: { reviewOn }, parameters: graceDays === undefined ? {} : { reviewOverdue: { graceDays } } }),
  );

// The business day is 2026-11-21.
describe('review-overdue', () => {
  it.each([
    { reviewOn: '2026-11-21', graceDays: 0, held: false, because: 'it is to be reviewed today' },
    {
      reviewOn: '2026-11-20',
      graceDays: 0,
      held: true,
      because: 'it was to be reviewed yesterday, and there is no grace',
    },
    { reviewOn: '2026-11-11', graceDays: 10, held: false, because: 'the last day of grace still passes' },
    { reviewOn: '2026-11-10', graceDays: 10, held: true, because: 'grace ended yesterday' },
    { reviewOn: null, graceDays: 0, held: false, because: 'no review is planned' },
    { reviewOn: '2020-01-01', graceDays: undefined, held: false, because: 'the policy does not name the rule' },
  ])('review on $reviewOn, $graceDays days of grace: held $held, since $because', ({ reviewOn, graceDays, held }) =>
    expect(asked(reviewOn, graceDays) !== null).toBe(held),
  );

  it('names the days and the grace', () =>
    expect(asked('2026-11-01', 10)).toEqual({
      code: 'review-overdue',
      message: 'The review of the account, due on 2026-11-01, is 20 days overdue',
      ...{ measured: '20', threshold: '10', unit: 'days' },
    }));
});
