import { setTimeout as pause } from 'node:timers/promises';
import { TopicTail, type TailRecord } from '../../../tools/replay/topic-tail.ts';

export interface HeardDecision {
  type: string;
  orderId: string;
  orderVersion: number;
  /** Of the answer to a shipment. */
  shipmentId?: string;
  decidedAtMs: number;
  heardAtMs: number;
}

export interface Recovered {
  /** To the first decision that was taken after the instant asked about. */
  firstMs: number;
  /** Until no order waited any more, on whichever partition. */
  caughtUpMs: number;
}

/** It has to be back before the service is, or it would be measured. */
const clientSettings = { requestTimeout: 2_000, retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 1_000 } };
/** An order that waits no longer than this waits for nothing in particular. */
const usualMs = 1_000;
const lookEveryMs = 20;
const restartMsMax = 5_000;

/** Hears every decision as an order system would, on the topic, and knows which orders wait for one. */
export class DecisionWatch {
  private readonly askedAtMs = new Map<string, number>();
  private listeners: ((decision: HeardDecision) => void)[] = [];
  private readonly brokers: string[];
  private readonly topic: string;
  /** By partition: the offset after the last decision heard. */
  private readonly nextOffsets: number[];
  private tail: TopicTail | undefined;

  constructor(brokers: string[], topic: string, partitions: number) {
    this.brokers = brokers;
    this.topic = topic;
    this.nextOffsets = Array.from({ length: partitions }, () => 0);
  }

  async start(): Promise<void> {
    const begin = new Map([[this.topic, [...this.nextOffsets]]]);
    this.tail = await TopicTail.start(this.brokers, begin, (record) => this.hear(record), clientSettings);
  }

  /**
   * After an outage of the broker with a new client: how fast an old one finds its way back is not what is measured. A
   * consumer of kafkajs may give up for good while the broker still starts; then another one is made.
   */
  async restart(): Promise<void> {
    const old = this.tail;
    for (let isBack = false; !isBack;) isBack = await Promise.race([this.isStarted(), pause(restartMsMax, false)]);
    void old?.stop().catch(() => undefined);
  }

  private async isStarted(): Promise<boolean> {
    try {
      await this.start();
      return true;
    } catch {
      await pause(lookEveryMs);
      return false;
    }
  }

  private hear({ partition, message: { offset, headers, value } }: TailRecord): void {
    if (Number(offset) < this.nextOffsets[partition]!) return;
    this.nextOffsets[partition] = Number(offset) + 1;
    const { orderId, orderVersion, shipmentId, decidedAt } = JSON.parse(String(value)) as DecisionData;
    this.askedAtMs.delete(`${orderId} ${orderVersion}`);
    const decision = { type: String(headers?.['ce_type']), orderId, orderVersion, shipmentId, heardAtMs: Date.now() };
    for (const listener of [...this.listeners]) listener({ ...decision, decidedAtMs: Date.parse(decidedAt) });
  }

  onDecision(listener: (decision: HeardDecision) => void): void {
    this.listeners.push(listener);
  }

  /** These orders are on their way. */
  asked(orders: readonly { orderId: string; orderVersion: number }[]): void {
    for (const { orderId, orderVersion } of orders) this.askedAtMs.set(`${orderId} ${orderVersion}`, Date.now());
  }

  /** Waits until decisions come again. @throws Error when they do not */
  async recoveredSince(sinceMs: number, timeoutMs: number): Promise<Recovered> {
    let firstMs: number | undefined;
    let lateMs = 0;
    const listener = ({ decidedAtMs, heardAtMs }: HeardDecision): void => {
      if (decidedAtMs > sinceMs) firstMs ??= heardAtMs - sinceMs;
    };
    this.listeners.push(listener);
    try {
      for (;;) {
        const elapsedMs = Date.now() - sinceMs;
        const oldestMs = this.oldestWaitMs();
        if (oldestMs >= usualMs) lateMs = elapsedMs;
        // Only then is old what waits since the outage began, on a partition that nobody owns.
        const isPast = elapsedMs > 2 * usualMs && lateMs < elapsedMs;
        if (firstMs !== undefined && isPast) return { firstMs, caughtUpMs: Math.max(firstMs, lateMs) };
        if (elapsedMs > timeoutMs)
          throw new Error(
            `after ${timeoutMs / 1_000} s ${firstMs === undefined ? 'no new decision has come' : `an order waits since ${oldestMs} ms`}`,
          );
        await pause(lookEveryMs);
      }
    } finally {
      this.listeners = this.listeners.filter((other) => other !== listener);
    }
  }

  private oldestWaitMs(): number {
    const [oldest] = this.askedAtMs.values();
    return oldest === undefined ? 0 : Date.now() - oldest;
  }

  async stop(): Promise<void> {
    await this.tail?.stop();
  }
}

interface DecisionData {
  orderId: string;
  orderVersion: number;
  shipmentId?: string;
  decidedAt: string;
}
