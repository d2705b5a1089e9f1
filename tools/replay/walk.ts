import { DecisionLog } from './decision-log.ts';
import type { Day, PlannedMessage } from './plan-days.ts';
import { RunningSystem, type SystemAddress } from './running-system.ts';

export interface WalkOptions {
  address: SystemAddress;
  days: readonly Day[];
  /** Of the messages: `ce_source`. */
  source: string;
  onDay?: (day: string, daysDone: number, messagesSent: number) => void;
  signal?: AbortSignal;
}

export interface WalkResult {
  decisions: DecisionLog;
  messagesSent: number;
  elapsedMs: number;
  deadLetters: number;
  lastDay: string;
}

/**
 * Walks the calendar: sends a step of a day, waits until every service has handled it and what it caused, goes on.
 * @throws NotHandledError when a service does not get on; whatever `signal` is aborted with
 */
export async function walk({ address, days, source, onDay, signal }: WalkOptions): Promise<WalkResult> {
  const decisions = new DecisionLog();
  const system = await RunningSystem.open(address, (topic, record) => {
    if (topic === 'credit-decisions') decisions.noteHeard(record);
  });
  try {
    const startedAtMs = performance.now();
    let messagesSent = 0;
    for (const [at, { day, steps }] of days.entries()) {
      for (const step of steps) {
        signal?.throwIfAborted();
        const orderIds = ordersOf(step);
        decisions.noteSent(orderIds, performance.now());
        await system.publish(step, source);
        messagesSent += step.length;
        await system.settle(() => orderIds.every((orderId) => decisions.first.has(orderId)), signal);
      }
      onDay?.(day, at + 1, messagesSent);
    }
    const elapsedMs = performance.now() - startedAtMs;

    return {
      decisions,
      messagesSent,
      elapsedMs,
      deadLetters: await system.newDeadLetters(),
      lastDay: days.at(-1)?.day ?? '',
    };
  } finally {
    await system.close();
  }
}

function ordersOf(step: readonly PlannedMessage[]): string[] {
  return step.filter(({ type }) => type === 'OrderPlaced.v1').map(({ data }) => String(data['orderId']));
}
