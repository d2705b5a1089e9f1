import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identify, isRunning } from './process-identity.ts';

describe('the identity of a process', () => {
  it('is lost when the process ends, whoever gets its number next', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const identity = identify(child.pid!)!;
    expect(isRunning(identity)).toBe(true);

    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(identity)).toBe(false);
  });

  it('differs from that of an earlier process with the same number', () => {
    const earlier = { pid: process.pid, startedAt: 'before' };
    expect(isRunning(earlier)).toBe(false);
  });
});
