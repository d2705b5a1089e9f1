import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (how: { type: 'major'; flavor: 'last-resort' }) => void;

const lookEveryMs = 20_000;
/** Of the time; a service that only keeps its connections is below. */
const busyAbove = 0.05;

/**
 * What a service makes of its messages dies young. V8 must not learn from a busy second that some of it lives long and put it
 * with the old at once: from there, dead, it keeps alive what it points to, and each of the collections that this costs stops
 * the service for 80 ms (ADR 31). The old may grow to two and a half times what is alive, not to four, before they are collected.
 */
export function collectGarbageSeldom(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=150');
}

/** Nothing is collected while nothing is made: once after work the memory that it took is given back, when nobody waits. */
export function collectGarbageAtRest(everyMs = lookEveryMs): NodeJS.Timeout {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  let before = performance.eventLoopUtilization();
  let isDue = true;
  return setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization > busyAbove) isDue = true;
    else if (isDue) {
      isDue = false;
      collect({ type: 'major', flavor: 'last-resort' });
      // The collection itself is no work.
      before = performance.eventLoopUtilization();
    }
  }, everyMs).unref();
}
