import { failureKind, type LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import { chunkTransaction, type ChunkOutcome, type LaneHandlers, type SpecialTreatment } from './chunk-transaction.ts';
import { ConnectionRetry } from './connection-retry.ts';
import type { Decoded } from './decode.ts';
import type { MessagingMetrics } from './metrics.ts';
import type { LogWriter } from './outgoing-log.ts';
import { catchUp, Fenced, OutOfStep, type OwnedPartition } from './ownership.ts';
import { paced } from './paced.ts';
import { ParkedQueues } from './parked-queues.ts';
import { ParkedRetry } from './parked-retry.ts';
import type { Publisher } from './publisher.ts';
import { PublishQueue } from './publish-queue.ts';
import { claim } from './take-over.ts';
import { Turns } from './turns.ts';

/** What one `eachBatch` call hands to its lane: records of one topic-partition, in order, decoded. */
export interface RecordChunk {
  partition: number;
  decoded: Decoded[];
  /** Set when the group rebalances meanwhile: nothing of it shall be begun any more. */
  abandoned: boolean;
}

interface Waiting {
  chunk: RecordChunk;
  done: () => void;
  failed: (error: unknown) => void;
}

export interface LaneOptions {
  writer: LogWriter;
  connection: LaneConnection;
  /** Beside the lane's own, made only when a late send must know whether it is still wanted. */
  checkConnection: LaneConnection;
  publisher: Publisher;
  handlers: LaneHandlers;
  metrics: MessagingMetrics;
  logger: Logger;
  /** A send that starts later than this after its commit asks first whether it still owns the partition, in ms. */
  sessionTimeoutMs: number;
}

// Enough to fill a transaction; more would only make the others wait.
const messagesPerTransaction = 1_000;
const takeOverAgainMs = 1_000;
// What is running when the lane closes, a take-over that waits for Kafka included, is not waited for longer.
const runningMsMax = 3_000;

/** Owns a set of partition numbers: takes all chunks that wait into one transaction, publishes in commit order. */
export class Lane {
  private readonly options: LaneOptions;
  private readonly waiting: Waiting[] = [];
  private readonly retry: ConnectionRetry;
  private readonly parkedRetry: ParkedRetry;
  private readonly publishing: PublishQueue;
  /** Transactions, take-overs and everything else on the connection: one after the other. */
  private readonly turns = new Turns();
  private partitions: readonly number[] = [];
  private owned = new Map<number, OwnedPartition>();
  private parked = new ParkedQueues();
  private expectsRepeats = true;
  private isWorking = false;
  private generation = 0;
  private ownedGeneration = 0;
  private takingOver: Promise<void> = Promise.resolve();
  private closing = false;

  constructor(options: LaneOptions) {
    this.options = options;
    const { connection, handlers, logger, writer } = options;
    this.retry = new ConnectionRetry(connection, logger);
    this.publishing = new PublishQueue(options, {
      owned: () => [...this.owned.values()],
      isWorking: () => this.isWorking,
      inTurn: (work) => this.turns.take(() => work(connection)),
    });
    this.parkedRetry = new ParkedRetry({
      ...{ connection, handlers, logger },
      consumer: writer.consumer,
      commit: (decoded, partitions, special) => this.commit(decoded, partitions, special),
    });
  }

  /** Owns what the group has given it, as far as the database knows. */
  get isReady(): boolean {
    return this.generation > 0 && this.ownedGeneration === this.generation;
  }

  /** Called when the group has given this lane its partitions; nothing is handled before their epochs are raised. */
  takeOver(partitions: readonly number[]): void {
    this.partitions = partitions;
    const generation = (this.generation += 1);
    this.takingOver = this.turns.take(() => this.raise(partitions, generation));
  }

  /**
   * The group says that the partitions are ours, the database says another's: an owner before us was late in raising
   * its epoch. Returns when they are ours again.
   */
  async takeOverAgain(generation: number): Promise<void> {
    if (generation === this.generation) this.takeOver(this.partitions);
    await this.takingOver;
  }

  /** Counts the take-overs. */
  get takeOvers(): number {
    return this.generation;
  }

  private async raise(partitions: readonly number[], generation: number): Promise<void> {
    const isWanted = (): boolean => this.generation === generation && !this.closing;
    const { connection, writer, logger } = this.options;
    while (isWanted()) {
      try {
        await this.publishing.settled();
        await this.retry.untilDone(
          async () => {
            const { owned, parked } = await claim(connection, writer.consumer, partitions, this.owned, {
              isWanted,
              logger,
              send: (page) => this.publishing.sendNow(page),
            });
            this.owned = owned;
            this.expectsRepeats = true;
            this.countParked(() => (this.parked = parked));
            this.ownedGeneration = generation;
          },
          { isWanted },
        );
        return this.publishing.recordSoon();
      } catch (error) {
        if (!isWanted()) return;
        logger.error(`Partitions could not be taken over, trying again: ${String((error as Error).stack ?? error)}`);
        await new Promise((resolve) => setTimeout(resolve, takeOverAgainMs));
      }
    }
  }

  /** Resolves when the chunk is committed. Rejects with `Fenced` when the lane has lost the partition. */
  async submit(chunk: RecordChunk): Promise<void> {
    for (let seen; seen !== this.takingOver;) await (seen = this.takingOver);
    if (this.closing) throw new Fenced([chunk.partition]);
    return new Promise((done, failed) => {
      this.waiting.push({ chunk, done, failed });
      if (!this.isWorking) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    try {
      while (this.waiting.length > 0) {
        await this.publishing.belowLimit();
        await this.turns.take(() => this.handleGroup(this.takeGroup()));
      }
    } finally {
      this.isWorking = false;
      this.publishing.recordSoon();
    }
  }

  private takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    let size = 0;
    while (this.waiting.length > 0 && size < messagesPerTransaction) {
      const next = this.waiting.shift()!;
      if (next.chunk.abandoned) next.failed(new Fenced([next.chunk.partition]));
      else {
        group.push(next);
        size += next.chunk.decoded.length;
      }
    }
    return group;
  }

  private async handleGroup(group: Waiting[]): Promise<void> {
    if (group.length === 0) return;
    const isWanted = (): boolean => !this.closing && group.some(({ chunk }) => !chunk.abandoned);
    const decoded = group.flatMap(({ chunk }) => chunk.decoded);
    const begunAt = performance.now();
    try {
      await this.retry.untilDone(() => this.commit(decoded, partitionsOf(group), {}), { isWanted, mayBeTooMuch: true });
      await this.afterCommit(decoded);
      paced(decoded.length, begunAt, () => group.forEach(({ done }) => done()));
    } catch (error) {
      if (error instanceof Fenced || !isWanted()) for (const { failed } of group) failed(error);
      else await this.oneByOne(group, decoded.length, error);
    }
  }

  /** Something in the group can never be handled: each message on its own, and the guilty one put aside. */
  private async oneByOne(group: Waiting[], size: number, cause: unknown): Promise<void> {
    this.options.logger.error(
      `Handling ${size} messages together failed, taking them one by one: ${String((cause as Error | null)?.stack ?? cause)}`,
    );
    for (const { chunk, done, failed } of group) {
      try {
        for (const decoded of chunk.decoded) await this.one(chunk, decoded);
        await this.afterCommit(chunk.decoded);
        done();
      } catch (error) {
        failed(error);
      }
    }
  }

  /** Three attempts: handle it; park it and answer its sender; park it silently, should even the answer fail. */
  private async one(chunk: RecordChunk, decoded: Decoded): Promise<void> {
    const isWanted = (): boolean => !this.closing && !chunk.abandoned;
    const attempt = (special: SpecialTreatment): Promise<void> =>
      this.retry.untilDone(() => this.commit([decoded], [chunk.partition], special), { isWanted });
    const cannotBeHandled = (error: unknown): boolean =>
      !(error instanceof Fenced) && isWanted() && failureKind(error) !== 'outage';
    try {
      await attempt({});
    } catch (error) {
      if (!cannotBeHandled(error)) throw error;
      const guiltyBecause = String((error as Error | null)?.message ?? error);
      await attempt({ guiltyBecause }).catch((again: unknown) => {
        if (!cannotBeHandled(again)) throw again;
        return attempt({ guiltyBecause, unanswered: true });
      });
    }
  }

  private async afterCommit(decoded: readonly Decoded[]): Promise<void> {
    const topics = new Set(decoded.flatMap((one) => (one.kind === 'delivery' ? [one.delivery.record.topic] : [])));
    for (const topic of topics) await this.options.handlers.byTopic.get(topic)?.afterCommit?.();
  }

  private async commit(decoded: Decoded[], partitions: number[], special: SpecialTreatment): Promise<void> {
    const { connection, writer, handlers, metrics } = this.options;
    const owned = partitions.flatMap((partition) => this.owned.get(partition) ?? []);
    if (owned.length < partitions.length) throw new Fenced(partitions);
    const stopTimer = metrics.transactionSeconds.startTimer();
    try {
      const work = { writer, handlers, decoded, owned, parked: this.parked, ...special };
      this.remember(await chunkTransaction(connection, { ...work, expectsRepeats: this.expectsRepeats }), special);
    } catch (error) {
      if (error instanceof OutOfStep) this.publishing.push(await catchUp(connection, writer.consumer, owned));
      throw error;
    } finally {
      stopTimer();
    }
  }

  private remember(
    { outgoing, rows, positions, recorded, aside, queueIsEmpty, hadRepeats, counts }: ChunkOutcome,
    { ending }: SpecialTreatment,
  ): void {
    for (const [partition, position] of positions) this.owned.get(partition)!.position = position;
    this.countParked(() => {
      for (const { delivery } of aside) this.parked.add(delivery.customerId, delivery.record.topic);
      if (ending && queueIsEmpty) this.parked.remove(ending.queue.customerId, ending.queue.topic);
    });
    this.expectsRepeats = hadRepeats;
    const { deadLetters, ...messages } = counts;
    for (const [outcome, count] of Object.entries(messages)) this.options.metrics.messages.inc({ outcome }, count);
    this.options.metrics.deadLetters.inc(deadLetters);
    this.publishing.push(rows, recorded);
    this.options.handlers.observer?.committed(outgoing);
  }

  private countParked(change: () => void): void {
    const before = this.parked.size;
    change();
    const { metrics, writer } = this.options;
    metrics.parkedQueues.inc({ consumer: writer.consumer }, this.parked.size - before);
  }

  /** Retries or discards what somebody has asked for (`npm run dead-letters`); called from time to time. */
  async handleWanted(): Promise<void> {
    if (this.parked.size === 0 || this.closing || !this.isReady) return;
    try {
      await this.turns.take(async () => {
        await this.options.connection.connect();
        await this.parkedRetry.run([...this.owned.keys()], this.parked);
      });
    } catch (error) {
      this.options.logger.warn(`Parked messages could not be looked after: ${(error as Error).message}`);
    }
  }

  /** Lets the running transaction end and its messages leave. */
  async close(): Promise<void> {
    this.closing = true;
    for (const { failed, chunk } of this.waiting.splice(0)) failed(new Fenced([chunk.partition]));
    await Promise.race([
      this.turns.take(async () => undefined),
      new Promise((resolve) => setTimeout(resolve, runningMsMax).unref()),
    ]);
    await this.publishing.close();
    await this.turns.take(() => this.options.connection.close());
  }
}

const partitionsOf = (group: readonly Waiting[]): number[] =>
  [...new Set(group.map(({ chunk }) => chunk.partition))].sort((a, b) => a - b);
