import { describe, expect, it, jest } from '@jest/globals';
import { paced } from './paced.ts';

/** After so many ms, counted from the transaction's begin, the lane went on. */
function goesOnAfter(messages: number, tookMs: number): number {
  jest.useFakeTimers();
  try {
    const begunAt = performance.now();
    jest.advanceTimersByTime(tookMs);
    let wentOnAt: number | undefined;
    paced(messages, begunAt, () => (wentOnAt = performance.now()));
    jest.advanceTimersByTime(1_000);
    return wentOnAt! - begunAt;
  } finally {
    jest.useRealTimers();
  }
}

describe('A lane goes on', () => {
  it.each([
    { messages: 1, tookMs: 3, afterMs: 8 },
    { messages: 16, tookMs: 3, afterMs: 8 },
    { messages: 24, tookMs: 3, afterMs: 12 },
    { messages: 32, tookMs: 3, afterMs: 16 },
    { messages: 99, tookMs: 3, afterMs: 16 },
  ])('$afterMs ms after it began a transaction of $messages messages', ({ messages, tookMs, afterMs }) => {
    expect(goesOnAfter(messages, tookMs)).toBe(afterMs);
  });

  it('at once after a transaction of many messages, or one that has taken longer', () => {
    expect(goesOnAfter(100, 3)).toBe(3);
    expect(goesOnAfter(24, 13)).toBe(13);
  });
});
