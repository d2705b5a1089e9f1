import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, isDay } from './days.ts';

describe('a calendar day', () => {
  it.each(['2026-11-21', '2024-02-29', '2000-02-29', '1900-01-01', '9999-12-31'])('%s is one', (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '21.11.2026',
    '0000-01-01',
    '',
  ])('"%s" is none', (day) => expect(isDay(day)).toBe(false));

  it.each([
    { from: '2026-11-21', to: '2026-11-21', days: 0 },
    { from: '2026-11-20', to: '2026-11-21', days: 1 },
    { from: '2026-03-28', to: '2026-03-30', days: 2 },
    { from: '2027-01-01', to: '2026-12-31', days: -1 },
    { from: '2024-02-28', to: '2024-03-01', days: 2 },
  ])('from $from to $to are $days days, summer time or not', ({ from, to, days }) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  it('agrees with the calendar of the machine on what is a day', () => {
    const parts = fc.tuple(
      fc.integer({ min: 1900, max: 2400 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const date = new Date(Date.UTC(year, month - 1, day));
        expect(isDay(text)).toBe(date.toISOString().startsWith(text));
      }),
    );
  });

  it('does not run past the last day, which stands for "without end"', () => {
    expect(addDays('9999-12-30', 30)).toBe('9999-12-31');
  });
});
