import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Topic } from '@ordergate/contracts';
import type { Logger } from '@ordergate/observability';
import type { RawRecord } from './delivery.ts';
import { Fenced } from './ownership.ts';
import type { Lane, RecordChunk } from './lane.ts';
import type { LaneHandlers } from './chunk-transaction.ts';
import { coPartitioned } from './partition-assigner.ts';

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

/** One group member: its consumer brings records, its lane commits them, offsets follow the commit. */
export class LaneConsumer {
  private readonly options: LaneConsumerOptions;
  private readonly consumer: Consumer;
  private joined = false;

  constructor(options: LaneConsumerOptions) {
    this.options = options;
    this.consumer = options.kafka.consumer({
      groupId: options.groupId,
      partitionAssigners: [coPartitioned],
      sessionTimeout: options.sessionTimeoutMs,
      heartbeatInterval: options.heartbeatMs,
      rebalanceTimeout: options.sessionTimeoutMs * 2,
      maxWaitTimeInMs: Math.min(1_000, options.heartbeatMs),
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8, restartOnFailure: async () => true },
    });
  }

  async start(): Promise<void> {
    const { GROUP_JOIN, CRASH, REBALANCING } = this.consumer.events;
    const { lane, topics, onCrash } = this.options;
    this.consumer.on(GROUP_JOIN, ({ payload }) => {
      const partitions = [...new Set(Object.values(payload.memberAssignment).flat())].sort((a, b) => a - b);
      void lane.takeOver(partitions).then(
        () => (this.joined = true),
        () => undefined,
      );
    });
    this.consumer.on(REBALANCING, () => void (this.joined = false));
    this.consumer.on(CRASH, ({ payload }) => {
      this.joined = false;
      if (!payload.restart) onCrash(payload.error);
    });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics.keys()], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: topics.size * 64,
      eachBatch: (payload) => this.eachBatch(payload),
    });
  }

  /** Owns its partitions and takes messages. */
  get isReady(): boolean {
    return this.joined;
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
      await commitOffsetsIfNecessary(uncommittedOffsets());
    }
  }

  /**
   * Waits for the chunk's commit, keeping the membership alive. A rebalance error is the only one that reaches kafkajs:
   * anything else inside its callback would stop the consumer while the process lives on.
   */
  private async handled(chunk: RecordChunk, { heartbeat, isRunning }: EachBatchPayload): Promise<boolean> {
    let outcome: 'waiting' | 'done' | 'failed' = 'waiting';
    let failure: unknown;
    const submitted = this.options.lane.submit(chunk).then(
      () => (outcome = 'done'),
      (error: unknown) => {
        failure = error;
        outcome = 'failed';
      },
    );
    while (outcome !== ('done' as string)) {
      await Promise.race([submitted, pause(this.options.heartbeatMs)]);
      if (outcome === ('done' as string)) break;
      if (!isRunning()) {
        chunk.abandoned = true;
        return false;
      }
      try {
        await heartbeat();
      } catch (error) {
        chunk.abandoned = true;
        throw error;
      }
      if (outcome === ('failed' as string)) {
        if (!(failure instanceof Fenced))
          this.options.logger.error(`A chunk was given back: ${String((failure as Error)?.stack ?? failure)}`);
        // Our membership is gone or going; the next heartbeats find out. Nothing is resolved, so nothing is lost.
        await pause(this.options.heartbeatMs);
      }
    }
    return true;
  }

  async stop(): Promise<void> {
    this.joined = false;
    await this.consumer.disconnect();
  }
}

function rawRecord(topic: Topic, partition: number, { offset, key, value, headers }: KafkaMessage): RawRecord {
  return { topic, partition, offset, key, value, headers: headers ?? {} };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
