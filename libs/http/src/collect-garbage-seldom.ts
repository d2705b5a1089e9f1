import { setFlagsFromString } from 'node:v8';

/**
 * What a service makes of its messages dies young. V8 must not learn from a busy second that some of it lives long and put it
 * with the old at once: from there, dead, it keeps alive what it points to, and each of the collections that this costs stops
 * the service for 80 ms (ADR 31). The old may grow to 2.2 times what is alive, not to four, before they are collected.
 */
export function collectGarbageSeldom(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=120');
}
