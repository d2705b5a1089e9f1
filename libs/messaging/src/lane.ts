import type { LaneConnection } from '@ordergate/database';
import { failureKind } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import { chunkTransaction, type LaneHandlers, type SpecialTreatment } from './chunk-transaction.ts';
import type { Decoded } from './decode.ts';
import { ConnectionRetry } from './connection-retry.ts';
import type { MessagingMetrics } from './metrics.ts';
import { Fenced, publishLeftovers, raiseEpochs, type OwnedPartition } from './ownership.ts';
import type { LogWriter } from './outgoing-log.ts';
import { keepParked, parkedQueues, queueOf, wantedMessages, type WantedMessage } from './parked-messages.ts';
import { PublishQueue } from './publish-queue.ts';
import type { Publisher } from './publisher.ts';

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
  publisher: Publisher;
  handlers: LaneHandlers;
  metrics: MessagingMetrics;
  logger: Logger;
  /** A send that starts later than this after its commit asks first whether it still owns the partition, in ms. */
  sessionTimeoutMs: number;
}

// Enough to fill a transaction; more would only make the others wait.
const messagesPerTransaction = 2_000;

/** Owns a set of partition numbers: takes all chunks that wait into one transaction, publishes in commit order. */
export class Lane {
  private readonly options: LaneOptions;
  private readonly waiting: Waiting[] = [];
  private readonly retry: ConnectionRetry;
  readonly publishing: PublishQueue;
  private owned = new Map<number, OwnedPartition>();
  private parked = new Set<string>();
  private working = false;
  private generation = 0;
  private takingOver: Promise<void> = Promise.resolve();
  private closing = false;

  constructor(options: LaneOptions) {
    this.options = options;
    this.retry = new ConnectionRetry(options.connection, options.logger);
    this.publishing = new PublishQueue(
      options,
      () => [...this.owned.values()],
      () => this.working,
    );
  }

  /** Called when the group has given this lane its partitions; nothing is handled before their epochs are raised. */
  takeOver(partitions: readonly number[]): Promise<void> {
    const generation = (this.generation += 1);
    this.takingOver = this.takingOver.catch(() => undefined).then(() => this.raise(partitions, generation));
    this.takingOver.catch(() => undefined);
    return this.takingOver;
  }

  private async raise(partitions: readonly number[], generation: number): Promise<void> {
    const { connection, writer, logger } = this.options;
    const stillWanted = (): boolean => this.generation === generation && !this.closing;
    await this.publishing.settled();
    await this.idle();
    await this.retry.untilDone(stillWanted, async () => {
      const raised = await raiseEpochs(connection, writer.consumer, partitions);
      const queues = await parkedQueues(connection, writer.consumer, partitions);
      for (const partition of raised) {
        const sent = await publishLeftovers(connection, writer.consumer, partition, (page) =>
          this.publishing.sendNow(page),
        );
        if (sent > 0)
          logger.info(
            `Published ${sent} messages that the former owner of partition ${partition.partition} had written and perhaps not sent`,
          );
      }
      this.owned = new Map(raised.map((row) => [row.partition, row]));
      this.parked = new Set(queues);
    });
  }

