import { beforeEach, describe, expect, it } from '@jest/globals';
import { Calendar } from './calendar.ts';

let told: string[];
let calendar: Calendar;

beforeEach(() => {
  told = [];
  calendar = new Calendar('2026-03-02', async (day) => void told.push(`day ${day}`));
});

const works =
  (name: string, ...days: string[]) =>
  async () => {
    told.push(`${name} begins`);
    for (const day of days) {
      await calendar.reach(day);
      told.push(`${name} on ${day}`);
    }
  };

describe('The one calendar', () => {
  it('starts its first day, then each day that somebody waits for, once and in order', async () => {
    await calendar.open();
    await calendar.sideBySide([works('A', '2026-03-05', '2026-03-09'), works('B', '2026-03-04', '2026-03-09')], false);
    expect(told).toEqual([
      'day 2026-03-02',
      ...['A begins', 'B begins'],
      ...['day 2026-03-04', 'B on 2026-03-04'],
      ...['day 2026-03-05', 'A on 2026-03-05'],
      ...['day 2026-03-09', 'B on 2026-03-09', 'A on 2026-03-09'],
    ]);
  });

  it('does not move on while somebody still has work on its day', async () => {
    const work = Promise.withResolvers<void>();
    const all = calendar.sideBySide([works('A', '2026-03-03'), () => work.promise], false);
    await new Promise((resolve) => setImmediate(resolve));
    expect(calendar.today).toBe('2026-03-02');
    work.resolve();
    await all;
    expect(calendar.today).toBe('2026-03-03');
  });

  it('counts the rounds of a story each by itself, and the story again after the last', async () => {
    const story = async () => {
      await calendar.sideBySide([works('round 1', '2026-03-03'), works('round 2', '2026-03-04')]);
      told.push(`story on ${calendar.today}`);
      await calendar.reach('2026-03-05');
    };
    await calendar.sideBySide([story], false);
    expect(told.slice(-2)).toEqual(['story on 2026-03-04', 'day 2026-03-05']);
  });

  it('goes at once to a day that has come already', async () => {
    await calendar.reach('2026-03-01');
    expect(told).toEqual([]);
  });

  it('tells everybody who waits that a day could not be started', async () => {
    const broken = new Calendar('2026-03-02', () => Promise.reject(new Error('no answer')));
    const failures: string[] = [];
    const wait = () => broken.reach('2026-03-03').catch((error: Error) => void failures.push(error.message));
    await broken.sideBySide([wait, wait], false);
    expect(failures).toEqual(['no answer', 'no answer']);
  });
});
