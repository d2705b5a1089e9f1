import { describe, expect, it } from '@jest/globals';
import type { Figures } from './figures.ts';
import { bounds, idleVerdictsOf, quickBounds, verdictsOf } from './verdicts.ts';

const p99 = (value: number) => ({ p50: 1, p95: 2, p99: value, max: value });
const slowP99 = { ours: p99(100), ceiling: p99(10) };
/** Figures that meet every bound of the long form exactly. */
const atEveryBound: Figures = {
  decisionsPerSecond: {
    ...{ ours: 16_000, oursHotCustomer: 14_400, fullPolicy: 14_400, pool: 2_400 },
    ...{ ceiling: 40_000, usual: 2_000 },
  },
  latencyMs: { '1000': { ours: p99(36), ceiling: p99(18) }, '5000': { ours: p99(60), ceiling: p99(30) } },
  cpuMicrosPerOrder: { service: 50, postgres: 40, broker: 10, load: 5 },
};
const withRates = (rates: Partial<Figures['decisionsPerSecond']>): Figures => ({
  ...atEveryBound,
  decisionsPerSecond: { ...atEveryBound.decisionsPerSecond, ...rates },
});
const withP99 = (perSecond: string, ours: number): Figures => ({
  ...atEveryBound,
  latencyMs: { ...atEveryBound.latencyMs, [perSecond]: { ours: p99(ours), ceiling: p99(18) } },
});
const broken = (figures: Figures, megabytes = 400): string[] =>
  verdictsOf(figures, megabytes, bounds).flatMap(({ says, judged }) => (judged === 'broken' ? [says] : []));

describe('What has to hold', () => {
  it('holds at every bound exactly', () => {
    const verdicts = verdictsOf(atEveryBound, 400, bounds);
    expect(verdicts.map(({ found, bound, judged }) => [found, bound, judged])).toEqual([
      [0.4, 0.4, 'holds'],
      [8, 8, 'holds'],
      [0.9, 0.9, 'holds'],
      [0.9, 0.9, 'holds'],
      [0.15, 0.15, 'holds'],
      [2, 2, 'holds'],
      [2, 2, 'holds'],
      [400, 400, 'holds'],
    ]);
  });

  it.each([
    { figures: withRates({ ceiling: 40_001 }), says: 'decisions/s of ours / of the ceiling' },
    { figures: withRates({ usual: 2_001 }), says: 'decisions/s of ours / of the usual way' },
    { figures: withRates({ oursHotCustomer: 14_399 }), says: 'decisions/s with a hot customer / without' },
    { figures: withRates({ fullPolicy: 14_399 }), says: 'decisions/s under the full policy / under few rules' },
    { figures: withRates({ pool: 2_399 }), says: 'decisions/s with a pool / without' },
    { figures: withP99('1000', 36.01), says: 'p99 at 1000/s of ours / of the ceiling' },
    { figures: withP99('5000', 36.01), says: 'p99 at 5000/s of ours / of the ceiling' },
  ])('does not hold a hair beyond: $says', ({ figures, says }) => {
    expect(broken(figures)).toEqual([says]);
  });

  it('does not hold with a megabyte too much', () => {
    expect(broken(atEveryBound, 401)).toEqual(['MB resident under full load']);
  });

  it('does not hold where nothing was decided at all', () => {
    expect(broken(withRates({ ours: 0, oursHotCustomer: 0 }))).toContain('decisions/s of ours / of the ceiling');
  });

  it('is not asked of what was not measured', () => {
    const notMeasured = withRates({ usual: NaN, fullPolicy: NaN, pool: NaN });
    const says = verdictsOf(notMeasured, 400, bounds).map((verdict) => verdict.says);
    expect(says).not.toContain('decisions/s of ours / of the usual way');
    expect(says).toHaveLength(5);
  });

  it.each([
    { ceiling: 30_000, judged: ['broken', 'broken'], because: 'both rates leave room' },
    {
      ceiling: 29_999,
      judged: ['broken', 'not judged'],
      because: 'at 5,000/s the machine is half full with Kafka alone',
    },
    { ceiling: 5_999, judged: ['not judged', 'not judged'], because: 'so it is at 1,000/s' },
  ])('where the ceiling does $ceiling/s, latencies are $judged, since $because', ({ ceiling, judged }) => {
    const slow = { ...withRates({ ceiling }), latencyMs: { '1000': slowP99, '5000': slowP99 } };
    const latencies = verdictsOf(slow, 400, bounds).filter(({ says }) => says.startsWith('p99'));
    expect(latencies.map((verdict) => verdict.judged)).toEqual(judged);
  });

  it('is asked more mildly in the quick form, but for memory', () => {
    const mild = verdictsOf(withRates({ ours: 12_000 }), 401, quickBounds);
    expect(mild.filter(({ judged }) => judged === 'broken').map(({ says }) => says)).toEqual([
      'MB resident under full load',
    ]);
  });
});

describe('A service at rest', () => {
  it.each([
    { cpuPercent: 2, megabytes: 200, judged: ['holds', 'holds'], because: 'both are at their bounds' },
    { cpuPercent: 2.01, megabytes: 200, judged: ['broken', 'holds'], because: 'it is busier than 2 % of a core' },
    { cpuPercent: 2, megabytes: 200.5, judged: ['holds', 'broken'], because: 'it holds more than 200 MB' },
  ])('$cpuPercent % and $megabytes MB: $judged, since $because', ({ cpuPercent, megabytes, judged }) => {
    const verdicts = idleVerdictsOf([{ name: 'order', cpuPercent, megabytes }]);
    expect(verdicts.map((verdict) => verdict.judged)).toEqual(judged);
  });
});
