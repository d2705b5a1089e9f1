import type { LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import type { MessagingMetrics } from './metrics.ts';
import { recordPositions, type OwnedPartition } from './ownership.ts';
import type { LoggedMessage, LogWriter } from './outgoing-log.ts';
import type { Publisher, Sendable } from './publisher.ts';

interface Committed {
  rows: LoggedMessage[];
  committedAt: number;
}

interface PublishQueueOptions {
  writer: LogWriter;
  connection: LaneConnection;
  publisher: Publisher;
  metrics: MessagingMetrics;
  logger: Logger;
  sessionTimeoutMs: number;
}

// Beyond this the lane waits for Kafka before it takes more: what is unsent lies in memory.
const unsentMax = 10_000;
const idleBeforeRecordingMs = 200;

/** Sends what was committed, from memory, in commit order, one send in flight (SEMANTICS.md 3). */
export class PublishQueue {
  private readonly options: PublishQueueOptions;
  private readonly owned: () => OwnedPartition[];
  private readonly laneIsWorking: () => boolean;
  private queue: Committed[] = [];
  private unsent = 0;
  private sending: Promise<void> | undefined;
  private recording: NodeJS.Timeout | undefined;

  constructor(options: PublishQueueOptions, owned: () => OwnedPartition[], laneIsWorking: () => boolean) {
    this.options = options;
    this.owned = owned;
    this.laneIsWorking = laneIsWorking;
  }

  /** Takes what a transaction has committed. */
  push(rows: LoggedMessage[], recorded: ReadonlyMap<number, bigint>): void {
    for (const partition of this.owned()) partition.recorded = recorded.get(partition.partition) ?? partition.recorded;
    if (rows.length === 0) return;
    this.queue.push({ rows, committedAt: Date.now() });
    this.unsent += rows.length;
    this.options.metrics.unpublished.inc(rows.length);
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
      this.recordSoon();
    });
  }

  private async sendAll(): Promise<void> {
    const { metrics, logger } = this.options;
    while (this.queue.length > 0) {
      const taken = this.queue;
      this.queue = [];
      const rows = taken.flatMap((committed) => committed.rows);
      try {
        if (await this.isStillOurs(taken[0]!.committedAt)) {
          await this.sendNow(rows);
          this.acknowledge(rows);
        }
      } catch (error) {
        // Closed while sending: the rows stay in the log, and the next owner sends them.
        logger.warn(`${rows.length} messages are left for the next owner to publish: ${(error as Error).message}`);
      }
      this.unsent -= rows.length;
      metrics.unpublished.dec(rows.length);
    }
  }

  /** A process that slept may have lost its partitions to an owner who has sent these already, and newer ones. */
  private async isStillOurs(committedAt: number): Promise<boolean> {
    if (Date.now() - committedAt < this.options.sessionTimeoutMs) return true;
    const owned = this.owned();
    const rows = await this.options.connection.query(
      `select 1 from lane_partition join unnest($2::int[], $3::int8[]) as mine(partition, epoch) using (partition, epoch) where consumer = $1`,
      [this.options.writer.consumer, owned.map((row) => row.partition), owned.map((row) => row.epoch)],
    );
    if (rows.length === owned.length) return true;
    this.options.logger.warn('This process slept past its session; another owner publishes its last messages');
    return false;
  }

  /** Sends rows of the log at once; returns when the brokers have them. */
  async sendNow(rows: readonly LoggedMessage[]): Promise<void> {
    const stopTimer = this.options.metrics.publishSeconds.startTimer();
    await this.options.publisher.send(rows.map(toSendable));
    stopTimer();
  }

  private acknowledge(rows: readonly LoggedMessage[]): void {
    const acknowledged = new Map(rows.map(({ partition, position }) => [partition, position]));
    for (const owned of this.owned()) {
      const position = acknowledged.get(owned.partition);
      if (position !== undefined && position > owned.published && position <= owned.position)
        owned.published = position;
    }
  }

  /** Writes the published position by itself when no transaction comes along to carry it. */
  recordSoon(): void {
    if (this.recording || this.owned().every((row) => row.published === row.recorded)) return;
    this.recording = setTimeout(() => {
      this.recording = undefined;
      if (this.laneIsWorking() || this.sending) return this.recordSoon();
      void this.record();
    }, idleBeforeRecordingMs);
  }

  private async record(): Promise<void> {
    const due = this.owned().filter((row) => row.published > row.recorded);
    if (due.length === 0) return;
    const published = new Map(due.map((row) => [row, row.published]));
    try {
      await recordPositions(this.options.connection, this.options.writer.consumer, due);
      for (const [row, position] of published) row.recorded = position;
    } catch {
      this.recordSoon();
    }
  }

  /** Waits while too much is unsent. */
  async belowLimit(): Promise<void> {
    while (this.unsent > unsentMax) await this.sending;
  }

  /** Resolves when everything that was committed is sent, or left to the next owner. */
  async settled(): Promise<void> {
    while (this.sending) await this.sending;
  }

  async close(): Promise<void> {
    await this.settled();
    clearTimeout(this.recording);
    this.recording = undefined;
    await this.record();
    clearTimeout(this.recording);
  }
}

function toSendable(row: LoggedMessage): Sendable {
  return {
    topic: row.aggregatetype,
    key: row.aggregateid,
    value: row.payload ?? row.payload_bytes,
    headers: JSON.parse(row.headers) as Record<string, string>,
  };
}
