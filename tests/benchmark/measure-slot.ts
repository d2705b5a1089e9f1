import { isOurs, type Arm } from './arms/arm.ts';
import type { LoadClient } from './load/load-client.ts';
import type { Latencies } from './load/latencies.ts';
import { cpuMsOf, residentBytesOf } from './process-figures.ts';
import type { Slot } from './slots.ts';

/** CPU of one process, or of several that belong together, in µs an order. */
export interface CpuMicros {
  service: number;
  postgres: number;
  broker: number;
  load: number;
}

export interface Measured {
  slot: Slot;
  perSecond: number;
  approvedShare: number;
  /** Decisions that came to the topic more than once, as at-least-once allows when a partition changes hands. */
  repeated: number;
  latencyMs: Latencies | null;
  cpuMicros: CpuMicros;
  /** The most that one instance of the arm had, while measuring. */
  residentBytesMax: number;
}

export interface ServerPids {
  postgres: number;
  broker: number;
}

const residentEveryMs = 500;
const approvedShareExpected = 0.9;

/** Lets the load run against the arm and watches the processes meanwhile. @throws Error when an order was not decided, or not as the load was meant */
export async function measureSlot(slot: Slot, arm: Arm, load: LoadClient, servers: ServerPids): Promise<Measured> {
  const pids = { service: arm.pids, postgres: [servers.postgres], broker: [servers.broker], load: [load.pid] };
  const cpuNow = (): CpuMicros => mapValues(pids, (group) => group.reduce((sum, pid) => sum + cpuMsOf(pid), 0));
  let [before, after] = [cpuNow(), cpuNow()];
  let residentBytesMax = 0;
  const watching = setInterval(() => {
    residentBytesMax = Math.max(residentBytesMax, ...arm.pids.map(residentBytesOf));
  }, residentEveryMs);
  try {
    const result = await load.run(arm.name, slot.plan, {
      measuring: () => (before = cpuNow()),
      measured: () => (after = cpuNow()),
    });
    if (isOurs(arm.name) && Math.abs(result.approved / result.decided - approvedShareExpected) > 0.02)
      throw new Error(
        `${result.approved} of ${result.decided} orders were approved: that is not the load that was meant.`,
      );
    const orders = Math.max(1, result.decidedWhileMeasured);
    return {
      slot,
      perSecond: result.decidedWhileMeasured / result.measuredSeconds,
      approvedShare: result.approved / Math.max(1, result.decided),
      repeated: result.repeated,
      latencyMs: result.latencyMs,
      cpuMicros: mapValues(pids, (_, name) => ((after[name] - before[name]) * 1000) / orders),
      residentBytesMax,
    };
  } finally {
    clearInterval(watching);
  }
}

function mapValues<V, R, K extends string>(of: Record<K, V>, change: (value: V, key: K) => R): Record<K, R> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value as V, key as K)])) as Record<
    K,
    R
  >;
}
