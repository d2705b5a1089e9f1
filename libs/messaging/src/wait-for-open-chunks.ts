import type { Database, Sql } from '@ordergate/database';

/**
 * Passes once over each lane partition's lock. Returns when no chunk of `consumer` is open any more that still saw what
 * was so before the call.
 */
export async function waitForOpenChunks(database: Database, consumer: string): Promise<void> {
  const lockOne = (partition: number) => (sql: Sql) =>
    sql.query('select 1 from lane_partition where consumer = $1 and partition = $2 for update', [consumer, partition]);
  const rows = await database.query<{ partition: number }>(
    'select partition from lane_partition where consumer = $1 order by partition',
    [consumer],
  );
  for (const { partition } of rows) await database.transaction(lockOne(partition));
}

/** Lets no chunk of `consumer` be open until the transaction ends. For changes that no chunk may be in the middle of. */
export async function holdLanes(tx: Sql, consumer: string): Promise<void> {
  await tx.query('select 1 from lane_partition where consumer = $1 order by partition for update', [consumer]);
}
