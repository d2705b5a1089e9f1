import kafkajs from 'kafkajs';
import type { Admin, KafkaConfig } from 'kafkajs';
import { createRequire } from 'node:module';

interface RequestQueue {
  patched?: true;
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/**
 * A quiet Kafka client for tools and tests.
 * kafkajs 2.2.4 schedules a check of its request queue after every answer, throttled or not, with a negative delay:
 * Node 24 prints a TimeoutNegativeWarning and turns the check into a 1 ms loop. Nothing waits, so nothing is scheduled.
 */
export function kafkaClient(brokers: string[], settings: Partial<KafkaConfig> = {}): kafkajs.Kafka {
  stopIdleLoop();
  return new kafkajs.Kafka({
    clientId: 'ordergate-tools',
    brokers,
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1000,
    ...settings,
  });
}

/** Runs one piece of work with a connected admin client. */
export async function withKafkaAdmin<T>(
  brokers: string[],
  work: (admin: Admin) => Promise<T>,
  settings: Partial<KafkaConfig> = {},
): Promise<T> {
  const admin = kafkaClient(brokers, settings).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

function stopIdleLoop(): void {
  const load = createRequire(import.meta.url);
  const queue = load('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue };
  // libs/messaging mends the same place for the services; whoever comes first does it.
  if (queue.prototype.patched) return;
  queue.prototype.patched = true;
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    const throttledMs = this.throttledUntil - Date.now();
    if (this.throttleCheckTimeoutId || (this.pending.length === 0 && throttledMs <= 0)) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      Math.max(throttledMs, 10),
    );
  };
}
