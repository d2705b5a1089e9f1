import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@ordergate/observability';
import { OffsetCommits } from './offset-commits.ts';

describe('offsets told to the group', () => {
  let offsets: OffsetCommits;
  beforeEach(() => {
    jest.useFakeTimers();
    offsets = new OffsetCommits(createLogger('spec'));
  });
  afterEach(() => void jest.useRealTimers());

  it('are told once for all chunks of a moment', async () => {
    const commit = jest.fn(async () => undefined);
    offsets.commitSoon(commit);
    offsets.commitSoon(commit);
    expect(commit).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(100);
    expect(commit).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it('are told again until the group has heard them', async () => {
    const commit = jest
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new Error('The group is rebalancing'))
      .mockResolvedValue(undefined);
    offsets.commitSoon(commit);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(commit).toHaveBeenCalledTimes(2);
  });

  it('are told at once when the consumer stops, and never after it', async () => {
    const commit = jest.fn(async () => undefined);
    offsets.commitSoon(commit);
    await offsets.commitNow();
    expect(commit).toHaveBeenCalledTimes(1);
    offsets.close();
    offsets.commitSoon(commit);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(commit).toHaveBeenCalledTimes(1);
  });
});
