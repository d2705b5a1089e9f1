import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EventByHand } from '@ordergate/messaging/testing';
import fc from 'fast-check';
import {
  businessDay,
  collectionsLane,
  customer,
  invoice,
  payment,
  receivable,
  review,
} from './collections-lane.fixture.ts';

jest.setTimeout(120_000);

let oneByOne: Awaited<ReturnType<typeof collectionsLane>>;
let inChunks: Awaited<ReturnType<typeof collectionsLane>>;
beforeAll(async () => {
  [oneByOne, inChunks] = await Promise.all([collectionsLane(), collectionsLane()]);
}, 60_000);
afterAll(() => Promise.all([oneByOne?.close(), inChunks?.close()]));

/** What may happen to a customer; `n` makes ids that come again, so that invoices, payments and their ends meet. */
const happening = fc.record({
  what: fc.constantFrom(
    ...([
      'invoice',
      'invoice',
      'pay',
      'pay',
      'payNamed',
      'cheque',
      'clear',
      'bounce',
      'reverse',
      'creditNote',
    ] as const),
    ...(['dispute', 'resolve', 'register', 'review'] as const),
  ),
  n: fc.integer({ min: 1, max: 4 }),
  amount: fc.integer({ min: 1, max: 900 }),
  dayOfMonth: fc.integer({ min: 1, max: 28 }),
  isUsd: fc.constantFrom(false, false, false, true),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function eventOf(customerId: string, { what, n, amount, dayOfMonth, isUsd }: Happening): EventByHand {
  const day = `2026-02-${String(dayOfMonth).padStart(2, '0')}`;
  const total = { amount: String(amount), currency: isUsd ? 'USD' : 'EUR' };
  const cheque = { customerId, instrumentId: `Q${n}`, on: businessDay };
  switch (what) {
    case 'invoice':
      return invoice(customerId, `I${n}`, '0', day, { total });
    case 'pay':
      return payment(customerId, `P${n}`, '0', day, { total });
    case 'payNamed':
      return payment(customerId, `P${n}`, '0', day, { total, allocations: [{ invoiceId: `I${n}`, amount: total }] });
    case 'cheque':
      return receivable('InstrumentReceived.v1', {
        ...cheque,
        kind: 'cheque',
        total,
        dueOn: day,
        receivedOn: '2026-02-14',
      });
    case 'clear':
      return receivable('InstrumentCleared.v1', cheque);
    case 'bounce':
      return receivable('InstrumentBounced.v1', cheque);
    case 'reverse':
      return receivable('PaymentReversed.v1', { customerId, paymentId: `P${n}`, on: businessDay });
    case 'creditNote':
      return receivable('CreditNotePosted.v1', {
        ...{ customerId, creditNoteId: `N${n}`, invoiceId: `I${n}`, total, issuedOn: day },
      });
    case 'dispute':
      return receivable('DisputeOpened.v1', { customerId, disputeId: `D${n}`, invoiceId: `I${n}`, on: businessDay });
    case 'resolve':
      return receivable('DisputeResolved.v1', { customerId, disputeId: `D${n}`, invoiceId: `I${n}`, on: businessDay });
    case 'register':
      return customer(customerId, { currency: isUsd ? 'USD' : 'EUR', updatedAt: `2026-02-${10 + n}T00:00:00Z` });
    case 'review':
      return review(customerId);
  }
}

let runs = 0;

describe('Standings', () => {
  it('come out of a batch as they come one by one, and so does the payment record that readers have heard', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('A', 'B'), happening), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 2, max: 25 }),
        async (happenings, chunkSize) => {
          runs += 1;
          const events = happenings.map(([who, it]) => eventOf(`${who}-${runs}`, it));
          const told = await oneByOne.tellOneByOne(...events);
          const toldInChunks = [];
          for (let from = 0; from < events.length; from += chunkSize) {
            toldInChunks.push(...(await inChunks.tell(...events.slice(from, from + chunkSize))));
          }
          const stored = await Promise.all([oneByOne, inChunks].map(({ database }) => storedOf(database, runs)));
          expect(stored[1]).toEqual(stored[0]);
          expect(heardBy(toldInChunks)).toEqual(heardBy(told));
          expect(heardBy(told)).toEqual(heardFrom(stored[0]!));
        },
      ),
      { numRuns: 40 },
    );
  });
});

type Lane = Awaited<ReturnType<typeof collectionsLane>>;
const storedOf = async (database: Lane['database'], run: number) => ({
  standings: await database.query<{ row: any }>(
    'select to_jsonb(t) as row from customer_standing t where customer_id like $1 order by customer_id',
    [`%-${run}`],
  ),
  paid: await database.query<{
    customer_id: string;
    currency: string;
    paid_on: string;
    days_late: number;
    amount: bigint;
  }>(
    'select * from paid_amount where customer_id like $1 and amount <> 0 order by customer_id, currency, paid_on, days_late',
    [`%-${run}`],
  ),
});

/**
 * What a reader knows that has heard all of it: the last standing, and the last sum of each part of the record in its
 * currency.
 */
function heardBy(told: Awaited<ReturnType<Lane['tell']>>) {
  const overdue = new Map<string, string>();
  const paid = new Map<string, string>();
  for (const { type, data } of told) {
    if (type !== 'CustomerStandingChanged.v1') continue;
    overdue.set(data.customerId, `${data.overdue.amount} ${data.overdue.currency}`);
    for (const part of data.paid ?? []) {
      const key = `${data.customerId} ${part.amount.currency} ${part.paidOn} ${part.daysLate}`;
      if (/[1-9]/.test(part.amount.amount)) paid.set(key, part.amount.amount);
      else paid.delete(key);
    }
  }
  for (const key of paid.keys()) {
    const [customerId, currency] = key.split(' ');
    if (!overdue.get(customerId!)!.endsWith(currency!)) paid.delete(key);
  }
  return { overdue: sorted(overdue), paid: sorted(paid) };
}

/** What such a reader should know: the record in the currency of the standing. */
function heardFrom({ standings, paid }: Awaited<ReturnType<typeof storedOf>>) {
  const amount = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
  const currencies = new Map(standings.map(({ row }) => [row.customer_id, row.currency]));
  return {
    overdue: standings.map(({ row }) => [row.customer_id, `${amount(BigInt(row.overdue))} ${row.currency}`]),
    paid: sorted(
      new Map(
        paid
          .filter((part) => currencies.get(part.customer_id) === part.currency)
          .map((part) => [
            `${part.customer_id} ${part.currency} ${part.paid_on} ${part.days_late}`,
            amount(part.amount),
          ]),
      ),
    ),
  };
}

const sorted = (known: Map<string, string>) => [...known].sort(([left], [right]) => (left < right ? -1 : 1));
