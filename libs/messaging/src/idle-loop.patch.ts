import { createRequire } from 'node:module';

interface RequestQueue {
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 re-arms a timer of about 1 ms for every connection, even with no request waiting: 13 times the CPU at
 * idle, and on Node 24 a TimeoutNegativeWarning each time. Nothing needs to be checked while nothing is pending: every
 * push checks by itself.
 */
export function patchIdleLoop(): void {
  const Queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueue & { patched?: true };
  };
  if (Queue.prototype.patched) return;
  const schedule = Queue.prototype.scheduleCheckPendingRequests;
  Queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
  Queue.prototype.patched = true;
}
