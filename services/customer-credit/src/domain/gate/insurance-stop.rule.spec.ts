import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { insuranceStopRule } from './insurance-stop.rule.ts';

const asked = (insuranceStopOn: string | null) => insuranceStopRule(gateFacts({ account: { insuranceStopOn } }));

// The business day is 2026-11-21.
describe('insurance-stop', () => {
  it.each([
    { stopOn: '2026-11-22', held: false, because: 'deliveries stop tomorrow' },
    { stopOn: '2026-11-21', held: true, because: 'the day is reached' },
    { stopOn: '2026-10-01', held: true, because: 'it is long over' },
    { stopOn: null, held: false, because: 'no insurer has set a day' },
  ])('stop on $stopOn: held $held, since $because', ({ stopOn, held }) => expect(asked(stopOn) !== null).toBe(held));

  it('names the business day and the stop', () =>
    expect(asked('2026-11-20')).toEqual({
      code: 'insurance-stop',
      message: 'The credit insurer wants deliveries stopped from 2026-11-20',
      ...{ measured: '2026-11-21', threshold: '2026-11-20', unit: 'date' },
    }));
});
