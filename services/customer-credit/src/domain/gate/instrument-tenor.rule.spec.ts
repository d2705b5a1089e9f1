import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { instrumentTenorRule } from './instrument-tenor.rule.ts';

const asked = (instrumentDueOn: string | null, order = {}) =>
  instrumentTenorRule(
    gateFacts({
      order: { placedOn: '2026-11-20', paymentMethod: 'instrument', instrumentDueOn, ...order },
      parameters: { instrumentTenor: { maxDays: 90 } },
    }),
  );

describe('instrument-tenor', () => {
  it.each([
    { dueOn: '2027-02-18', held: false, because: 'day 90 after the order still passes' },
    { dueOn: '2027-02-19', held: true, because: 'day 91 is one too many' },
    { dueOn: '2026-11-01', held: false, because: 'it is due already' },
    { dueOn: null, held: true, because: 'nobody says when it falls due' },
  ])('due on $dueOn: held $held, since $because', ({ dueOn, held }) => expect(asked(dueOn) !== null).toBe(held));

  it('is not asked when no instrument is meant', () =>
    expect(asked(null, { paymentMethod: 'open-account' })).toBeNull());

  it('is asked of a due day, whatever the method is called', () =>
    expect(asked('2027-12-31', { paymentMethod: 'open-account' })).not.toBeNull());

  it('passes when the policy does not name it', () =>
    expect(instrumentTenorRule(gateFacts({ order: { instrumentDueOn: '2030-01-01' } }))).toBeNull());

  it('names the days from order to due day', () =>
    expect(asked('2027-03-20')).toEqual({
      code: 'instrument-tenor',
      message: 'The instrument falls due on 2027-03-20, 120 days after the order',
      ...{ measured: '120', threshold: '90', unit: 'days' },
    }));
});
