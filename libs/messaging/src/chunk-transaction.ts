import type { LaneConnection, Sql } from '@ordergate/database';
import { readBusinessDay } from './business-day.ts';
import type { Decoded } from './decode.ts';
import {
  deadLetter,
  type BatchHandler,
  type Chunk,
  type Delivery,
  type Outgoing,
  type RawRecord,
  type Undecided,
} from './delivery.ts';
import { siftDuplicates, type Sifted } from './inbox.ts';
import { appendToLog, toLog, type LoggedMessage, type LogWriter } from './outgoing-log.ts';
import { lockOwned, recordPositions, type OwnedPartition } from './ownership.ts';
import { endParking, isParked, type ParkedMessage, type ParkedQueue } from './parked-messages.ts';
import type { ParkedQueues } from './parked-queues.ts';
import { putAside, sieve, undecided, type Aside } from './put-aside.ts';
import { forward, forwardedBytesMax } from './record-forwarded.v1.ts';

/** What a lane knows of the service it works for. */
export interface LaneHandlers {
  decode(record: RawRecord, lanePartition: number): Decoded;
  /** A record that is in the right lane already, wherever its sender has put it. */
  decodeParked(record: RawRecord, lanePartition: number): Decoded;
  byTopic: ReadonlyMap<string, BatchHandler>;
  needAllFacts: ReadonlySet<string>;
  forwardTo: 'credit-commands' | undefined;
}

export interface SpecialTreatment {
  /** The one message of this transaction cannot be handled: put it aside for this reason. */
  guiltyBecause?: string;
  /** The handler cannot even answer the sender: nobody is answered. */
  unanswered?: boolean;
  /** Parked messages that this transaction handles. */
  ending?: { queue: ParkedQueue; messages: ParkedMessage[] };
}

export interface ChunkWork extends SpecialTreatment {
  writer: LogWriter;
  handlers: LaneHandlers;
  decoded: Decoded[];
  owned: OwnedPartition[];
  parked: ParkedQueues;
}

export interface ChunkOutcome {
  rows: LoggedMessage[];
  positions: Map<number, bigint>;
  /** The published positions that this transaction wrote down. */
  recorded: Map<number, bigint>;
  aside: Aside[];
  /** Nothing of the queue in `ending` is left. */
  queueIsEmpty: boolean;
  counts: { handled: number; duplicate: number; skipped: number; misplaced: number; deadLetters: number };
}

/** One delivery, one transaction: inbox, state and outgoing log commit together or not at all. */
export function chunkTransaction(connection: LaneConnection, work: ChunkWork): Promise<ChunkOutcome> {
  return connection.transaction(async (sql) => {
    const at = new Date();
    const { consumer } = work.writer;
    const sorted = sort(work.decoded);
    const [, businessDay, sifted, siftedMalformed] = await Promise.all([
      lockOwned(sql, consumer, work.owned),
      readBusinessDay(sql),
      siftDuplicates(sql, consumer, at, sorted.deliveries),
      siftDuplicates(sql, consumer, at, sorted.malformed.map(asUniqueRecord)),
    ]);
    const chunk: Chunk = { sql, businessDay, at };
    const { handled, aside } = work.ending ? { handled: sifted.fresh, aside: [] } : part(sifted, work);
    const malformed = freshOf(sorted.malformed, siftedMalformed);
    const outgoing = [
      ...sifted.conflicts,
      ...sorted.misplaced.map((one) => forwardOrRefuse(one, work.handlers)),
      ...(await takeInOrder(work, new Set(handled), new Set(malformed), chunk)),
      ...malformed.map((one) => deadLetter(one, ...one.violations)),
      ...(await putAside(sql, consumer, at, aside)),
      ...(work.unanswered ? [] : await answerAll(aside.map(undecided), work.handlers, chunk)),
    ];
    if (work.ending) await endParking(sql, consumer, at, work.ending.queue, work.ending.messages);
    const queueIsEmpty = work.ending ? !(await isParked(sql, consumer, work.ending.queue)) : false;
    const counts = countsOf(work.decoded, sifted, outgoing);
    return { ...(await writeLog(sql, outgoing, work, at)), aside, queueIsEmpty, counts };
  });
}

function sort(decoded: readonly Decoded[]) {
  const deliveries: Delivery[] = [];
  const malformed: Undecided[] = [];
  const misplaced: Undecided[] = [];
  for (const one of decoded) {
    if (one.kind === 'delivery') deliveries.push(one.delivery);
    else if (one.kind === 'malformed') malformed.push(one.undecided);
    else if (one.kind === 'misplaced') misplaced.push(one.undecided);
  }
  return { deliveries, malformed, misplaced };
}

