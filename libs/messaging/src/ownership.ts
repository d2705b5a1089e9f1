import type { LaneConnection, Sql } from '@ordergate/database';
import { unpublished, type LoggedMessage } from './outgoing-log.ts';

/** What a lane knows of a partition it owns. It is the only writer, so positions are counted in memory. */
export interface OwnedPartition {
  partition: number;
  epoch: bigint;
  position: bigint;
  /** Acknowledged by the broker up to here. */
  published: bigint;
  /** What `published_position` in the table says. */
  recorded: bigint;
}

/** Another owner has raised the epoch: nothing of this chunk may be written, the group membership is gone. */
export class Fenced extends Error {
  constructor(partitions: readonly number[]) {
    super(`Another instance owns partition ${partitions.join(', ')} now`);
  }
}

/** Raises the epoch of each partition; waits for the transaction of a former owner that is still open. */
export async function raiseEpochs(
  connection: LaneConnection,
  consumer: string,
  partitions: readonly number[],
): Promise<OwnedPartition[]> {
  return connection.transaction(async (sql) => {
    await sql.query(
      'insert into lane_partition (consumer, partition) select $1, unnest($2::int[]) on conflict do nothing',
      [consumer, partitions],
    );
    await sql.query(
      'select 1 from lane_partition where consumer = $1 and partition = any($2::int[]) order by partition for update',
      [consumer, partitions],
    );
    const rows = await sql.query<{ partition: number; epoch: bigint; position: bigint; published_position: bigint }>(
      `update lane_partition set epoch = epoch + 1 where consumer = $1 and partition = any($2::int[])
       returning partition, epoch, position, published_position`,
      [consumer, partitions],
    );
    return rows.map(({ partition, epoch, position, published_position: published }) => ({
      partition,
      epoch,
      position,
      published,
      recorded: published,
    }));
  });
}

/** A partition's log goes further than its owner knows: a COMMIT whose answer was lost has happened after all. */
export class OutOfStep extends Error {
  readonly isOutage = true;
}

const pageSize = 500;

/** Sends what the former owner had committed and perhaps not sent; its readers drop what they have seen. */
export async function publishLeftovers(
  sql: Sql,
  consumer: string,
  owned: OwnedPartition,
  send: (messages: LoggedMessage[]) => Promise<void>,
): Promise<number> {
  let sent = 0;
  while (owned.published < owned.position) {
    const page = await unpublished(sql, consumer, owned.partition, owned.published, owned.position, pageSize);
    const last = page.at(-1);
    // Positions of rolled-back transactions are taken again, so a gap cannot be; an empty page means retention dropped it.
    if (!last) break;
    await send(page);
    sent += page.length;
    owned.published = last.position;
  }
  owned.published = owned.position;
  return sent;
}

const locked = (lock: string): string => `select partition, position from lane_partition
  join unnest($2::int[], $3::int8[]) as mine(partition, epoch) using (partition, epoch)
  where consumer = $1 order by partition ${lock}`;
const lockSql = locked('for update of lane_partition');
const lookSql = locked('');

async function loadPositions(sql: Sql, text: string, consumer: string, owned: readonly OwnedPartition[]) {
  const rows = await sql.query<{ partition: number; position: bigint }>(text, [
    consumer,
    owned.map((row) => row.partition),
    owned.map((row) => row.epoch),
  ]);
  return new Map(rows.map(({ partition, position }) => [partition, position]));
}

/**
 * Fence and lock in one: holds the rows of the partitions for the length of the transaction, so that a new owner waits
 * for it. Throws `Fenced` if an epoch is not ours any more, `OutOfStep` if a position is not what we remember.
 */
export async function lockOwned(sql: Sql, consumer: string, owned: readonly OwnedPartition[]): Promise<void> {
  const positions = await loadPositions(sql, lockSql, consumer, owned);
  if (positions.size < owned.length) throw new Fenced(owned.map((row) => row.partition));
  const odd = owned.find(({ partition, position }) => positions.get(partition) !== position);
  if (odd)
    throw new OutOfStep(`Partition ${odd.partition} is at ${positions.get(odd.partition)}, not at ${odd.position}`);
}

/** Which of these partitions are still ours. */
export async function stillOwned(
  sql: Sql,
  consumer: string,
  owned: readonly OwnedPartition[],
): Promise<ReadonlySet<number>> {
  return new Set((await loadPositions(sql, lookSql, consumer, owned)).keys());
}

/**
 * Takes over from the table what a transaction with a lost answer has written: returns its messages, which nobody has
 * sent yet, and moves the remembered positions.
 */
export async function catchUp(sql: Sql, consumer: string, owned: readonly OwnedPartition[]): Promise<LoggedMessage[]> {
  const positions = await loadPositions(sql, lookSql, consumer, owned);
  const behind = owned.filter(({ partition, position }) => (positions.get(partition) ?? position) !== position);
  const missed: LoggedMessage[] = [];
  for (const { partition, position } of behind) {
    const reached = positions.get(partition)!;
    missed.push(...(await unpublished(sql, consumer, partition, position, reached, Number(reached))));
  }
  for (const row of behind) row.position = positions.get(row.partition)!;
  return missed;
}

/** Writes how far the log goes and how much of it the broker has acknowledged. */
export async function recordPositions(sql: Sql, consumer: string, owned: readonly OwnedPartition[]): Promise<void> {
  await sql.query(
    `update lane_partition set position = moved.position, published_position = moved.published
     from unnest($2::int[], $3::int8[], $4::int8[], $5::int8[]) as moved(partition, epoch, position, published)
     where consumer = $1 and lane_partition.partition = moved.partition and lane_partition.epoch = moved.epoch`,
    [
      consumer,
      owned.map((row) => row.partition),
      owned.map((row) => row.epoch),
      owned.map((row) => row.position),
      owned.map((row) => row.published),
    ],
  );
}

/**
 * Writes how much was acknowledged, and nothing else: between transactions the position may be older than the table's.
 * Locks in the order of partitions, as everybody does.
 */
export async function recordPublished(sql: Sql, consumer: string, owned: readonly OwnedPartition[]): Promise<void> {
  await sql.query(
    `with mine as (
       select partition, moved.published from lane_partition
         join unnest($2::int[], $3::int8[], $4::int8[]) as moved(partition, epoch, published) using (partition, epoch)
       where consumer = $1 order by partition for update of lane_partition
     )
     update lane_partition set published_position = mine.published from mine
     where consumer = $1 and lane_partition.partition = mine.partition`,
    [consumer, owned.map((row) => row.partition), owned.map((row) => row.epoch), owned.map((row) => row.published)],
  );
}
