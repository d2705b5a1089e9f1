import { describe, expect, it } from '@jest/globals';
import { longForm, quickForm, secondsOf, slotsOf } from './slots.ts';

const usualArms = ['ours', 'ceiling', 'usual'] as const;
const shown = (form: typeof quickForm, arms: Parameters<typeof slotsOf>[1] = usualArms): string[] =>
  slotsOf(form, arms).map(
    ({ arm, kind, plan }) => `${arm} ${kind}${plan.perSecond === null ? '' : ` ${plan.perSecond}`}`,
  );

describe('The slots of a benchmark', () => {
  const flatOut = ['ours flat out', 'ceiling flat out', 'usual flat out', 'ours hot customer'];
  const at1000 = ['ours at a rate 1000', 'ceiling at a rate 1000'];
  const at5000 = ['ours at a rate 5000', 'ceiling at a rate 5000'];
  const warmUps = ['ours warm-up', 'ceiling warm-up', 'usual warm-up'];

  it('are a warm-up for each arm and rounds there and back', () => {
    const round = [...flatOut, ...at1000, ...at5000];
    expect(shown(quickForm)).toEqual([...warmUps, ...round, ...round.toReversed()]);
  });

  it('are three rounds in the long form, with the usual way at the rate that it can do, warmed up for 15 s', () => {
    const round = [...flatOut, ...at1000, 'usual at a rate 1000', ...at5000];
    expect(shown(longForm)).toEqual([...warmUps, ...round, ...round.toReversed(), ...round]);
    expect(longForm.warmUpSeconds).toBe(15);
  });

  it('put policy and pools in turn with ours, flat out', () => {
    const round = ['ours flat out', 'full-policy flat out', 'pool flat out', 'ours hot customer'];
    const warmUp = ['ours warm-up', 'full-policy warm-up', 'pool warm-up'];
    const slots = shown({ ...quickForm, rates: [] }, ['ours', 'full-policy', 'pool']);
    expect(slots).toEqual([...warmUp, ...round, ...round.toReversed()]);
    expect(shown(quickForm, ['full-policy', 'pool'])).not.toContain('full-policy at a rate 1000');
  });

  it('leave the quick form a minute of its three to start, drain and stop', () => {
    expect(secondsOf(slotsOf(quickForm, usualArms))).toBeLessThanOrEqual(120);
  });

  it('hold at most 20,000 undecided orders', () => {
    for (const { plan } of slotsOf(longForm, usualArms)) expect(plan.undecidedMax).toBeLessThanOrEqual(20_000);
  });
});
