import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Topic } from '@ordergate/contracts';
import type { Logger } from '@ordergate/observability';
import { consumingRetry } from './kafka-client.ts';
import type { LaneHandlers } from './chunk-transaction.ts';
import type { RawRecord } from './delivery.ts';
import type { Lane, RecordChunk } from './lane.ts';
import { Fenced } from './ownership.ts';
import { OffsetCommits } from './offset-commits.ts';
import { coPartitioned, type Held } from './partition-assigner.ts';

export interface LaneConsumerOptions {
  kafka: Kafka;
  groupId: string;
  /** Full topic name → name without prefix. */
  topics: ReadonlyMap<string, Topic>;
  lane: Lane;
  handlers: LaneHandlers;
  logger: Logger;
  sessionTimeoutMs: number;
  heartbeatMs: number;
  /** The consumer has stopped and will not come back by itself. */
  onCrash: (error: Error) => void;
}

const chunkMax = 1_000;
const goodbyeMsMax = 10_000;
// kafkajs decodes all that it has fetched before it hands out any: about what a lane takes into one transaction, since
// more only fills the memory (at 1 MiB, its default, 200 MB) and is moved about by the garbage collector. A larger
// message still comes, by itself.
const fetchedBytesPerPartition = 65_536;

// Every fetch wakes all that kafkajs may run side by side, and most find nothing to do. A topic with more partitions takes turns.
const partitionsAtOnce = 12;

/** One group member: its consumer brings records, its lane commits them, offsets follow the commit. */
export class LaneConsumer {
  private readonly options: LaneConsumerOptions;
  private readonly consumer: Consumer;
  private joined = false;
  private held: Held = { partitions: [], sinceMs: 0 };
  private readonly offsets: OffsetCommits;

  constructor(options: LaneConsumerOptions) {
    this.options = options;
    this.offsets = new OffsetCommits(options.logger);
    this.consumer = options.kafka.consumer({
      groupId: options.groupId,
      partitionAssigners: [coPartitioned(() => this.held)],
      sessionTimeout: options.sessionTimeoutMs,
      heartbeatInterval: options.heartbeatMs,
      rebalanceTimeout: options.sessionTimeoutMs * 2,
      maxWaitTimeInMs: Math.min(1_000, options.heartbeatMs),
      maxBytesPerPartition: fetchedBytesPerPartition,
      allowAutoTopicCreation: false,
      retry: { ...consumingRetry, restartOnFailure: async () => true },
    });
  }

  async start(): Promise<void> {
    const { GROUP_JOIN, HEARTBEAT, CRASH, REBALANCING } = this.consumer.events;
    const { lane, topics, onCrash } = this.options;
    this.consumer.on(GROUP_JOIN, ({ payload }) => {
      const partitions = [...new Set(Object.values(payload.memberAssignment).flat())].sort((a, b) => a - b);
      this.held = { partitions, sinceMs: Date.now() };
      lane.takeOver(partitions);
      this.joined = true;
    });
    this.consumer.on(REBALANCING, () => void (this.joined = false));
    // A group that was only moved, or loaded again by a restarted broker, goes on without anybody joining anew.
    this.consumer.on(HEARTBEAT, () => void (this.joined = this.held.sinceMs > 0));
    this.consumer.on(CRASH, ({ payload }) => {
      this.joined = false;
      if (!payload.restart) onCrash(payload.error);
    });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics.keys()], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: topics.size * partitionsAtOnce,
      eachBatch: (payload) => this.eachBatch(payload),
    });
  }

  /** Owns its partitions and takes messages. */
  get isReady(): boolean {
    return this.joined && this.options.lane.isReady;
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, commitOffsetsIfNecessary, uncommittedOffsets, isRunning, isStale } = payload;
    const topic = this.options.topics.get(batch.topic)!;
    for (let from = 0; from < batch.messages.length; from += chunkMax) {
      if (!isRunning() || isStale()) return;
      const messages = batch.messages.slice(from, from + chunkMax);
      const chunk: RecordChunk = {
        partition: batch.partition,
        abandoned: false,
        decoded: messages.map((message) =>
          this.options.handlers.decode(rawRecord(topic, batch.partition, message), batch.partition),
        ),
      };
      if (!(await this.handled(chunk, payload))) return;
      resolveOffset(messages.at(-1)!.offset);
      // Not consumer.commitOffsets: that does nothing while stopping.
      this.offsets.commitSoon(() => commitOffsetsIfNecessary(uncommittedOffsets()));
      if (!isRunning()) await this.offsets.commitNow();
    }
  }

  /**
   * Hands the chunk to the lane until it is committed; false if the consumer stops before. A chunk that comes back is
   * tried again for as long as the group says that its partition is ours: nothing is resolved, so nothing is lost.
   */
  private async handled(chunk: RecordChunk, payload: EachBatchPayload): Promise<boolean> {
    const { lane, logger, heartbeatMs } = this.options;
    for (;;) {
      const takeOvers = lane.takeOvers;
      const outcome = await this.outcomeOf(lane.submit(chunk), chunk, payload);
      if (outcome === 'done') return true;
      if (outcome === 'stopping') return false;
      const { error } = outcome;
      if (!(error instanceof Fenced))
        logger.error(`A chunk could not be handled, trying again: ${String((error as Error | null)?.stack ?? error)}`);
      // Long enough for the next heartbeat to ask the group indeed whether the partition is still ours.
      await pause(heartbeatMs);
      if (!(await this.stillMember(chunk, payload))) return false;
      if (error instanceof Fenced) await this.outcomeOf(lane.takeOverAgain(takeOvers), chunk, payload);
    }
  }

  /** Waits, keeping the membership alive. */
  private async outcomeOf(
    submitted: Promise<void>,
    chunk: RecordChunk,
    payload: EachBatchPayload,
  ): Promise<'done' | 'stopping' | { error: unknown }> {
    const outcome = submitted.then(
      () => 'done' as const,
      (error: unknown) => ({ error }),
    );
    for (;;) {
      const known = await orAfter(this.options.heartbeatMs, outcome);
      if (known !== 'still waiting') return known;
      if (!(await this.stillMember(chunk, payload))) return 'stopping';
    }
  }

  /**
   * False when the consumer stops. Throws the group's error when it rebalances: the only error that may reach kafkajs,
   * since anything else inside its callback would stop the consumer while the process lives on.
   */
  private async stillMember(chunk: RecordChunk, { heartbeat, isRunning }: EachBatchPayload): Promise<boolean> {
    chunk.abandoned = !isRunning();
    if (chunk.abandoned) return false;
    try {
      await heartbeat();
    } catch (error) {
      chunk.abandoned = true;
      throw error;
    }
    return true;
  }

  /** With the brokers away a consumer would wait for them to say goodbye; its membership ends without. */
  async stop(): Promise<void> {
    this.joined = false;
    await orAfter(goodbyeMsMax, this.offsets.commitNow());
    await orAfter(goodbyeMsMax, this.consumer.disconnect());
    this.offsets.close();
  }
}

function rawRecord(
  topic: Topic,
  partition: number,
  { offset, key, value, headers, timestamp }: KafkaMessage,
): RawRecord {
  return { topic, partition, offset, key, value, headers: headers ?? {}, timestampMs: Number(timestamp) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function orAfter<T>(ms: number, outcome: Promise<T>): Promise<T | 'still waiting'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'still waiting'>((resolve) => (timer = setTimeout(resolve, ms, 'still waiting')));
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
