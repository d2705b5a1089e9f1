import { describe, expect, it } from '@jest/globals';
import { dueAtMs, dueBy } from './pacing.ts';

describe('An order is due', () => {
  it.each([
    { elapsedMs: 0, due: 1, because: 'the first is due at once' },
    { elapsedMs: 1.99, due: 1, because: 'at 500 a second the second is due after 2 ms' },
    { elapsedMs: 2, due: 2, because: 'it is due at that instant' },
    { elapsedMs: 100, due: 51, because: 'after a pause all that were missed are due' },
    { elapsedMs: 60_000, due: 1_000, because: 'there are no more' },
  ])('$due after $elapsedMs ms, since $because', ({ elapsedMs, due }) => {
    expect(dueBy(elapsedMs, 500, 1_000)).toBe(due);
  });

  it.each([1_000, 3_000, 5_000])('at the instant from which its latency counts, at %d a second', (perSecond) => {
    for (let order = 0; order < 2_000; order++) {
      expect(dueBy(dueAtMs(order, perSecond) + 1e-6, perSecond, 2_000)).toBe(order + 1);
    }
  });
});
