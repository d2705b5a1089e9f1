import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LaneConnection, migrate } from '@ordergate/database';
import type { BatchHandler, Delivery } from '@ordergate/messaging';
import { isolated } from '@ordergate/testing';
import fc from 'fast-check';
import { migrations } from '../../migrations/index.ts';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';
import { findOrder } from '../store/order-reading.store.ts';
import { OnCreditDecisions } from './on-credit-decisions.ts';
import { OnOrders } from './on-orders.ts';
import { decisionData, delivery, grantData, limitExceeded, orderData, shipmentData } from './order-messages.fixture.ts';

const handlers: Record<string, BatchHandler> = { orders: new OnOrders(), 'credit-decisions': new OnCreditDecisions() };
const at = new Date('2026-11-21T10:00:00Z');
let databaseUrl: string;
let lane: LaneConnection;

beforeAll(async () => {
  ({ databaseUrl } = await isolated('order-book'));
  await migrate(databaseUrl, migrations);
  lane = new LaneConnection(databaseUrl, 'order book test');
  await lane.connect();
}, 60_000);
afterAll(() => lane.close());
beforeEach(async () => {
  await lane.query('truncate customer_order, shipment');
});

/** One transaction for a batch of one topic, as a lane does it; returns the violations of what was dead-lettered. */
async function handle(...batch: Delivery[]): Promise<string[]> {
  const handler = handlers[batch[0]!.record.topic]!;
  const outgoing = await lane.transaction((sql) => handler.handle(batch, { sql, businessDay: '2026-11-21', at }));
  return outgoing.flatMap((message) =>
    'deadLetter' in message ? message.violations.map((violation) => `${message.deadLetter.id}: ${violation}`) : [],
  );
}

async function book(): Promise<unknown> {
  const orders = await lane.query('select * from customer_order order by order_id, customer_id');
  const shipments = await lane.query('select * from shipment order by order_id, customer_id, shipment_id');
  return { orders, shipments };
}

const placed = (fields?: object) => delivery('OrderPlaced.v1', orderData(fields));
const amended = (fields?: object) => delivery('OrderAmended.v1', orderData({ orderVersion: 2, ...fields }));
const cancelled = (fields?: object) =>
  delivery('OrderCancelled.v1', { orderId: 'SO-1', customerId: 'C-1', cancelledAt: '2026-11-22T10:00:00Z', ...fields });
const held = (fields?: object) => delivery('OrderHeld.v1', decisionData({ reasons: [limitExceeded], ...fields }));
const approved = (fields?: object) => delivery('OrderApproved.v1', grantData(fields));
const released = (fields?: object) => delivery('OrderReleased.v1', grantData({ decidedBy: 'user:u-7', ...fields }));
const expired = (fields?: object) =>
  delivery('ApprovalExpired.v1', { seq: 9, orderId: 'SO-1', customerId: 'C-1', expiredOn: '2026-12-22', ...fields });
const requested = (fields?: object) =>
  delivery('ShipmentRequested.v1', shipmentData({ requestedAt: '2026-11-22T10:00:00Z', ...fields }));
const answeredWith = (type: string, fields?: object) =>
  delivery(
    type,
    shipmentData({ seq: 3, value: eur('100.00'), reasons: [], decidedAt: '2026-11-22T10:00:01Z', ...fields }),
  );
const shipped = (fields?: object) =>
  delivery('OrderShipped.v1', shipmentData({ value: eur('100.00'), shippedAt: '2026-11-23T10:00:00Z', ...fields }));
const eur = (amount: string) => ({ amount, currency: 'EUR' });

const statusOf = async (orderId = 'SO-1') => (await findOrder(lane, orderId))?.status;

