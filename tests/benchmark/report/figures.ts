import type { Latencies } from '../load/latencies.ts';
import type { CpuMicros, Measured } from '../measure-slot.ts';
import type { Slot } from '../slots.ts';
import type { Verdict } from './verdicts.ts';

/** What a run of the benchmark has found: medians over its rounds. */
export interface Figures {
  decisionsPerSecond: Record<'ours' | 'oursHotCustomer' | 'fullPolicy' | 'pool' | 'ceiling' | 'usual', number>;
  /** By rate. The usual way is there where it keeps up. */
  latencyMs: Record<string, Partial<Record<Slot['arm'], Latencies>>>;
  /** Of ours, flat out. */
  cpuMicrosPerOrder: CpuMicros;
}

export function figuresOf(measured: readonly Measured[]): Figures {
  const of = (arm: Slot['arm'], kind: Slot['kind']): Measured[] =>
    measured.filter(({ slot }) => slot.arm === arm && slot.kind === kind);
  const throughput = (arm: Slot['arm'], kind: Slot['kind'] = 'flat out'): number =>
    Math.round(median(of(arm, kind).map(({ perSecond }) => perSecond)));
  const latencyMs: Figures['latencyMs'] = {};
  for (const { slot } of measured.filter(({ latencyMs }) => latencyMs !== null)) {
    const { perSecond } = slot.plan;
    const same = of(slot.arm, 'at a rate').filter((one) => one.slot.plan.perSecond === perSecond);
    (latencyMs[String(perSecond)] ??= {})[slot.arm] = medianOfEach(same.map(({ latencyMs }) => latencyMs!));
  }
  return {
    decisionsPerSecond: {
      ours: throughput('ours'),
      oursHotCustomer: throughput('ours', 'hot customer'),
      fullPolicy: throughput('full-policy'),
      pool: throughput('pool'),
      ceiling: throughput('ceiling'),
      usual: throughput('usual'),
    },
    latencyMs,
    cpuMicrosPerOrder: medianOfEach(of('ours', 'flat out').map(({ cpuMicros }) => cpuMicros)),
  };
}

/** As `--json` writes it: the usual way's latency is for people alone. What was not measured is null. */
export function asWritten(figures: Figures, verdicts: readonly Verdict[]) {
  const latencyMs = Object.entries(figures.latencyMs).map(([perSecond, { ours, ceiling }]) => [
    perSecond,
    { ...(ours && { ours }), ...(ceiling && { ceiling }) },
  ]);
  return { ...figures, latencyMs: Object.fromEntries(latencyMs) as Figures['latencyMs'], verdicts };
}

/** Of an even number the mean of the two in the middle; of none NaN. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return NaN;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

function medianOfEach<T extends object>(all: readonly T[]): T {
  const names = Object.keys(all[0] ?? {}) as (keyof T)[];
  return Object.fromEntries(
    names.map((name) => [name, Math.round(median(all.map((one) => Number(one[name]))) * 100) / 100]),
  ) as T;
}
