import { describe, expect, it } from '@jest/globals';
import { dayIn, daysToStart } from './days-to-start.ts';

describe('The business day', () => {
  it.each([
    {
      zone: 'Europe/Istanbul',
      at: '2026-11-20T20:59:59Z',
      day: '2026-11-20',
      because: 'it is one second to midnight there',
    },
    {
      zone: 'Europe/Istanbul',
      at: '2026-11-20T21:00:00Z',
      day: '2026-11-21',
      because: 'midnight there comes three hours before UTC',
    },
    { zone: 'America/New_York', at: '2026-11-21T04:59:59Z', day: '2026-11-20', because: 'it is still yesterday there' },
  ])('in $zone at $at is $day, since $because', ({ zone, at, day }) => {
    expect(dayIn(zone, new Date(at))).toBe(day);
  });

  it.each([
    { latest: null, due: ['2026-03-02'], because: 'the first day is today' },
    { latest: '2026-03-02', due: [], because: 'today has started already' },
    {
      latest: '2026-02-27',
      due: ['2026-02-28', '2026-03-01', '2026-03-02'],
      because: 'missed days are started in turn',
    },
    { latest: '2026-03-05', due: [], because: 'a day never goes back' },
  ])('after $latest starts $due, since $because', ({ latest, due }) => {
    expect(daysToStart(latest, '2026-03-02')).toEqual(due);
  });
});
