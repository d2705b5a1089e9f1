import { LaneConnection, migrate } from '@ordergate/database';
import type { BatchHandler, Delivery } from '@ordergate/messaging';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../migrations/index.ts';
import { OnCreditDecisions } from './on-credit-decisions.ts';
import { OnOrders } from './on-orders.ts';

export type TestBook = Awaited<ReturnType<typeof openTestBook>>;

const handlers: Record<string, BatchHandler> = { orders: new OnOrders(), 'credit-decisions': new OnCreditDecisions() };

/** An order book of the test's own on real Postgres, and a lane's connection to write it. */
export async function openTestBook() {
  const { databaseUrl } = await isolated('order-book');
  await migrate(databaseUrl, migrations);
  const lane = new LaneConnection(databaseUrl, 'order book test');
  await lane.connect();
  return {
    ...{ databaseUrl, lane },
    empty: () => lane.query('truncate customer_order, shipment, timeline_entry'),
    /** One transaction for a batch of one topic, as a lane does it; returns the violations of what was dead-lettered. */
    handle: async (...batch: Delivery[]): Promise<string[]> => {
      const handler = handlers[batch[0]!.record.topic]!;
      const chunk = {
        businessDay: '2026-11-21',
        at: new Date('2026-11-21T10:00:00Z'),
        about: [],
        expectsRepeats: true,
        beforeCommit: () => undefined,
      };
      const outgoing = await lane.transaction((sql) => handler.handle(batch, { ...chunk, sql }));
      return outgoing.flatMap((message) =>
        'deadLetter' in message ? message.violations.map((violation) => `${message.deadLetter.id}: ${violation}`) : [],
      );
    },
    rows: async () => ({
      orders: await lane.query('select * from customer_order order by order_id, customer_id'),
      shipments: await lane.query('select * from shipment order by order_id, customer_id, shipment_id'),
      // When the book heard of it, and so its number, depends on what came first.
      timeline: await lane.query(
        `select order_id, customer_id, what, happened_at, done_by, details from timeline_entry
         order by order_id, customer_id, what, happened_at, details::text`,
      ),
    }),
  };
}
