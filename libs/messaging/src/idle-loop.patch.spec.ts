import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { patchIdleLoop } from './idle-loop.patch.ts';

interface Queue {
  pending: { sent: boolean }[];
  push(request: object): void;
  checkPendingRequests(): void;
  maybeThrottle(ms: number): void;
  destroy(): void;
}
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  new (options: object): Queue;
  prototype: { scheduleCheckPendingRequests(): void; patched?: true };
};
const unpatched = RequestQueue.prototype.scheduleCheckPendingRequests;
const logger = { debug: () => undefined, warn: () => undefined };

afterEach(() => {
  jest.useRealTimers();
  RequestQueue.prototype.scheduleCheckPendingRequests = unpatched;
  delete RequestQueue.prototype.patched;
});

/** How often an idle connection looks for requests in one second. */
function wakeUpsOfAnIdleSecond(): number {
  jest.useFakeTimers();
  const queue = new RequestQueue({ logger, maxInFlightRequests: null, requestTimeout: 1_000 });
  let wakeUps = 0;
  const check = queue.checkPendingRequests.bind(queue);
  queue.checkPendingRequests = () => {
    wakeUps += 1;
    check();
  };
  check();
  jest.advanceTimersByTime(1_000);
  queue.destroy();
  return wakeUps;
}

describe('A connection of kafkajs with nothing to send', () => {
  it('wakes up about a thousand times a second as kafkajs comes', () => {
    expect(wakeUpsOfAnIdleSecond()).toBeGreaterThan(500);
  });

  it('sleeps with the patch', () => {
    patchIdleLoop();
    expect(wakeUpsOfAnIdleSecond()).toBe(0);
  });
});

describe('With the patch', () => {
  const request = (correlationId: number, sent: number[]) => ({
    entry: { correlationId, resolve: () => undefined, reject: () => undefined },
    expectResponse: true,
    sendRequest: () => sent.push(correlationId),
  });

  it('a throttled request still leaves when the broker’s time is over', () => {
    patchIdleLoop();
    jest.useFakeTimers();
    const queue = new RequestQueue({ logger, maxInFlightRequests: null, requestTimeout: 1_000 });
    const sent: number[] = [];
    queue.maybeThrottle(200);
    queue.push(request(1, sent));
    jest.advanceTimersByTime(150);
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(sent).toEqual([1]);
    queue.destroy();
  });

  it('is applied once, however often it is asked for', () => {
    patchIdleLoop();
    const once = RequestQueue.prototype.scheduleCheckPendingRequests;
    patchIdleLoop();
    expect(RequestQueue.prototype.scheduleCheckPendingRequests).toBe(once);
  });
});
