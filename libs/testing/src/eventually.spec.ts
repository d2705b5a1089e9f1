import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('repeats until the assertion holds, and returns its value', async () => {
    let calls = 0;
    const value = await eventually(
      () => {
        calls += 1;
        if (calls < 3) throw new Error('not yet');
        return 'there';
      },
      { everyMs: 1 },
    );
    expect({ value, calls }).toEqual({ value: 'there', calls: 3 });
  });

  it('shows the last error and how long it waited when the time is over', async () => {
    let calls = 0;
    const never = () => {
      calls += 1;
      throw new Error(`not at call ${calls}`);
    };
    await expect(eventually(never, { timeoutMs: 30, everyMs: 5 })).rejects.toThrow(
      /^still so after \d+ ms: not at call [2-9]/,
    );
  });
});
