import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '@ordergate/messaging';
import { readNews, readTimeline } from '../store/timeline.store.ts';
import {
  amended,
  answeredWith,
  approved,
  cancelled,
  declined,
  eur,
  expired,
  held,
  holdExpired,
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

const order = { orderId: 'SO-1', customerId: 'C-1' };
const at = (time: string) => ({ time: `2026-11-${time}:00.000Z` });
const read = (page: { limit: number; after?: string[] } = { limit: 100 }) => readTimeline(opened.lane, order, page);
const briefly = async () => (await read()).map(({ what, status }) => `${what}: ${status}`);

describe('The timeline of an order', () => {
  it('tells what happened, by whom and why, and where the order stood then', async () => {
    await handle({ ...placed(), ...at('21T10:00') });
    await handle(held({ seq: 4 }));
    await handle(
      released({ seq: 7, decidedAt: '2026-11-21T11:00:00.000Z', releaseReason: 'paid by phone', note: 'ok' }),
    );
    expect(await read()).toMatchObject([
      {
        no: 1,
        what: 'placed',
        by: 'source:test',
        status: 'received',
        details: { orderVersion: 1, total: eur('100.00') },
      },
      { no: 2, what: 'held', by: 'policy', status: 'held', details: { orderVersion: 1, reasons: [limitExceeded] } },
      {
        no: 3,
        what: 'released',
        by: 'user:u-7',
        status: 'released',
        details: { releaseReason: 'paid by phone', note: 'ok', approval: { ceiling: eur('100.00') } },
      },
    ]);
  });

  it('tells that a hold has expired as the no that it is, by whom and why', async () => {
    await handle({ ...placed(), ...at('21T10:00') });
    await handle(held({ seq: 4 }));
    await handle(declined({ seq: 9, decidedAt: '2027-01-21T00:00:01.000Z', businessDay: '2027-01-21' }));
    await handle({ ...amended(), time: '2027-01-22T10:00:00.000Z' });
    expect((await read()).slice(2)).toMatchObject([
      {
        ...{ what: 'declined', by: 'policy', status: 'declined' },
        details: { reasons: [limitExceeded, holdExpired], businessDay: '2027-01-21' },
      },
      { what: 'amended', status: 'received' },
    ]);
  });

  it('has every kind of thing that can happen', async () => {
    await handle({ ...placed(), ...at('21T10:00') }, { ...amended({ total: eur('90.00') }), ...at('21T10:10') });
    await handle(approved({ seq: 5, orderVersion: 2, decidedAt: '2026-11-21T10:11:00Z' }));
    await handle(
      requested({ requestedAt: '2026-11-22T10:00:00Z' }),
      requested({ shipmentId: 'SHP-2', requestedAt: '2026-11-22T11:00:00Z' }),
    );
    await handle(
      answeredWith('ShipmentAuthorized.v1', { seq: 6, decidedAt: '2026-11-22T10:00:01Z' }),
      answeredWith('ShipmentRefused.v1', { seq: 7, decidedAt: '2026-11-22T11:00:01Z', shipmentId: 'SHP-2' }),
      { ...expired({ seq: 8 }), ...at('24T00:00') },
    );
    await handle(
      shipped({ value: eur('60.00'), shippedAt: '2026-11-23T10:00:00Z' }),
      returned({ returnedAt: '2026-11-25T10:00:00Z' }),
      cancelled({ cancelledAt: '2026-11-26T10:00:00Z' }),
    );
    expect(await briefly()).toEqual([
      'placed: received',
      'amended: received',
      'approved: approved',
      'shipment-requested: approved',
      'shipment-authorized: approved',
      'shipment-requested: approved',
      'shipment-refused: approved',
      // The warehouse's word came after the gate's, about a day before.
      'goods-shipped: expired',
      'approval-expired: expired',
      'goods-returned: expired',
      'cancelled: cancelled',
    ]);
  });

  it('tells a decision after the order, also when it was heard before it', async () => {
    await handle(held({ decidedAt: '2026-11-21T10:00:01Z' }));
    await handle({ ...placed(), ...at('21T10:00') });
    expect((await read()).map(({ what, no, status }) => ({ what, no, status }))).toEqual([
      { what: 'placed', no: 2, status: 'held' },
      { what: 'held', no: 1, status: 'held' },
    ]);
  });

  it('has no room for what changed nothing: repeats, older versions, what was refused', async () => {
    await handle({ ...placed({ orderVersion: 2 }), ...at('21T10:00') });
    await handle(placed(), placed({ orderVersion: 2 }), placed({ orderVersion: 2, total: eur('1.00') }));
    await handle(approved({ seq: 5, orderVersion: 2 }), approved({ seq: 5, orderVersion: 2 }), held({ seq: 4 }));
    expect(await briefly()).toEqual(['placed: received', 'approved: approved']);
  });

  it('tells a decision about an older version, too: it was taken', async () => {
    await handle({ ...placed(), ...at('21T10:00') }, { ...amended(), ...at('21T10:01') });
    await handle(held({ seq: 4, decidedAt: '2026-11-21T10:02:00Z' }));
    expect(await briefly()).toEqual(['placed: received', 'amended: received', 'held: received']);
  });

  it('is read page by page', async () => {
    await handle({ ...placed(), ...at('21T10:00') }, { ...amended(), ...at('21T10:00') });
    await handle(held({ decidedAt: '2026-11-21T10:02:00Z', orderVersion: 2 }));
    const [first, second] = await read({ limit: 1 });
    expect([first?.what, second?.what]).toEqual(['placed', 'amended']);
    const rest = await read({ limit: 5, after: [first!.at.toISOString(), String(first!.no)] });
    expect(rest.map(({ what }) => what)).toEqual(['amended', 'held']);
  });
});

describe('What is new', () => {
  it('is told to each follower from where it stands, at most so much at once', async () => {
    await handle(placed(), amended(), cancelled());
    await handle(placed({ orderId: 'SO-2' }));
    const followers = [
      { ...order, seen: 0 },
      { ...order, seen: 2 },
      { ...order, seen: 3 },
      { ...order, orderId: 'SO-2', seen: 0 },
      { ...order, orderId: 'SO-3', seen: 0 },
    ];
    const news = await readNews(opened.lane, followers, 2);
    expect([...news].map(([at, entries]) => [at, entries.map(({ no }) => no)])).toEqual([
      [0, [1, 2]],
      [1, [3]],
      [3, [1]],
    ]);
  });
});
