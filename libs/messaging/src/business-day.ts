import type { Sql } from '@ordergate/database';
import type { BatchHandler, Chunk, Delivery, Outgoing } from './delivery.ts';

/** The latest business day that this service has heard of; null before the first one. */
export async function readBusinessDay(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ business_day: string }>('select business_day from business_day');
  return row?.business_day ?? null;
}

/** Keeps the latest business day. A day never goes back. */
export async function saveBusinessDay(sql: Sql, businessDay: string): Promise<void> {
  await sql.query(
    `insert into business_day (business_day) values ($1)
     on conflict (one_row) do update set business_day = greatest(business_day.business_day, excluded.business_day)`,
    [businessDay],
  );
}

/** Keeps the business day, a fact that every decision is taken on; for a service in which nothing else hangs on it. */
export class OnBusinessDays implements BatchHandler {
  readonly types: readonly string[] = ['BusinessDayStarted.v1'];

  async handle(deliveries: Delivery<{ businessDay: string }>[], { sql }: Chunk): Promise<Outgoing[]> {
    const latest = deliveries
      .map(({ message }) => message.businessDay)
      .sort()
      .at(-1);
    if (latest !== undefined) await saveBusinessDay(sql, latest);
    return [];
  }
}
