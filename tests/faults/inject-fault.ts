import type { ServerName } from '@ordergate/local-infra';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './plan-faults.ts';
import type { DecisionWatch } from './system/decision-watch.ts';
import { nextCommitOf } from './system/group-progress.ts';
import type { SystemUnderTest } from './system/system-under-test.ts';

/** How long it took until work went on. */
export interface Recovery {
  fault: Fault;
  /** To the first new decision, or to the first message that a service which decides nothing has handled. */
  firstMs: number;
  /** Until no order waited any more; null for a service that decides nothing. */
  caughtUpMs: number | null;
}

/** A broker on a busy machine may need a minute to start. */
const patienceMs = 120_000;

/** Does it, sees to it that whatever was hit comes back, and waits until nothing waits any more. */
export async function injectFault(
  system: SystemUnderTest,
  watch: DecisionWatch,
  fault: Fault,
  freezeMs: number,
): Promise<Recovery> {
  await pause(fault.calmMs);
  if (fault.isServer) {
    const sinceMs = Date.now();
    const recovered = watch.recoveredSince(sinceMs, patienceMs);
    recovered.catch(() => undefined);
    await system.servers.kill(fault.target as ServerName);
    await system.servers.startAgain(fault.target as ServerName);
    if (fault.target === 'kafka') await watch.restart();
    return { fault, ...(await recovered) };
  }
  const service = system.service(fault.target);
  if (fault.kind === 'kill' && service.service !== 'customer-credit') {
    service.kill();
    return {
      fault,
      firstMs: await nextCommitOf(system.brokers, system.prefix + service.service, patienceMs),
      caughtUpMs: null,
    };
  }
  let sinceMs = Date.now();
  if (fault.kind === 'kill') service.kill();
  else {
    service.freeze();
    // With a second instance the partitions are taken over meanwhile: that is what is measured then.
    const isAlone = system.services.filter((other) => other.service === service.service).length === 1;
    const takenOver = isAlone ? undefined : watch.recoveredSince(sinceMs, patienceMs);
    await pause(freezeMs);
    sinceMs = Date.now();
    service.thaw();
    if (takenOver) return { fault, ...(await takenOver) };
  }
  return { fault, ...(await watch.recoveredSince(sinceMs, patienceMs)) };
}
