import { describe, expect, it } from '@jest/globals';
import type { Measured } from '../measure-slot.ts';
import type { Slot } from '../slots.ts';
import { figuresOf, asWritten, median } from './figures.ts';

const p99 = (value: number) => ({ p50: value, p95: value, p99: value, max: value });
const cpu = (service: number) => ({ service, postgres: 1, broker: 1, load: 1 });
const flatOut = (arm: Slot['arm'], perSecond: number, kind: Slot['kind'] = 'flat out', service = 1): Measured => ({
  slot: { arm, kind, plan: { perSecond: null, rampSeconds: 1, seconds: 5, isHot: false, undecidedMax: 1 } },
  ...{ perSecond, approvedShare: 0.9, repeated: 0, latencyMs: null, cpuMicros: cpu(service), residentBytesMax: 1 },
});
const atRate = (arm: Slot['arm'], rate: number, ms: number): Measured => ({
  slot: {
    arm,
    kind: 'at a rate',
    plan: { perSecond: rate, rampSeconds: 1, seconds: 5, isHot: false, undecidedMax: 1 },
  },
  ...{ perSecond: rate, approvedShare: 0.9, repeated: 0, latencyMs: p99(ms), cpuMicros: cpu(99), residentBytesMax: 1 },
});

describe('The figures of a run', () => {
  const measured = [
    flatOut('ours', 5, 'warm-up', 99),
    flatOut('ours', 100, 'flat out', 30),
    flatOut('ceiling', 500),
    flatOut('ours', 90, 'hot customer', 99),
    flatOut('ours', 300, 'flat out', 10),
    flatOut('ours', 200, 'flat out', 20),
    ...[flatOut('full-policy', 180), flatOut('full-policy', 190), flatOut('pool', 120)],
    ...[atRate('ours', 1_000, 7), atRate('ours', 1_000, 9), atRate('ceiling', 1_000, 4), atRate('usual', 1_000, 30)],
    atRate('ours', 5_000, 12),
  ];
  const figures = figuresOf(measured);

  it('are the medians of the rounds, without warm-up, each kind for itself', () => {
    const ours = { ours: 200, oursHotCustomer: 90, fullPolicy: 185, pool: 120 };
    expect(figures.decisionsPerSecond).toEqual({ ...ours, ceiling: 500, usual: NaN });
    expect(figures.cpuMicrosPerOrder).toEqual(cpu(20));
    expect(figures.latencyMs['1000']).toEqual({ ours: p99(8), ceiling: p99(4), usual: p99(30) });
    expect(figures.latencyMs['5000']).toEqual({ ours: p99(12) });
  });

  it('are written with the two arms that every rate has, and with what was said of them', () => {
    const verdict = { says: 'one', found: 1, bound: 2, judged: 'holds' } as const;
    const written = asWritten(figures, [verdict]);
    expect(written.verdicts).toEqual([verdict]);
    expect(written.latencyMs).toEqual({
      '1000': { ours: p99(8), ceiling: p99(4) },
      '5000': { ours: p99(12) },
    });
  });

  it.each([
    { values: [3], is: 3 },
    { values: [9, 1, 5], is: 5 },
    { values: [9, 1, 5, 7], is: 6 },
    { values: [], is: NaN },
  ])('have $is as the median of $values', ({ values, is }) => {
    expect(median(values)).toBe(is);
  });
});