  /** Resolves when the chunk is committed. Rejects with `Fenced` when the lane has lost the partition. */
  async submit(chunk: RecordChunk): Promise<void> {
    await this.takingOver;
    return new Promise((done, failed) => {
      this.waiting.push({ chunk, done, failed });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    try {
      while (this.waiting.length > 0) {
        await this.publishing.belowLimit();
        const group = this.takeGroup();
        if (group.length > 0) await this.handleGroup(group);
      }
    } finally {
      this.working = false;
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
    const isWanted = (): boolean => !this.closing && group.some(({ chunk }) => !chunk.abandoned);
    try {
      await this.retry.untilDone(isWanted, () =>
        this.commit(
          group.flatMap(({ chunk }) => chunk.decoded),
          partitionsOf(group),
        ),
      );
      for (const { done } of group) done();
    } catch (error) {
      if (error instanceof Fenced || !isWanted()) for (const { failed } of group) failed(error);
      else await this.oneByOne(group, error);
    }
  }

  /** Something in the group can never be handled: each message on its own, and the guilty one put aside. */
  private async oneByOne(group: Waiting[], cause: unknown): Promise<void> {
    const { logger } = this.options;
    logger.error(
      `Handling ${group.reduce((sum, { chunk }) => sum + chunk.decoded.length, 0)} messages together failed, taking them one by one: ${String((cause as Error).stack ?? cause)}`,
    );
    for (const { chunk, done, failed } of group) {
      try {
        for (const decoded of chunk.decoded) await this.one(chunk, decoded);
        done();
      } catch (error) {
        failed(error);
      }
    }
  }

  private async one(chunk: RecordChunk, decoded: Decoded): Promise<void> {
    const isWanted = (): boolean => !this.closing && !chunk.abandoned;
    try {
      await this.retry.untilDone(isWanted, () => this.commit([decoded], [chunk.partition]));
    } catch (error) {
      if (error instanceof Fenced || !isWanted() || failureKind(error) === 'outage') throw error;
      const reason = (error as Error).message;
      await this.retry.untilDone(isWanted, () => this.commit([decoded], [chunk.partition], { parkBecause: reason }));
    }
  }

  private async commit(decoded: Decoded[], partitions: number[], special: SpecialTreatment = {}): Promise<void> {
    const { connection, writer, handlers, metrics } = this.options;
    const owned = partitions.map((partition) => this.owned.get(partition));
    if (owned.includes(undefined)) throw new Fenced(partitions);
    const stopTimer = metrics.transactionSeconds.startTimer();
    const outcome = await chunkTransaction(connection, {
      writer,
      handlers,
      metrics,
      decoded,
      owned: owned as OwnedPartition[],
      parked: this.parked,
      ...special,
    });
    stopTimer();
    for (const [partition, position] of outcome.positions) this.owned.get(partition)!.position = position;
    for (const queue of outcome.newlyParked) this.parked.add(queue);
    for (const queue of outcome.freed) this.parked.delete(queue);
    this.publishing.push(outcome.rows, outcome.recorded);
  }

  /** Retries or discards what somebody has asked for (`npm run dead-letters`); called from time to time. */
  async handleWanted(): Promise<void> {
    if (this.parked.size === 0 || this.working || this.closing) return;
    this.working = true;
    try {
      const { connection, writer } = this.options;
      await connection.connect();
      const wanted = await wantedMessages(connection, writer.consumer, [...this.owned.keys()]);
      for (const queue of Map.groupBy(wanted, (message) =>
        queueOf(message.customerId, message.record.topic),
      ).values()) {
        await this.retryQueue(queue);
      }
    } catch (error) {
      this.options.logger.warn(`Parked messages could not be looked after: ${(error as Error).message}`);
    } finally {
      this.working = false;
      if (this.waiting.length > 0) void this.work();
    }
  }

  private async retryQueue(queue: WantedMessage[]): Promise<void> {
    const { connection, writer, handlers, logger } = this.options;
    const kept = queue.filter(({ wanted }) => wanted !== 'discard');
    const decoded = kept.map(({ record, partition }) => handlers.decode(record, partition));
    const [first] = queue as [WantedMessage];
    try {
      await this.commit(decoded, [first.partition], { ending: queue });
      logger.info(
        `${kept.length} parked messages of ${first.customerId} on ${first.record.topic} were handled, ${queue.length - kept.length} discarded`,
      );
    } catch (error) {
      if (error instanceof Fenced || failureKind(error) === 'outage') throw error;
      await keepParked(connection, writer.consumer, queue, (error as Error).message);
    }
  }

  private async idle(): Promise<void> {
    while (this.working) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Lets the running transaction end and its messages leave. */
  async close(): Promise<void> {
    this.closing = true;
    for (const { failed, chunk } of this.waiting.splice(0)) failed(new Fenced([chunk.partition]));
    await this.idle();
    await this.publishing.close();
    await this.options.publisher.close();
    await this.options.connection.close();
  }
}

function partitionsOf(group: readonly Waiting[]): number[] {
  return [...new Set(group.map(({ chunk }) => chunk.partition))].sort((a, b) => a - b);
}
