import { writeEvent, type Topic } from '@ordergate/contracts';
import { LaneConnection } from '@ordergate/database';
import { createLogger } from '@ordergate/observability';
import { chunkTransaction, type ChunkOutcome, type LaneHandlers, type SpecialTreatment } from '../chunk-transaction.ts';
import { ConnectionRetry } from '../connection-retry.ts';
import { decode, type Decoded } from '../decode.ts';
import type { BatchHandler, RawRecord } from '../delivery.ts';
import type { LoggedMessage, LogWriter } from '../outgoing-log.ts';
import { raiseEpochs, type OwnedPartition } from '../ownership.ts';
import { ParkedQueues } from '../parked-queues.ts';

/** An event as a sender publishes it. The same `id` and `source` make it the same event. */
export interface EventByHand {
  topic: Topic;
  type: string;
  id: string;
  source?: string;
  time?: string;
  data: object;
}

interface LaneByHandOptions {
  databaseUrl: string;
  service: string;
  handlers: ReadonlyMap<Topic, BatchHandler>;
  tombstoneTypes?: ReadonlyMap<Topic, string>;
}

const attemptsMax = 3;

/**
 * A lane without Kafka, for handler specs: records go in by hand, chunk by chunk, through the real decoding, inbox,
 * transaction and outgoing log. Everything is on partition 0.
 */
export class LaneByHand {
  private readonly connection: LaneConnection;
  private readonly retry: ConnectionRetry;
  private readonly handlers: LaneHandlers;
  private readonly owned: OwnedPartition[];
  private readonly writer: LogWriter;
  private readonly parked = new ParkedQueues();
  private expectsRepeats = false;
  private offset = 0;

  private constructor(connection: LaneConnection, handlers: LaneHandlers, owned: OwnedPartition[], service: string) {
    this.connection = connection;
    this.retry = new ConnectionRetry(connection, createLogger('lane by hand', { write: () => undefined }));
    this.handlers = handlers;
    this.owned = owned;
    this.writer = { consumer: service, topicPrefix: '', source: `/ordergate/${service}` };
  }

  /** Opens a lane on a migrated database and owns its partition. */
  static async open({ databaseUrl, service, handlers, tombstoneTypes }: LaneByHandOptions): Promise<LaneByHand> {
    const connection = new LaneConnection(databaseUrl, `${service} lane by hand`);
    await connection.connect();
    const decodeRecord = (record: RawRecord): Decoded => {
      const tombstoneType = tombstoneTypes?.get(record.topic);
      return decode(record, {
        topic: record.topic,
        types: handlers.get(record.topic)!.types,
        skipsUnknownTypes: false,
        ...(tombstoneType && { tombstoneType }),
      });
    };
    const owned = await raiseEpochs(connection, service, [0]);
    const laneHandlers = {
      decode: decodeRecord,
      decodeParked: decodeRecord,
      byTopic: handlers,
      needAllFacts: new Set<string>(),
      forwardTo: undefined,
    };
    return new LaneByHand(connection, laneHandlers, owned, service);
  }

  /** One chunk, one transaction; returns what it would send, in its order. Throws what a handler throws, with nothing changed. */
  async chunk(events: readonly (EventByHand | RawRecord)[], special: SpecialTreatment = {}): Promise<LoggedMessage[]> {
    const decoded = events.map((event) => this.handlers.decode('data' in event ? this.record(event) : event, 0));
    const { handlers, owned, parked, writer, expectsRepeats } = this;
    const work = { ...{ writer, handlers, owned, parked, decoded, expectsRepeats }, ...special };
    let outcome!: ChunkOutcome;
    let attempts = 0;
    // As in the real lane: the server ends a transaction whose owner gets no CPU for 2 s, and it is done again.
    await this.retry.untilDone(async () => void (outcome = await chunkTransaction(this.connection, work)), {
      isWanted: () => (attempts += 1) < attemptsMax,
    });
    this.expectsRepeats = outcome.hadRepeats;
    for (const row of owned) row.position = outcome.positions.get(row.partition)!;
    for (const { delivery } of outcome.aside) parked.add(delivery.customerId, delivery.record.topic);
    return outcome.rows;
  }

  /** The event as a record, at the next offset of its topic. */
  record({ topic, type, id, data, source = 'test', time = '2026-01-01T00:00:00.000Z' }: EventByHand): RawRecord {
    const { headers, value } = writeEvent({ id, type, source, time, data });
    const key = (data as { customerId?: unknown }).customerId;
    return this.rawRecord(topic, value, { key: typeof key === 'string' ? key : null, headers });
  }

  /** Bytes as a record, at the next offset of the topic. */
  rawRecord(
    topic: Topic,
    value: Buffer | null,
    { key, headers = {} }: { key: string | null; headers?: RawRecord['headers'] },
  ): RawRecord {
    this.offset += 1;
    return {
      ...{ topic, value, headers, partition: 0, offset: String(this.offset) },
      key: key === null ? null : Buffer.from(key),
    };
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
