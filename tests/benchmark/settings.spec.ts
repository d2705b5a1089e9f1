import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.ts';

describe('The command line of the benchmark', () => {
  it('asks for everything unless said otherwise', () => {
    expect(readSettings([])).toEqual({
      ...{ isQuick: false, isAsserted: false, jsonFile: undefined, instances: 1, isIdleOnly: false },
      ...{ arms: ['ours', 'ceiling', 'usual'], isFlatOutOnly: false, profileDir: undefined },
    });
  });

  it.each([
    { args: ['--quick', '--json', 'bench.json'], asks: { isQuick: true, jsonFile: 'bench.json' } },
    { args: ['--instances', '2'], asks: { instances: 2 } },
    { args: ['--arms', 'ceiling,ours'], asks: { arms: ['ours', 'ceiling'] } },
    {
      args: ['--arms', 'pool,full-policy,ours', '--flat-out'],
      asks: { arms: ['ours', 'full-policy', 'pool'], isFlatOutOnly: true },
    },
    { args: ['--assert', '--arms', 'ours,full-policy'], asks: { isAsserted: true } },
  ])('$args', ({ args, asks }) => {
    expect(readSettings(args)).toMatchObject(asks);
  });

  it.each([
    { args: ['--instances', '0'], says: '--instances is "0"; it must be a whole number from 1 to 4.' },
    { args: ['--instances', '5'], says: '--instances is "5"; it must be a whole number from 1 to 4.' },
    {
      args: ['--arms', 'ours,theirs'],
      says: '--arms has "theirs"; known are ours, full-policy, pool, ceiling, usual.',
    },
    { args: ['--assert', '--arms', 'ours'], says: '--arms needs ours and another one' },
    { args: ['--assert', '--arms', 'full-policy,pool'], says: '--arms needs ours and another one' },
    { args: ['--quick', '--idle'], says: 'is no part of --quick' },
    { args: ['--fast'], says: "Unknown option '--fast'" },
  ])('refuses $args', ({ args, says }) => {
    expect(() => readSettings(args)).toThrow(says);
  });

  it('shows its options where it is asked for help', () => {
    expect(readSettings(['--help'])).toBeNull();
  });
});
