import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery } from '@ordergate/messaging';
import fc from 'fast-check';
import {
  amended,
  answeredWith,
  approved,
  cancelled,
  eur,
  expired,
  held,
  placed,
  released,
  requested,
  returned,
  shipped,
} from './order-messages.fixture.ts';
import { openTestBook, type TestBook } from './test-book.fixture.ts';

let book: TestBook;
beforeAll(async () => {
  book = await openTestBook();
}, 60_000);
afterAll(() => book.lane.close());

describe('Any batches, in any interleaving of the two topics, with repeated decisions,', () => {
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
    {
      weight: 1,
      arbitrary: fc.tuple(of, shipmentIds, amounts).map(
        ([keys, shipmentId, value]) =>
          () =>
            returned({ ...keys, shipmentId, value }),
      ),
    },
  );
  // The gate numbers what it says: the seq is the place in the list.
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
  const topics = fc
    .tuple(fc.array(orderMessage, { maxLength: 25 }), fc.array(decisionMessage, { maxLength: 20 }), fc.array(fc.nat()))
    .map(([orders, decisions, picks]) => {
      const told = decisions.map((make, index) => make(index + 1));
      return { orders: orders.map((make) => make()), decisions: told, withRepeats: repeated(told, picks) };
    });

  /** Some come once more, anywhere after the first time, as from an owner that was cut off. */
  function repeated(told: readonly Delivery[], picks: readonly number[]): Delivery[] {
    const list = [...told];
    for (const pick of list.length > 0 ? picks : []) {
      const from = pick % list.length;
      list.splice(from + 1 + (pick % (list.length - from)), 0, list[from]!);
    }
    return list;
  }

  it('make the same book as one message after the other, orders first', async () => {
    await fc.assert(
      fc.asyncProperty(
        topics,
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.integer({ min: 1, max: 8 })),
        async ({ orders, decisions, withRepeats }, isOrderNext, batchSize) => {
          await book.empty();
          const wantedDead: string[] = [];
          for (const message of [...orders, ...decisions]) wantedDead.push(...(await book.handle(message)));
          const wanted = await book.rows();

          await book.empty();
          const dead: string[] = [];
          const waiting = { orders: [...orders], decisions: [...withRepeats] };
          while (waiting.orders.length + waiting.decisions.length > 0) {
            const wish = isOrderNext.next().value ? waiting.orders : waiting.decisions;
            const topic = wish.length > 0 ? wish : wish === waiting.orders ? waiting.decisions : waiting.orders;
            dead.push(...(await book.handle(...topic.splice(0, batchSize.next().value))));
          }
          expect(dead).toEqual(wantedDead);
          expect(await book.rows()).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
