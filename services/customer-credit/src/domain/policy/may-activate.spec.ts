import { describe, expect, it } from '@jest/globals';
import { mayActivate } from './may-activate.ts';

const passed = [
  { kind: 'scenarios' as const, passed: true },
  { kind: 'backtest' as const, passed: true },
];
const asked = {
  writtenBy: 'user:u-1',
  activatedBy: 'user:u-2',
  checks: passed,
  wasActive: false,
  effectiveOn: '2026-03-02',
  businessDay: '2026-03-02',
};

describe('A policy', () => {
  it.each([
    { differs: {}, because: 'it was proved, and a second person agrees' },
    { differs: { effectiveOn: '2026-04-01' }, because: 'it may begin on a later day' },
    {
      differs: { wasActive: true, activatedBy: 'user:u-1', checks: [] },
      because: 'one that was in force before is rolled back to in one call',
    },
  ])('may be activated, since $because', ({ differs }) =>
    expect(mayActivate({ ...asked, ...differs })).toEqual({ outcome: 'may' }),
  );

  it.each([
    { differs: { activatedBy: 'user:u-1' }, code: 'same-person', because: 'who wrote it does not activate it' },
    { differs: { checks: [] }, code: 'not-ready', because: 'nothing was proved' },
    { differs: { checks: passed.slice(0, 1) }, code: 'not-ready', because: 'it was not tried on history' },
    {
      differs: { checks: [passed[1]!, { kind: 'scenarios' as const, passed: false }] },
      code: 'not-ready',
      because: 'a scenario fails',
    },
    { differs: { effectiveOn: '2026-03-01' }, code: 'validation-failed', because: 'the past stays as it was' },
    {
      differs: { effectiveOn: '2026-03-01', wasActive: true },
      code: 'validation-failed',
      because: 'also when it is rolled back to',
    },
  ])('may not be activated ($code), since $because', ({ differs, code }) =>
    expect(mayActivate({ ...asked, ...differs })).toMatchObject({ outcome: 'refused', code }),
  );
});