describe('The order book', () => {
  it('has an order from its place on, with its decision and its reasons', async () => {
    await handle(placed({ salesRepId: 'R-7' }));
    expect(await statusOf()).toBe('received');

    await handle(held({ seq: 4 }));
    const reading = (await findOrder(lane, 'SO-1'))!;
    expect(reading.status).toBe('held');
    expect(reading.document).toMatchObject({ orderId: 'SO-1', total: eur('100.00'), salesRepId: 'R-7' });
    expect(reading.decisionDocument).toMatchObject({ reasons: [limitExceeded], decidedBy: 'policy' });

    await handle(released({ seq: 5 }));
    expect(await statusOf()).toBe('released');
  });

  it('keeps a decision that comes before its order', async () => {
    await handle(held());
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'held', document: null });
    await handle(placed());
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'held', document: { total: eur('100.00') } });
  });

  it('lets a newer version wait for its own decision, and shows the whole of it', async () => {
    await handle(placed(), amended({ total: eur('250.00') }));
    await handle(approved());
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'received', document: { total: eur('250.00') } });
    await handle(approved({ seq: 2, orderVersion: 2 }));
    expect(await statusOf()).toBe('approved');
  });

  it('takes an amend of an unknown order as its place', async () => {
    await handle(amended({ orderVersion: 3 }));
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'received', document: { orderVersion: 3 } });
  });

  it('holds on to a cancellation, also when it comes before the place', async () => {
    await handle(cancelled({ reason: 'no longer needed' }));
    await handle(approved());
    await handle(placed());
    const { order, status } = (await findOrder(lane, 'SO-1'))!;
    expect({ status, reason: order.cancelReason }).toEqual({ status: 'cancelled', reason: 'no longer needed' });
  });

  it('shows an expired approval until it is decided again', async () => {
    await handle(placed());
    await handle(approved(), expired());
    const { status, order, decisionDocument } = (await findOrder(lane, 'SO-1'))!;
    expect({ status, expiredOn: order.decision?.expiredOn }).toEqual({ status: 'expired', expiredOn: '2026-12-22' });
    expect(decisionDocument).toMatchObject({ approval: { validUntil: '2026-12-21' } });
    await handle(held({ seq: 10 }));
    expect(await statusOf()).toBe('held');
  });

  it('follows shipments from the request to the goods', async () => {
    const shipmentStatus = async () => (await findOrder(lane, 'SO-1'))?.shipments;
    await handle(placed(), requested({ value: eur('40.00') }));
    expect(await shipmentStatus()).toMatchObject([{ shipmentId: 'SHP-1', answer: null }]);
    await handle(answeredWith('ShipmentAuthorized.v1', { value: eur('40.00') }));
    expect(await shipmentStatus()).toMatchObject([{ answer: { outcome: 'authorized' } }]);
    await handle(shipped({ value: eur('40.00') }));
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'received', order: { shipped: { minor: 4000n } } });
    await handle(shipped({ shipmentId: 'SHP-2', value: eur('60.00') }));
    expect(await statusOf()).toBe('shipped');
  });

  it('dead-letters a known version with other content, and keeps what it has', async () => {
    await handle(placed());
    const other = placed({ total: eur('100.01') });
    expect(await handle(other)).toEqual([
      `${other.id}: orderVersion 1 of order SO-1 came before with other content; send a changed order with a higher orderVersion`,
    ]);
    expect(await findOrder(lane, 'SO-1')).toMatchObject({ document: { total: eur('100.00') } });
  });

  it.each([
    { what: 'place', second: () => placed({ customerId: 'C-2' }) },
    { what: 'amend', second: () => amended({ customerId: 'C-2' }) },
    { what: 'cancel', second: () => cancelled({ customerId: 'C-2' }) },
    { what: 'ship', second: () => shipped({ customerId: 'C-2' }) },
  ])(
    'dead-letters a second customer who tries to $what, and ignores what the gate told that one',
    async ({ second }) => {
      await handle(held({ customerId: 'C-2', seq: 8 }));
      await handle(placed());
      const message = second();
      expect(await handle(message)).toEqual([`${message.id}: orderId SO-1 is in use by another customer`]);
      expect(await findOrder(lane, 'SO-1')).toMatchObject({ status: 'received', order: { customerId: 'C-1' } });
    },
  );

  it('keeps amounts beyond 2^63 minor units', async () => {
    const total = { amount: '999999999999999.9999', currency: 'CLF' };
    await handle(placed({ total }));
    expect((await findOrder(lane, 'SO-1'))?.order.newest?.total.minor).toBe(9_999_999_999_999_999_999n);
  });

  it('is not changed by anything that comes twice', async () => {
    const orders = [placed(), amended(), requested(), shipped({ value: eur('10.00') }), cancelled({ orderId: 'SO-2' })];
    const decisions = [held(), approved({ seq: 2, orderVersion: 2 }), answeredWith('ShipmentAuthorized.v1'), expired()];
    await handle(...orders);
    await handle(...decisions);
    const once = await book();
    for (const message of [...orders, ...decisions]) expect(await handle(message)).toEqual([]);
    expect(await handle(...orders, ...orders)).toEqual([]);
    expect(await book()).toEqual(once);
  });

  it('makes a batch again when another lane wrote its order after it was looked for', async () => {
    const other = new LaneConnection(databaseUrl, 'other lane');
    await other.connect();
    const overtaken = lane.transaction(async (sql) => {
      const book = await lockOrderBook(sql, [{ orderId: 'SO-1' }]);
      await other.transaction((tx) =>
        handlers['credit-decisions']!.handle([held()], { sql: tx, businessDay: null, at }),
      );
      book.write({ ...book.order('SO-1', 'C-1'), cancelledAt: at });
      await saveOrderBook(sql, book);
    });
    // Postgres' serialization failure: libs/messaging makes the same batch again.
    await expect(overtaken).rejects.toMatchObject({ code: '40001' });
    await other.close();
    expect(await statusOf()).toBe('held');
  });
});

