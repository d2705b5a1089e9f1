import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuMsOf, parseStat, residentBytesOf } from './process-figures.ts';

describe('What a process uses', () => {
  it('is read from the fields that the kernel writes, whatever the program is called', () => {
    const line = `42 (a (b) c) S 7 42 42 0 -1 4194560 900 10 0 0 150 25 6 4 20 0 11 0 123456 734003200 5000 0 0`;
    expect(parseStat(line)).toEqual({ parent: 7, cpuMs: 1_750, childrenCpuMs: 100, residentBytes: 20_480_000 });
  });

  it('grows with what it does, its children included', async () => {
    const busy = 'while (process.cpuUsage().user < 200_000);';
    const child = spawn('/bin/sh', ['-c', `"${process.execPath}" -e "${busy}"; echo done; read wait`]);
    try {
      await once(child.stdout, 'data');
      expect(cpuMsOf(child.pid!)).toBeGreaterThanOrEqual(190);
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);

  it('is the memory of this process, in bytes', () => {
    const [measured, told] = [residentBytesOf(process.pid), process.memoryUsage.rss()];
    expect(Math.abs(measured - told)).toBeLessThan(told / 2);
  });

  it('is nothing when it has ended', () => {
    expect([cpuMsOf(0), residentBytesOf(0)]).toEqual([0, 0]);
  });
});
