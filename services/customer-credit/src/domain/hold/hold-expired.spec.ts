import { describe, expect, it } from '@jest/globals';
import { holdExpired } from './hold-expired.ts';

const heldSince = '2026-11-21';
const on = (businessDay: string, expireAfterDays?: number) =>
  holdExpired(heldSince, businessDay, expireAfterDays === undefined ? {} : { expireAfterDays });

describe('A hold that is opened on 2026-11-21', () => {
  it.each([
    { day: '2026-11-21', after: 1, expired: false, because: 'it was opened today' },
    { day: '2026-11-22', after: 1, expired: false, because: 'exactly the days allowed still wait' },
    { day: '2026-11-23', after: 1, expired: true, because: 'a day more is too many' },
    { day: '2027-01-20', after: 60, expired: false, because: 'it is day 60, over a month and a year' },
    { day: '2027-01-21', after: 60, expired: true, because: 'it is day 61' },
    { day: '2028-11-21', after: 60, expired: true, because: 'the days in between may never have started' },
    { day: '2036-11-21', after: undefined, expired: false, because: 'the policy names no days' },
  ])('on $day is expired $expired after $after days, since $because', ({ day, after, expired }) =>
    expect(on(day, after) !== null).toBe(expired),
  );

  it('says since when it was held, for how long, and how long it waits', () =>
    expect(on('2027-01-21', 60)).toEqual({
      code: 'hold-expired',
      message: 'Held since 2026-11-21, and nobody has answered for 61 days; the hold waits for 60',
      ...{ measured: '61', threshold: '60', unit: 'days' },
    }));
});