function part({ fresh }: Sifted, { parked, handlers: { needAllFacts }, guiltyBecause }: ChunkWork) {
  if (guiltyBecause === undefined && parked.size === 0) return { handled: fresh, aside: [] };
  return sieve(fresh, { parked, needAllFacts, guiltyBecause });
}

/** A malformed version does not count as seen, so only the record itself is remembered, not its event id. */
function asUniqueRecord(malformed: Undecided): Delivery {
  const { topic, partition, offset } = malformed.record;
  return { ...malformed, source: 'kafka', id: `${topic}-${partition}-${offset}` } as unknown as Delivery;
}

function freshOf(malformed: readonly Undecided[], { fresh }: Sifted): Undecided[] {
  const records = new Set(fresh.map(({ record }) => record));
  return malformed.filter(({ record }) => records.has(record));
}

/**
 * Topic by topic, each in its order: what comes after a broken message is handled after its sender was answered, as it
 * would be one by one. Without broken messages that is one batch a topic.
 */
async function takeInOrder(
  { decoded, handlers, unanswered }: ChunkWork,
  handled: ReadonlySet<Delivery>,
  malformed: ReadonlySet<Undecided>,
  chunk: Chunk,
): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = [];
  const taken = decoded.flatMap((one): (Delivery | Undecided)[] => {
    if (one.kind === 'delivery') return handled.has(one.delivery) ? [one.delivery] : [];
    return one.kind === 'malformed' && malformed.has(one.undecided) && !unanswered ? [one.undecided] : [];
  });
  for (const [topic, messages] of Map.groupBy(taken, ({ record }) => record.topic)) {
    for (const run of runsOf(messages)) {
      outgoing.push(
        ...('because' in run[0]!
          ? await answerAll(run as Undecided[], handlers, chunk)
          : await handlers.byTopic.get(topic)!.handle(run as Delivery[], chunk)),
      );
    }
  }
  return outgoing;
}

/** Neighbours that are all whole, or all broken. */
function runsOf(messages: readonly (Delivery | Undecided)[]): (Delivery | Undecided)[][] {
  const runs: (Delivery | Undecided)[][] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    if (last && 'because' in last[0]! === 'because' in message) last.push(message);
    else runs.push([message]);
  }
  return runs;
}

async function answerAll(all: readonly Undecided[], { byTopic }: LaneHandlers, chunk: Chunk): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = [];
  for (const [topic, batch] of Map.groupBy(all, ({ record }) => record.topic)) {
    outgoing.push(...((await byTopic.get(topic)?.answerUndecided?.(batch, chunk)) ?? []));
  }
  return outgoing;
}

function forwardOrRefuse(misplaced: Undecided, { forwardTo }: LaneHandlers): Outgoing {
  const isSmall = (misplaced.record.value?.length ?? 0) <= forwardedBytesMax;
  if (forwardTo && isSmall) return forward(misplaced, forwardTo);
  const why = 'came to a partition that is not its customer’s, and is too large to be forwarded to the right one';
  return { ...deadLetter(misplaced, why, ...misplaced.violations), exception: 'MisplacedRecord' };
}

async function writeLog(sql: Sql, outgoing: readonly Outgoing[], { writer, owned }: ChunkWork, at: Date) {
  const positions = new Map(owned.map(({ partition, position }) => [partition, position]));
  const next = (partition: number): bigint => {
    const position = positions.get(partition)! + 1n;
    positions.set(partition, position);
    return position;
  };
  const rows = toLog(outgoing, next, writer, at);
  const moved = owned.map((row) => ({ ...row, position: positions.get(row.partition)! }));
  await Promise.all([appendToLog(sql, writer.consumer, at, rows), recordPositions(sql, writer.consumer, moved)]);
  return { rows, positions, recorded: new Map(moved.map(({ partition, published }) => [partition, published])) };
}

function countsOf(decoded: readonly Decoded[], { fresh, duplicates }: Sifted, outgoing: readonly Outgoing[]) {
  return {
    handled: fresh.length,
    duplicate: duplicates,
    skipped: decoded.filter(({ kind }) => kind === 'skipped').length,
    misplaced: decoded.filter(({ kind }) => kind === 'misplaced').length,
    deadLetters: outgoing.filter((message) => 'deadLetter' in message).length,
  };
}
