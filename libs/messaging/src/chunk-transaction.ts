import type { LaneConnection, Sql } from '@ordergate/database';
import { readBusinessDay } from './business-day.ts';
import type { Decoded } from './decode.ts';
import {
  deadLetter,
  type BatchHandler,
  type Cause,
  type Chunk,
  type Delivery,
  type Outgoing,
  type RawRecord,
  type Undecided,
} from './delivery.ts';
import { siftDuplicates } from './inbox.ts';
import type { MessagingMetrics } from './metrics.ts';
import { lockOwned, recordPositions, type OwnedPartition } from './ownership.ts';
import { appendToLog, toLog, type LoggedMessage, type LogWriter } from './outgoing-log.ts';
import { endParking, park, queueOf, type WantedMessage } from './parked-messages.ts';
import { forward } from './record-forwarded.v1.ts';

/** What a lane knows of the service it works for. */
export interface LaneHandlers {
  decode(record: RawRecord, lanePartition: number): Decoded;
  byTopic: ReadonlyMap<string, BatchHandler>;
  forwardTo: 'credit-commands' | undefined;
}

export interface SpecialTreatment {
  /** The one message of this transaction cannot be handled: put it aside for this reason. */
  parkBecause?: string;
  /** Parked messages that this transaction handles or discards. */
  ending?: WantedMessage[];
}

interface ChunkWork extends SpecialTreatment {
  writer: LogWriter;
  handlers: LaneHandlers;
  metrics: MessagingMetrics;
  decoded: Decoded[];
  owned: OwnedPartition[];
  parked: ReadonlySet<string>;
}

export interface ChunkOutcome {
  rows: LoggedMessage[];
  positions: Map<number, bigint>;
  /** The published positions that this transaction wrote down. */
  recorded: Map<number, bigint>;
  newlyParked: Set<string>;
  freed: string[];
}