describe('Any batches, in any interleaving of the two topics,', () => {
  const orderIds = ['SO-1', 'SO-2', 'SO-3'];
  const customers = ['C-1', 'C-2'];
  const of = fc.record({ orderId: fc.constantFrom(...orderIds), customerId: fc.constantFrom(...customers) });
  const versions = fc.integer({ min: 1, max: 3 });
  const amounts = fc.constantFrom('10.00', '100.00').map(eur);
  const shipmentIds = fc.constantFrom('SHP-1', 'SHP-2');

  const orderMessage = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(of, versions, amounts).map(
        ([keys, orderVersion, total]) =>
          () =>
            placed({ ...keys, orderVersion, total }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(of, versions, amounts).map(
        ([keys, orderVersion, total]) =>
          () =>
            amended({ ...keys, orderVersion, total }),
      ),
    },
    { weight: 1, arbitrary: of.map((keys) => () => cancelled(keys)) },
    {
      weight: 1,
      arbitrary: fc.tuple(of, shipmentIds, amounts).map(
        ([keys, shipmentId, value]) =>
          () =>
            requested({ ...keys, shipmentId, value }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(of, shipmentIds, amounts, fc.boolean()).map(
        ([keys, shipmentId, value, final]) =>
          () =>
            shipped({ ...keys, shipmentId, value, final }),
      ),
    },
  );
  // The gate numbers what it says, so the seq is the place in the list; duplicates and old ones come from the shuffle below.
  const decisionMessage = fc.oneof(
    fc.tuple(of, versions).map(
      ([keys, orderVersion]) =>
        (seq: number) =>
          held({ ...keys, orderVersion, seq }),
    ),
    of.map((keys) => (seq: number) => held({ ...keys, orderVersion: undefined, seq })),
    fc.tuple(of, versions).map(
      ([keys, orderVersion]) =>
        (seq: number) =>
          approved({ ...keys, orderVersion, seq }),
    ),
    fc.tuple(of, versions).map(
      ([keys, orderVersion]) =>
        (seq: number) =>
          released({ ...keys, orderVersion, seq }),
    ),
    of.map((keys) => (seq: number) => expired({ ...keys, seq })),
    fc.tuple(of, shipmentIds, fc.constantFrom('ShipmentAuthorized.v1', 'ShipmentRefused.v1')).map(
      ([keys, shipmentId, type]) =>
        (seq: number) =>
          answeredWith(type, { ...keys, shipmentId, seq }),
    ),
  );
  const topicsWithRepeats = fc
    .tuple(fc.array(orderMessage, { maxLength: 25 }), fc.array(decisionMessage, { maxLength: 20 }))
    .map(([orders, decisions]) => ({
      orders: orders.map((make) => make()),
      decisions: decisions.map((make, index) => make(index + 1)),
    }));

  it('make the same book as one message after the other, orders first', async () => {
    await fc.assert(
      fc.asyncProperty(
        topicsWithRepeats,
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.integer({ min: 1, max: 8 })),
        async ({ orders, decisions }, isOrderNext, batchSize) => {
          await lane.query('truncate customer_order, shipment');
          const wantedDead: string[] = [];
          for (const message of [...orders, ...decisions]) wantedDead.push(...(await handle(message)));
          const wanted = await book();

          await lane.query('truncate customer_order, shipment');
          const dead: string[] = [];
          const waiting = { orders: [...orders], decisions: [...decisions] };
          while (waiting.orders.length + waiting.decisions.length > 0) {
            const wish = isOrderNext.next().value ? waiting.orders : waiting.decisions;
            const topic = wish.length > 0 ? wish : wish === waiting.orders ? waiting.decisions : waiting.orders;
            dead.push(...(await handle(...topic.splice(0, batchSize.next().value))));
          }
          expect(dead).toEqual(wantedDead);
          expect(await book()).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
