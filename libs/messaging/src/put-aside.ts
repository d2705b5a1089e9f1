import type { Sql } from '@ordergate/database';
import { deadLetter, type Delivery, type Outgoing, type Undecided } from './delivery.ts';
import type { ParkedQueues } from './parked-queues.ts';
import { park, waitsBehind } from './parked-messages.ts';

export interface Aside {
  delivery: Delivery;
  reason: string;
  /** This one could not be handled; the others only wait behind such a one. */
  isGuilty: boolean;
}

interface Sieve {
  parked: ParkedQueues;
  /** Topics whose messages are decided on everything known of their customer. */
  needAllFacts: ReadonlySet<string>;
  guiltyBecause: string | undefined;
}

/** Parts what is handled now from what waits: behind a parked message, or since it cannot be handled (SEMANTICS.md 16). */
export function sieve(
  fresh: readonly Delivery[],
  { parked, needAllFacts, guiltyBecause }: Sieve,
): { handled: Delivery[]; aside: Aside[] } {
  const handled: Delivery[] = [];
  const aside: Aside[] = [];
  for (const delivery of fresh) {
    const { customerId, record } = delivery;
    if (parked.has(customerId, record.topic)) aside.push({ delivery, reason: waitsBehind, isGuilty: false });
    else if (needAllFacts.has(record.topic) && parked.hasAnyOf(customerId)) {
      aside.push({ delivery, reason: `${waitsBehind} on another topic`, isGuilty: false });
    } else if (guiltyBecause !== undefined) aside.push({ delivery, reason: guiltyBecause, isGuilty: true });
    else handled.push(delivery);
  }
  return { handled, aside };
}

/** Parks messages with their bytes; a guilty one is a dead letter as well, so that somebody hears of it. */
export async function putAside(sql: Sql, consumer: string, at: Date, aside: readonly Aside[]): Promise<Outgoing[]> {
  if (aside.length === 0) return [];
  const deliveries = aside.map(({ delivery }) => delivery);
  // Not seen yet: its inbox row goes, so that the retry is a first delivery.
  await sql.query(
    `delete from inbox using unnest($2::text[], $3::text[], $4::text[]) as aside(customer_id, source, id)
     where inbox.consumer = $1 and inbox.customer_id = aside.customer_id and inbox.source = aside.source and inbox.id = aside.id`,
    [consumer, deliveries.map((d) => d.customerId), deliveries.map((d) => d.source), deliveries.map((d) => d.id)],
  );
  await park(
    sql,
    consumer,
    at,
    aside.map(({ delivery, reason }) => ({ cause: delivery, reason })),
  );
  return aside
    .filter(({ isGuilty }) => isGuilty)
    .map(({ delivery, reason }) => ({
      ...deadLetter(delivery, `could not be handled and waits parked: ${reason}`),
      exception: 'UnhandledMessage',
    }));
}

/** What the sender of a message that was put aside may be told. */
export function undecided({ delivery, reason }: Aside): Undecided {
  return { ...delivery, because: 'parked', data: delivery.message, violations: [reason] };
}
