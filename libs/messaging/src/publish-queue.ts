import type { Topic } from '@ordergate/contracts';
import type { LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import type { LaneHandlers } from './chunk-transaction.ts';
import { MessageSender } from './message-sender.ts';
import type { MessagingMetrics } from './metrics.ts';
import { recordPublished, stillOwned, type OwnedPartition } from './ownership.ts';
import { toSendable, type LoggedMessage, type LogWriter } from './outgoing-log.ts';
import { SendTakesLong, type Publisher } from './publisher.ts';

interface Committed {
  rows: LoggedMessage[];
  committedAt: number;
}

interface PublishQueueOptions {
  writer: LogWriter;
  publisher: Publisher;
  metrics: MessagingMetrics;
  logger: Logger;
  sessionTimeoutMs: number;
  /** Beside the lane's own: used only to ask whether we are still the owner. */
  checkConnection: LaneConnection;
  handlers: Pick<LaneHandlers, 'lateSends'>;
}

/** What the queue must know of its lane. */
interface QueueOfLane {
  owned: () => OwnedPartition[];
  isWorking: () => boolean;
  /** Runs between the lane's transactions, never inside one. */
  inTurn: (work: (connection: LaneConnection) => Promise<void>) => Promise<void>;
}

// Beyond this the lane waits for Kafka before it takes more: what is unsent lies in memory.
const unsentMax = 5_000;
const idleBeforeRecordingMs = 200;
const closeMsMax = 3_000;

/** Sends what was committed, from memory, in commit order, one send in flight (SEMANTICS.md 3). */
export class PublishQueue {
  private readonly options: PublishQueueOptions;
  private readonly lane: QueueOfLane;
  private queue: Committed[] = [];
  private unsent = 0;
  private sending: Promise<void> | undefined;
  private recording: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(options: PublishQueueOptions, lane: QueueOfLane) {
    this.options = options;
    this.lane = lane;
  }

  /** Takes what a transaction has committed. */
  push(rows: LoggedMessage[], recorded: ReadonlyMap<number, bigint> = new Map()): void {
    for (const partition of this.lane.owned())
      partition.recorded = recorded.get(partition.partition) ?? partition.recorded;
    if (rows.length === 0) return;
    this.queue.push({ rows, committedAt: Date.now() });
    this.unsent += rows.length;
    this.options.metrics.unpublished.inc(rows.length);
    this.start();
  }

  private start(): void {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
      // What was pushed after the last look would otherwise wait for the next push.
      if (this.queue.length > 0) this.start();
      else this.recordSoon();
    });
  }

  private async sendAll(): Promise<void> {
    const { metrics, logger } = this.options;
    while (this.queue.length > 0) {
      const taken = this.queue;
      this.queue = [];
      const rows = taken.flatMap((committed) => committed.rows);
      try {
        await this.sendOurs(rows, taken[0]!.committedAt);
      } catch (error) {
        // Closed while sending: the rows stay in the log, and the next owner sends them.
        logger.warn(`${rows.length} messages are left for the next owner to publish: ${(error as Error).message}`);
      }
      this.unsent -= rows.length;
      metrics.unpublished.dec(rows.length);
    }
  }

  /**
   * A process that slept, or was cut off from Kafka, may have lost its partitions to an owner who has sent these already,
   * and newer ones: what is late is sent only if it is still ours.
   */
  private async sendOurs(committed: LoggedMessage[], committedAt: number): Promise<void> {
    const { sessionTimeoutMs } = this.options;
    for (let rows = committed; rows.length > 0;) {
      if (Date.now() - committedAt > sessionTimeoutMs) rows = await this.stillOurs(rows);
      try {
        await this.sendNow(rows, sessionTimeoutMs);
        this.acknowledge(rows);
        if (Date.now() - committedAt > sessionTimeoutMs) await this.tellAgain(rows);
        return;
      } catch (error) {
        if (!(error instanceof SendTakesLong)) throw error;
      }
    }
  }

  private async stillOurs(rows: LoggedMessage[]): Promise<LoggedMessage[]> {
    const { checkConnection, writer, logger } = this.options;
    for (;;) {
      try {
        await checkConnection.connect();
        const ours = await stillOwned(checkConnection, writer.consumer, this.lane.owned());
        await checkConnection.disconnect();
        const kept = rows.filter(({ partition }) => ours.has(partition));
        if (kept.length < rows.length)
          logger.warn(`${rows.length - kept.length} late messages are left to the new owner of their partition`);
        return kept;
      } catch (error) {
        if (this.closing) throw error;
        logger.warn(`Late messages wait until it is known whose they are: ${(error as Error).message}`);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  /** What was asked before the send may have ended while it was under way: a new owner may have sent newer messages first. */
  private async tellAgain(rows: readonly LoggedMessage[]): Promise<void> {
    const { handlers, publisher, writer, logger } = this.options;
    const late = rows.flatMap(({ id, aggregatetype, aggregateid: key, customerId }) =>
      customerId === undefined || aggregatetype.endsWith('-dlt')
        ? []
        : [{ id, key, customerId, topic: aggregatetype.slice(writer.topicPrefix.length) as Topic }],
    );
    const again = handlers.lateSends?.tellAgain(late) ?? [];
    if (again.length === 0) return;
    logger.warn(`${rows.length} messages left late; ${again.length} of them are told again as they stand`);
    await new MessageSender(publisher, writer.topicPrefix, writer.source).send(again, new Date());
  }

  /** Sends rows of the log at once; returns when the brokers have them. */
  async sendNow(rows: readonly LoggedMessage[], patienceMs?: number): Promise<void> {
    const stopTimer = this.options.metrics.publishSeconds.startTimer();
    await this.options.publisher.send(rows.map(toSendable), patienceMs);
    stopTimer();
  }

  private acknowledge(rows: readonly LoggedMessage[]): void {
    this.observeLatency(rows, Date.now());
    const acknowledged = new Map(rows.map(({ partition, position }) => [partition, position]));
    for (const owned of this.lane.owned()) {
      const position = acknowledged.get(owned.partition);
      if (position !== undefined && position > owned.published) owned.published = position;
    }
  }

  private observeLatency(rows: readonly LoggedMessage[], atMs: number): void {
    const { metrics, writer } = this.options;
    for (const { causedAtMs, aggregatetype } of rows) {
      if (causedAtMs === undefined) continue;
      const topic = aggregatetype.slice(writer.topicPrefix.length);
      // Clocks of senders that run ahead of ours.
      metrics.latencySeconds.observe({ topic }, Math.max(0, atMs - causedAtMs) / 1_000);
    }
  }

  /** Writes the published position by itself when no transaction comes along to carry it. */
  recordSoon(): void {
    if (this.recording || this.closing || this.lane.owned().every((row) => row.published === row.recorded)) return;
    this.recording = setTimeout(() => {
      this.recording = undefined;
      if (this.lane.isWorking() || this.sending) return this.recordSoon();
      void this.record();
    }, idleBeforeRecordingMs);
  }

  private async record(): Promise<void> {
    try {
      await this.lane.inTurn(async (connection) => {
        const due = this.lane.owned().filter((row) => row.published > row.recorded);
        if (due.length === 0) return;
        const written = due.map(({ published }) => published);
        await recordPublished(connection, this.options.writer.consumer, due);
        for (const [at, row] of due.entries()) row.recorded = written[at]!;
      });
    } catch {
      this.recordSoon();
    }
  }

  /** Waits while too much is unsent. */
  async belowLimit(): Promise<void> {
    while (this.unsent > unsentMax && this.sending) await this.sending;
  }

  /** Resolves when everything that was committed is sent, or left to the next owner. */
  async settled(): Promise<void> {
    while (this.sending) await this.sending;
  }

  /** Lets what was committed leave, for as long as a stop may take; the rest is for the next owner. */
  async close(): Promise<void> {
    let deadline: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (deadline = setTimeout(resolve, closeMsMax)));
    await Promise.race([this.settled(), late]);
    clearTimeout(deadline);
    this.closing = true;
    await this.options.publisher.close();
    await this.settled();
    clearTimeout(this.recording);
    await this.record();
    await this.options.checkConnection.close();
  }
}
