import type { Figures } from './figures.ts';

/** What was found beside what has to hold; where the machine did not allow to find it out, nothing is judged. */
export interface Verdict {
  says: string;
  found: number;
  bound: number;
  judged: 'holds' | 'broken' | 'not judged';
}

/** What `--assert` demands. Ratios of one run, so that they hold on any machine; memory and idleness as they are. */
export interface Bounds {
  ofCeilingMin: number;
  ofUsualMin: number;
  p99OfCeilingMax: number;
  hotOfEvenMin: number;
  fullPolicyOfBareMin: number;
  poolOfUngroupedMin: number;
  loadedMegabytesMax: number;
}

export const bounds: Bounds = {
  ofCeilingMin: 0.4,
  ofUsualMin: 8,
  p99OfCeilingMax: 2,
  hotOfEvenMin: 0.9,
  fullPolicyOfBareMin: 0.9,
  poolOfUngroupedMin: 0.15,
  loadedMegabytesMax: 400,
};

/**
 * Two rounds of five seconds on a machine that does other things beside: a 99th percentile is made of 50 orders, and one
 * checkpoint or garbage collection decides it. So these only catch what is clearly broken; the long form has the real bounds.
 */
export const quickBounds: Bounds = {
  ofCeilingMin: 0.25,
  ofUsualMin: 5,
  p99OfCeilingMax: 5,
  hotOfEvenMin: 0.7,
  fullPolicyOfBareMin: 0.7,
  poolOfUngroupedMin: 0.15,
  loadedMegabytesMax: 400,
};

/**
 * A rate says something about latency only while the machine has room left: the ceiling must be able to do so many times
 * as much. At 0.4 of it, the gate is then busy for less than half of the time.
 */
const roomMin = 6;

export const idleBounds = { cpuPercentMax: 2, megabytesMax: 200 };

/** Every bound with what was found; what was not measured is not judged. */
export function verdictsOf(
  { decisionsPerSecond: rate, latencyMs }: Figures,
  megabytes: number,
  limits: Bounds,
): Verdict[] {
  return [
    atLeast('decisions/s of ours / of the ceiling', rate.ours / rate.ceiling, limits.ofCeilingMin),
    atLeast('decisions/s of ours / of the usual way', rate.ours / rate.usual, limits.ofUsualMin),
    atLeast('decisions/s with a hot customer / without', rate.oursHotCustomer / rate.ours, limits.hotOfEvenMin),
    atLeast(
      'decisions/s under the full policy / under few rules',
      rate.fullPolicy / rate.ours,
      limits.fullPolicyOfBareMin,
    ),
    atLeast('decisions/s with a pool / without', rate.pool / rate.ours, limits.poolOfUngroupedMin),
    ...Object.entries(latencyMs).map(([perSecond, { ours, ceiling }]) => {
      const ratio = (ours?.p99 ?? NaN) / (ceiling?.p99 ?? NaN);
      const verdict = atMost(`p99 at ${perSecond}/s of ours / of the ceiling`, ratio, limits.p99OfCeilingMax);
      return rate.ceiling < Number(perSecond) * roomMin ? { ...verdict, judged: 'not judged' as const } : verdict;
    }),
    atMost('MB resident under full load', megabytes, limits.loadedMegabytesMax),
  ].filter(({ found }) => !Number.isNaN(found));
}

/** A service at rest, in percent of one core and in MB. */
export interface Idle {
  name: string;
  cpuPercent: number;
  megabytes: number;
}

export const idleVerdictsOf = (services: readonly Idle[]): Verdict[] =>
  services.flatMap(({ name, cpuPercent, megabytes }) => [
    atMost(`% of a core, ${name} idle`, cpuPercent, idleBounds.cpuPercentMax),
    atMost(`MB resident, ${name} idle`, megabytes, idleBounds.megabytesMax),
  ]);

const atLeast = (says: string, found: number, bound: number): Verdict => ({
  ...{ says, found, bound },
  judged: found >= bound ? 'holds' : 'broken',
});
export const atMost = (says: string, found: number, bound: number): Verdict => ({
  ...{ says, found, bound },
  judged: found <= bound ? 'holds' : 'broken',
});
