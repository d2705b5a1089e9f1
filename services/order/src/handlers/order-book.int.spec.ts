import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LaneConnection } from '@ordergate/database';
import type { Delivery } from '@ordergate/messaging';
import { lockOrderBook, saveOrderBook } from '../store/order-book.store.ts';
import { findOrder } from '../store/order-reading.store.ts';
import { OnCreditDecisions } from './on-credit-decisions.ts';
import {
  amended,
  answeredWith,
  approved,
  cancelled,
  eur,
  expired,
  held,
  limitExceeded,
  placed,
  released,
  requested,
  returned,
  shipped,
} from './order-messages.fixture.ts';
import { openTestBook, type TestBook } from './test-book.fixture.ts';

let opened: TestBook;
beforeAll(async () => {
  opened = await openTestBook();
}, 60_000);
afterAll(() => opened.lane.close());
beforeEach(() => opened.empty());
const handle = (...batch: Delivery[]) => opened.handle(...batch);

const statusOf = async (orderId = 'SO-1') => (await findOrder(opened.lane, orderId))?.status;

describe('The order book', () => {
  it('has an order from its place on, with its decision and its reasons', async () => {
    await handle(placed({ salesRepId: 'R-7' }));
    expect(await statusOf()).toBe('received');

    await handle(held({ seq: 4 }));
    const reading = (await findOrder(opened.lane, 'SO-1'))!;
    expect(reading.status).toBe('held');
    expect(reading.document).toMatchObject({ orderId: 'SO-1', total: eur('100.00'), salesRepId: 'R-7' });
    expect(reading.decisionDocument).toMatchObject({ reasons: [limitExceeded], decidedBy: 'policy' });

    await handle(released({ seq: 5 }));
    expect(await statusOf()).toBe('released');
  });

  it('keeps a decision that comes before its order', async () => {
    await handle(held());
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({ status: 'held', document: null });
    await handle(placed());
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({ status: 'held', document: { total: eur('100.00') } });
  });

  it('lets a newer version wait for its own decision, and shows the whole of it', async () => {
    await handle(placed(), amended({ total: eur('250.00') }));
    await handle(approved());
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({
      status: 'received',
      document: { total: eur('250.00') },
    });
    await handle(approved({ seq: 2, orderVersion: 2 }));
    expect(await statusOf()).toBe('approved');
  });

  it('takes an amend of an unknown order as its place', async () => {
    await handle(amended({ orderVersion: 3 }));
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({ status: 'received', document: { orderVersion: 3 } });
  });

  it('holds on to a cancellation, also when it comes before the place', async () => {
    await handle(cancelled({ reason: 'no longer needed' }));
    await handle(approved());
    await handle(placed());
    const { order, status } = (await findOrder(opened.lane, 'SO-1'))!;
    expect({ status, reason: order.cancelReason }).toEqual({ status: 'cancelled', reason: 'no longer needed' });
  });

  it('shows an expired approval until it is decided again', async () => {
    await handle(placed());
    await handle(approved(), expired());
    const { status, order, decisionDocument } = (await findOrder(opened.lane, 'SO-1'))!;
    expect({ status, expiredOn: order.decision?.expiredOn }).toEqual({ status: 'expired', expiredOn: '2026-12-22' });
    expect(decisionDocument).toMatchObject({ approval: { validUntil: '2026-12-21' } });
    await handle(held({ seq: 10 }));
    expect(await statusOf()).toBe('held');
  });

  it('follows shipments from the request to the goods', async () => {
    const shipmentStatus = async () => (await findOrder(opened.lane, 'SO-1'))?.shipments;
    await handle(placed(), requested({ value: eur('40.00') }));
    expect(await shipmentStatus()).toMatchObject([{ shipmentId: 'SHP-1', answer: null }]);
    await handle(answeredWith('ShipmentAuthorized.v1', { value: eur('40.00') }));
    expect(await shipmentStatus()).toMatchObject([{ answer: { outcome: 'authorized' } }]);
    await handle(shipped({ value: eur('40.00') }));
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({
      status: 'received',
      order: { shipped: { minor: 4000n } },
    });
    await handle(shipped({ shipmentId: 'SHP-2', value: eur('60.00') }));
    expect(await statusOf()).toBe('shipped');
  });

  it('dead-letters a known version with other content, and keeps what it has', async () => {
    await handle(placed());
    const other = placed({ total: eur('100.01') });
    expect(await handle(other)).toEqual([
      `${other.id}: orderVersion 1 of order SO-1 came before with other content; send a changed order with a higher orderVersion`,
    ]);
    expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({ document: { total: eur('100.00') } });
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
      expect(await findOrder(opened.lane, 'SO-1')).toMatchObject({ status: 'received', order: { customerId: 'C-1' } });
    },
  );

  it('keeps amounts beyond 2^63 minor units', async () => {
    const total = { amount: '999999999999999.9999', currency: 'CLF' };
    await handle(placed({ total }));
    expect((await findOrder(opened.lane, 'SO-1'))?.order.newest?.total.minor).toBe(9_999_999_999_999_999_999n);
  });

  it('dead-letters a second request for a shipment with another value, and keeps what it has', async () => {
    await handle(placed(), requested({ value: eur('40.00') }));
    const [same, other] = [requested({ value: eur('40.00') }), requested({ value: eur('41.00') })];
    expect(await handle(same, other)).toEqual([
      `${other.id}: shipment SHP-1 was asked for before with another value; ask under another shipmentId`,
    ]);
    expect((await findOrder(opened.lane, 'SO-1'))?.shipments).toMatchObject([{ requestedValue: { minor: 4000n } }]);
  });

  it('shows what came back of a shipment, each time once; it has left all the same', async () => {
    await handle(placed(), shipped(), returned(), returned(), returned({ returnedAt: '2026-11-26T10:00:00Z' }));
    const { status, shipments } = (await findOrder(opened.lane, 'SO-1'))!;
    expect(status).toBe('shipped');
    expect(shipments[0]?.returned.map(({ returnedAt }) => returnedAt)).toEqual([
      '2026-11-25T10:00:00Z',
      '2026-11-26T10:00:00Z',
    ]);
  });

  it('is not changed by anything that comes twice', async () => {
    const orders = [
      ...[placed(), amended(), requested(), shipped({ value: eur('10.00') })],
      ...[returned({ value: eur('5.00') }), cancelled({ orderId: 'SO-2' })],
    ];
    const decisions = [held(), approved({ seq: 2, orderVersion: 2 }), answeredWith('ShipmentAuthorized.v1'), expired()];
    await handle(...orders);
    await handle(...decisions);
    const once = await opened.rows();
    for (const message of [...orders, ...decisions]) expect(await handle(message)).toEqual([]);
    expect(await handle(...orders, ...orders)).toEqual([]);
    expect(await opened.rows()).toEqual(once);
  });

  it('is not changed by what the gate told before, whatever it was', async () => {
    await handle(placed());
    await handle(approved({ seq: 4 }), expired({ seq: 5 }), held({ seq: 6 }));
    const once = await opened.rows();
    const older = [released({ seq: 3 }), answeredWith('ShipmentAuthorized.v1', { seq: 2 }), expired({ seq: 5 })];
    await handle(...older);
    expect(await opened.rows()).toEqual(once);
  });

  it('makes a batch again when another lane wrote its order after it was looked for', async () => {
    const other = new LaneConnection(opened.databaseUrl, 'other lane');
    await other.connect();
    const overtaken = opened.lane.transaction(async (sql) => {
      const book = await lockOrderBook(sql, [{ orderId: 'SO-1' }]);
      await other.transaction((tx) =>
        new OnCreditDecisions().handle([held()], {
          sql: tx,
          businessDay: null,
          at: new Date(),
          about: [],
          expectsRepeats: true,
          beforeCommit: () => undefined,
        }),
      );
      const cancellation = { what: 'cancelled', at: new Date(), by: 'source:test', details: {} } as const;
      book.write({ ...book.order('SO-1', 'C-1'), cancelledAt: new Date() }, cancellation);
      await saveOrderBook(sql, book);
    });
    // Postgres' serialization failure: libs/messaging makes the same batch again.
    await expect(overtaken).rejects.toMatchObject({ code: '40001' });
    await other.close();
    expect(await statusOf()).toBe('held');
  });
});
