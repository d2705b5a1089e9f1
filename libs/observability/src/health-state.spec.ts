import { describe, expect, it } from '@jest/globals';
import { HealthState } from './health-state.ts';

describe('A service is ready', () => {
  it('when each of its parts says so', async () => {
    const health = new HealthState();
    health.register('database', () => null);
    health.register('consumers', () => Promise.resolve(null));
    expect(await health.troubles()).toEqual([]);
  });

  it('not while a part says why not, or fails to say', async () => {
    const health = new HealthState();
    health.register('database', () => Promise.reject(new Error('connect ECONNREFUSED')));
    health.register('business day', () => 'no day is known yet');
    health.register('consumers', () => null);
    expect(await health.troubles()).toEqual([
      { part: 'database', why: 'connect ECONNREFUSED' },
      { part: 'business day', why: 'no day is known yet' },
    ]);
  });

  it('not while a part does not answer', async () => {
    const health = new HealthState();
    health.register('database', () => new Promise(() => undefined));
    expect(await health.troubles()).toEqual([{ part: 'database', why: 'no answer within 2 s' }]);
  });

  it('without a part that is gone', async () => {
    const health = new HealthState();
    const leave = health.register('replay', () => 'still running');
    leave();
    expect(await health.troubles()).toEqual([]);
  });
});
