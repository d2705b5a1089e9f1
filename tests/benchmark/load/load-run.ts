import { setTimeout as pause } from 'node:timers/promises';
import type { Latencies } from './latencies.ts';
import { customerIdOf, type Orders } from './orders.ts';
import { dueAtMs, dueBy } from './pacing.ts';
import { RecordBatch } from './record-batch.ts';
import type { Patience, TopicWriter } from './topic-io.ts';
import { Undecided } from './undecided.ts';

/** What one run does: at a rate, or flat out where `perSecond` is null. */
export interface LoadPlan {
  perSecond: number | null;
  /** Before anything is measured. */
  rampSeconds: number;
  seconds: number;
  /** A fifth of the orders on one customer. */
  isHot: boolean;
  /** Flat out: no more orders than these wait for their decision. */
  undecidedMax: number;
}

export interface LoadResult {
  published: number;
  decided: number;
  approved: number;
  repeated: number;
  /** Of the time that was measured. */
  decidedWhileMeasured: number;
  measuredSeconds: number;
  /** Open loop only: of the orders that were due while measuring, from that instant on. */
  latencyMs: Latencies | null;
}

export interface Measuring {
  onBegin: () => void;
  onEnd: () => void;
}

const ordersPerRequest = 500;
/** As many as Java's producer keeps in flight. */
const requestsMax = 5;
const flatOutPerSecondMax = 80_000;
const drainMsMax = 60_000;

/** Publishes orders and follows their decisions. */
export class LoadRun {
  readonly undecided: Undecided;
  private readonly plan: LoadPlan;
  private readonly orders: Orders;
  private readonly writer: TopicWriter;
  private readonly partitionOf: Uint8Array;
  private requests = 0;
  private failure: Error | undefined;
  private wake: () => void = () => {};

  /** @param partitionOf by customer number */
  constructor(plan: LoadPlan, orders: Orders, writer: TopicWriter, partitionOf: Uint8Array, firstNumber: number) {
    const seconds = plan.rampSeconds + plan.seconds;
    const most = Math.ceil((plan.perSecond ?? flatOutPerSecondMax) * seconds);
    this.plan = plan;
    this.orders = orders;
    this.writer = writer;
    this.partitionOf = partitionOf;
    this.undecided = new Undecided(firstNumber, most);
  }

  /** How the decisions are to be read: at once where latency is measured, in larger pieces where throughput is. */
  get patience(): Patience {
    return this.plan.perSecond === null ? { bytesMin: 262_144, waitMsMax: 10 } : { bytesMin: 1, waitMsMax: 100 };
  }

  onFetched(): void {
    this.wake();
  }

  /** @throws Error when the broker refuses orders, or orders stay undecided */
  async run(measuring: Measuring): Promise<LoadResult> {
    const { rampSeconds, seconds } = this.plan;
    const startMs = performance.now();
    const [beginMs, endMs] = [startMs + rampSeconds * 1000, startMs + (rampSeconds + seconds) * 1000];
    const publishing = this.plan.perSecond === null ? this.flatOut(endMs) : this.openLoop(startMs, this.plan.perSecond);
    publishing.catch((error: Error) => (this.failure = error));

    await pause(rampSeconds * 1000);
    measuring.onBegin();
    const before = { decided: this.undecided.decided, atMs: performance.now() };
    await pause(endMs - performance.now());
    const decidedWhileMeasured = this.undecided.decided - before.decided;
    const measuredSeconds = (performance.now() - before.atMs) / 1000;
    measuring.onEnd();
    await publishing;
    await this.drain();

    const { published, decided, approved, repeated } = this.undecided;
    const latencyMs = this.plan.perSecond === null ? null : this.undecided.latencies(beginMs, endMs);
    return { published, decided, approved, repeated, decidedWhileMeasured, measuredSeconds, latencyMs };
  }

  /** Orders leave when they are due, whatever became of those before. */
  private async openLoop(startMs: number, perSecond: number): Promise<void> {
    const total = Math.ceil((this.plan.rampSeconds + this.plan.seconds) * perSecond);
    while (this.undecided.published < total) {
      const { published } = this.undecided;
      const due = dueBy(performance.now() - startMs, perSecond, total) - published;
      if (due > 0 && this.requests < requestsMax) {
        this.send(due, (order) => startMs + dueAtMs(published + order, perSecond));
      }
      await pause(1);
      if (this.failure) throw this.failure;
    }
  }

  /** As many as the undecided allow. */
  private async flatOut(untilMs: number): Promise<void> {
    while (performance.now() < untilMs && !this.undecided.isFull) {
      const room = this.plan.undecidedMax - this.undecided.waiting;
      if (room >= ordersPerRequest && this.requests < requestsMax) {
        const now = performance.now();
        this.send(ordersPerRequest, () => now);
        // The decisions that have come meanwhile are read in between.
        await new Promise((resolve) => setImmediate(resolve));
      } else {
        await Promise.race([new Promise<void>((resolve) => (this.wake = resolve)), pause(5)]);
      }
      if (this.failure) throw this.failure;
    }
  }

  private send(count: number, dueMs: (order: number) => number): void {
    const nowMs = Date.now();
    const at = new Date(nowMs).toISOString();
    const batches = new Map<number, RecordBatch>();
    for (let order = 0; order < count && !this.undecided.isFull; order++) {
      const number = this.undecided.publish(dueMs(order));
      const { customer, value, headers } = this.orders.next(number, this.plan.isHot, at);
      const partition = this.partitionOf[customer]!;
      let batch = batches.get(partition);
      if (!batch) batches.set(partition, (batch = new RecordBatch(count < 20 ? 2_048 : 65_536)));
      batch.add(customerIdOf(customer), value, headers);
    }
    this.requests += 1;
    const finished = new Map([...batches].map(([partition, batch]) => [partition, batch.finish(nowMs)]));
    this.writer
      .write(finished)
      .catch((error: Error) => (this.failure = error))
      .finally(() => {
        this.requests -= 1;
        this.wake();
      });
  }

  private async drain(): Promise<void> {
    const giveUpAt = performance.now() + drainMsMax;
    while (this.undecided.waiting > 0) {
      if (this.failure) throw this.failure;
      if (performance.now() > giveUpAt)
        throw new Error(`${this.undecided.waiting} of ${this.undecided.published} orders have no decision.`);
      await pause(10);
    }
  }
}