/** One delivery, one transaction: inbox, state and outgoing log commit together or not at all. */
export function chunkTransaction(connection: LaneConnection, work: ChunkWork): Promise<ChunkOutcome> {
  return connection.transaction(async (sql) => {
    const at = new Date();
    const { consumer } = work.writer;
    const sorted = sort(work.decoded);
    const [, businessDay, sifted, siftedUndecided] = await Promise.all([
      lockOwned(sql, consumer, work.owned),
      readBusinessDay(sql),
      siftDuplicates(sql, consumer, at, sorted.deliveries),
      siftDuplicates(sql, consumer, at, sorted.malformed.map(asUniqueRecord)),
    ]);
    const chunk: Chunk = { sql, businessDay, at };
    const aside = asideOf(sifted.fresh, work);
    const outgoing = [
      ...sifted.conflicts,
      ...sorted.misplaced.map((undecided) => forwardOrRefuse(undecided, work.handlers)),
      ...(await handleAll(aside.handled, work.handlers, chunk)),
      ...(await answerMalformed(
        siftedUndecided.fresh as unknown as Undecided[],
        sorted.malformed,
        work.handlers,
        chunk,
      )),
      ...(await putAside(sql, aside.parked, work, chunk)),
    ];
    if (work.ending) await endWaits(sql, consumer, at, work.ending);
    count(work, sifted, outgoing);
    return {
      ...(await writeLog(sql, outgoing, work, at)),
      newlyParked: new Set(aside.parked.map(queueOfCause)),
      freed: freedBy(work),
    };
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

/** A malformed version does not count as seen, so only the record itself is remembered, not its event id. */
function asUniqueRecord(undecided: Undecided): Delivery {
  const { topic, partition, offset } = undecided.record;
  return { ...undecided, source: 'kafka', id: `${topic}-${partition}-${offset}` } as unknown as Delivery;
}

const queueOfCause = (cause: Cause): string => queueOf(cause.customerId, cause.record.topic);

function asideOf(fresh: readonly Delivery[], { parked, parkBecause, ending }: ChunkWork) {
  if (parkBecause !== undefined) return { handled: [], parked: [...fresh] };
  if (ending || parked.size === 0) return { handled: [...fresh], parked: [] };
  const waits = (delivery: Delivery): boolean => parked.has(queueOfCause(delivery));
  return { handled: fresh.filter((delivery) => !waits(delivery)), parked: fresh.filter(waits) };
}

async function handleAll(
  deliveries: readonly Delivery[],
  { byTopic }: LaneHandlers,
  chunk: Chunk,
): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = [];
  for (const [topic, batch] of Map.groupBy(deliveries, (delivery) => delivery.record.topic)) {
    outgoing.push(...(await byTopic.get(topic)!.handle(batch, chunk)));
  }
  return outgoing;
}

function forwardOrRefuse(misplaced: Undecided, { forwardTo }: LaneHandlers): Outgoing {
  return forwardTo
    ? forward(misplaced, forwardTo)
    : deadLetter(misplaced, 'came to a partition that is not its customer’s');
}

async function answerMalformed(
  fresh: readonly Undecided[],
  all: readonly Undecided[],
  handlers: LaneHandlers,
  chunk: Chunk,
): Promise<Outgoing[]> {
  if (fresh.length === 0) return [];
  const freshRecords = new Set(fresh.map(({ record }) => record));
  const malformed = all.filter(({ record }) => freshRecords.has(record));
  const answers = await answer(malformed, handlers, chunk);
  return [...malformed.map((undecided) => deadLetter(undecided, ...undecided.violations)), ...answers];
}

async function answer(undecided: readonly Undecided[], { byTopic }: LaneHandlers, chunk: Chunk): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = [];
  for (const [topic, batch] of Map.groupBy(undecided, ({ record }) => record.topic)) {
    outgoing.push(...((await byTopic.get(topic)?.answerUndecided?.(batch, chunk)) ?? []));
  }
  return outgoing;
}

async function putAside(sql: Sql, parked: readonly Delivery[], work: ChunkWork, chunk: Chunk): Promise<Outgoing[]> {
  if (parked.length === 0) return [];
  const reason = work.parkBecause ?? 'waits behind a parked message of its customer';
  const { consumer } = work.writer;
  // Not seen yet: its inbox row goes, so that the retry is a first delivery.
  await sql.query(
    `delete from inbox using unnest($2::text[], $3::text[], $4::text[]) as aside(customer_id, source, id)
     where inbox.consumer = $1 and inbox.customer_id = aside.customer_id and inbox.source = aside.source and inbox.id = aside.id`,
    [consumer, parked.map((d) => d.customerId), parked.map((d) => d.source), parked.map((d) => d.id)],
  );
  await park(
    sql,
    consumer,
    chunk.at,
    parked.map((cause) => ({ cause, reason })),
  );
  const undecided = parked.map((delivery): Undecided => ({
    ...delivery,
    because: 'parked',
    data: delivery.message,
    violations: [reason],
  }));
  const guilty =
    work.parkBecause === undefined
      ? []
      : undecided.map((one) => deadLetter(one, `could not be handled and waits parked: ${reason}`));
  return [...guilty, ...(await answer(undecided, work.handlers, chunk))];
}

async function endWaits(sql: Sql, consumer: string, at: Date, ending: readonly WantedMessage[]): Promise<void> {
  const [discarded, retried] = [
    ending.filter((m) => m.wanted === 'discard'),
    ending.filter((m) => m.wanted !== 'discard'),
  ];
  if (discarded.length > 0) await endParking(sql, consumer, at, discarded, 'discarded');
  if (retried.length > 0) await endParking(sql, consumer, at, retried, 'handled');
}

function freedBy({ ending = [] }: ChunkWork): string[] {
  return ending.map((message) => queueOf(message.customerId, message.record.topic));
}

async function writeLog(sql: Sql, outgoing: readonly Outgoing[], { writer, owned }: ChunkWork, at: Date) {
  const positions = new Map(owned.map(({ partition, position }) => [partition, position]));
  const rows = toLog(
    outgoing,
    (partition) => {
      const next = positions.get(partition)! + 1n;
      positions.set(partition, next);
      return next;
    },
    writer,
    at,
  );
  const moved = owned.map((row) => ({ ...row, position: positions.get(row.partition)! }));
  await Promise.all([appendToLog(sql, writer.consumer, at, rows), recordPositions(sql, writer.consumer, moved)]);
  return { rows, positions, recorded: new Map(moved.map(({ partition, published }) => [partition, published])) };
}

function count(
  { metrics, decoded }: ChunkWork,
  { fresh, duplicates }: { fresh: Delivery[]; duplicates: number },
  outgoing: readonly Outgoing[],
): void {
  const deadLetters = outgoing.filter((message) => 'deadLetter' in message).length;
  metrics.messages.inc({ outcome: 'handled' }, fresh.length);
  metrics.messages.inc({ outcome: 'duplicate' }, duplicates);
  metrics.messages.inc({ outcome: 'skipped' }, decoded.filter(({ kind }) => kind === 'skipped').length);
  metrics.messages.inc({ outcome: 'misplaced' }, decoded.filter(({ kind }) => kind === 'misplaced').length);
  metrics.deadLetters.inc(deadLetters);
}
