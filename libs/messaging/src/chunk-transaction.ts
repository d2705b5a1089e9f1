import type { Topic } from '@ordergate/contracts';
import { isKeyTaken, type LaneConnection, type Sql } from '@ordergate/database';
import { readBusinessDay } from './business-day.ts';
import type { Decoded } from './decode.ts';
import {
  deadLetter,
  type BatchHandler,
  type Chunk,
  type CommitObserver,
  type DeadLetter,
  type Delivery,
  type LateSends,
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
  forwardTo: Topic | undefined;
  observer?: CommitObserver | undefined;
  lateSends?: LateSends | undefined;
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
  /** Some of these messages may have come before. */
  expectsRepeats: boolean;
}

export interface ChunkOutcome {
  outgoing: readonly Outgoing[];
  rows: LoggedMessage[];
  positions: Map<number, bigint>;
  /** The published positions that this transaction wrote down. */
  recorded: Map<number, bigint>;
  aside: Aside[];
  /** Nothing of the queue in `ending` is left. */
  queueIsEmpty: boolean;
  /** Something came again, or was known already: such messages come together. */
  hadRepeats: boolean;
  counts: { handled: number; duplicate: number; skipped: number; misplaced: number; deadLetters: number };
}

/**
 * One delivery, one transaction: inbox, state and outgoing log commit together or not at all. If a key is taken that
 * was to be new, the chunk is taken once more, by looking first.
 */
export async function chunkTransaction(connection: LaneConnection, work: ChunkWork): Promise<ChunkOutcome> {
  try {
    return await attempt(connection, work);
  } catch (error) {
    if (work.expectsRepeats || !isKeyTaken(error)) throw error;
    return { ...(await attempt(connection, { ...work, expectsRepeats: true })), hadRepeats: true };
  }
}

function attempt(connection: LaneConnection, work: ChunkWork): Promise<ChunkOutcome> {
  return connection.transaction(async (sql) => {
    const at = new Date();
    const { consumer } = work.writer;
    const { expectsRepeats } = work;
    const inbox = { consumer, at, expectsRepeats };
    const sorted = sort(work.decoded);
    const [, businessDay, sifted, siftedMalformed] = await Promise.all([
      lockOwned(sql, consumer, work.owned),
      readBusinessDay(sql),
      siftDuplicates(sql, inbox, sorted.deliveries),
      siftDuplicates(sql, inbox, sorted.malformed.map(asUniqueRecord)),
    ]);
    const writes: Promise<unknown>[] = [];
    const beforeCommit = (more: Promise<unknown>): void => {
      // Whatever fails first ends the transaction; what fails after it must not end the process.
      more.catch(() => undefined);
      writes.push(more);
    };
    const { handled, aside } = work.ending ? { handled: sifted.fresh, aside: [] } : part(sifted, work);
    const siftedConflicts = await siftDuplicates(sql, inbox, sifted.conflicts.map(asUniqueRecord));
    const refused = [...freshOf(sorted.malformed, siftedMalformed), ...freshOf(sifted.conflicts, siftedConflicts)];
    const undecideds = [...refused, ...aside.map(undecided)];
    const chunk: Chunk = { sql, businessDay, at, about: [...handled, ...undecideds], expectsRepeats, beforeCommit };
    const outgoing = [
      ...sorted.misplaced.map((one) => forwardOrRefuse(one, work.handlers)),
      ...(await takeInOrder(work, new Set(handled), undecideds, chunk)),
      ...(await putAside(sql, consumer, at, aside)),
    ];
    if (work.ending) await endParking(sql, consumer, at, work.ending.queue, work.ending.messages);
    const queueIsEmpty = work.ending ? !(await isParked(sql, consumer, work.ending.queue)) : false;
    const counts = countsOf(work.decoded, sifted, outgoing);
    const [logged] = await Promise.all([writeLog(sql, outgoing, work, at), ...writes]);
    return { ...logged, outgoing, aside, queueIsEmpty, hadRepeats: counts.duplicate > 0, counts };
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

/** A refused message does not count as seen, so only the record itself is remembered, not its event id. */
function asUniqueRecord(refused: Undecided): Delivery {
  const { topic, partition, offset } = refused.record;
  return { ...refused, source: 'kafka', id: `${topic}-${partition}-${offset}` } as unknown as Delivery;
}

function freshOf(refused: readonly Undecided[], { fresh }: Sifted): Undecided[] {
  const records = new Set(fresh.map(({ record }) => record));
  return refused.filter(({ record }) => records.has(record));
}

/**
 * Topic by topic, each in its order: what comes after a message that is not handled is handled after that one's sender was
 * answered, as it would be one by one. Without such messages that is one batch a topic.
 */
async function takeInOrder(
  { decoded, handlers, unanswered }: ChunkWork,
  handled: ReadonlySet<Delivery>,
  undecideds: readonly Undecided[],
  chunk: Chunk,
): Promise<Outgoing[]> {
  const undecidedOf = new Map(undecideds.map((one) => [one.record, one]));
  const taken = decoded.flatMap((one) => {
    if (one.kind === 'delivery' && handled.has(one.delivery)) return one.delivery;
    if (one.kind !== 'delivery' && one.kind !== 'malformed') return [];
    return undecidedOf.get((one.kind === 'delivery' ? one.delivery : one.undecided).record) ?? [];
  });
  const outgoing: Outgoing[] = [];
  for (const [topic, messages] of Map.groupBy(taken, ({ record }) => record.topic)) {
    const handler = handlers.byTopic.get(topic);
    for (const run of runsOf(messages)) {
      if (run.every(isUndecided)) {
        const answers = unanswered ? [] : await handler?.answerUndecided?.(run, chunk);
        outgoing.push(...(answers ?? []), ...run.flatMap(refusal));
      } else outgoing.push(...(await handler!.handle(run as Delivery[], chunk)));
    }
  }
  return outgoing;
}

/** Neighbours that are all handled, or all not. */
function runsOf(messages: readonly (Delivery | Undecided)[]): (Delivery | Undecided)[][] {
  const runs: (Delivery | Undecided)[][] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    if (last && isUndecided(last[0]!) === isUndecided(message)) last.push(message);
    else runs.push([message]);
  }
  return runs;
}

function isUndecided(message: Delivery | Undecided): message is Undecided {
  return 'because' in message;
}

/** What waits parked is no dead letter; the guilty one becomes one where it is put aside. */
function refusal(one: Undecided): DeadLetter[] {
  switch (one.because) {
    case 'malformed':
      return [deadLetter(one, ...one.violations)];
    case 'conflicting':
      return [{ ...deadLetter(one, ...one.violations), exception: 'ConflictingDuplicate' }];
    case 'parked':
      return [];
  }
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
