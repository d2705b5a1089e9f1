import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EventByHand } from '@ordergate/messaging/testing';
import { addDays } from '@ordergate/money';
import fc from 'fast-check';
import {
  businessDay,
  collectionsLane,
  customer,
  dunning,
  invoice,
  payment,
  plan,
  promise,
  receivable,
  review,
} from './collections-lane.fixture.ts';

jest.setTimeout(180_000);

type Lane = Awaited<ReturnType<typeof collectionsLane>>;
let oneByOne: Lane;
let inChunks: Lane;
beforeAll(async () => {
  [oneByOne, inChunks] = await Promise.all([collectionsLane(), collectionsLane()]);
}, 60_000);
afterAll(() => Promise.all([oneByOne?.close(), inChunks?.close()]));

/** What may happen to a customer; `n` makes ids that come again, so that money, promises and their ends meet. */
const happening = fc.record({
  what: fc.constantFrom(
    ...(['invoice', 'invoice', 'pay', 'pay', 'cheque', 'bounce', 'reverse', 'dispute', 'resolve'] as const),
    ...(['promise', 'promise', 'plan', 'plan', 'dun', 'dun', 'review', 'register', 'nextDay'] as const),
  ),
  n: fc.integer({ min: 1, max: 3 }),
  amount: fc.integer({ min: 1, max: 500 }),
  /** From the first day of the story: before it, on it, after it. */
  inDays: fc.integer({ min: -20, max: 6 }),
  isUsd: fc.constantFrom(false, false, false, true),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function eventOf(customerId: string, runId: string, { what, n, amount, inDays, isUsd }: Happening): EventByHand {
  const day = addDays(businessDay, inDays);
  const total = { amount: String(amount), currency: isUsd ? 'USD' : 'EUR' };
  const cheque = { customerId, instrumentId: `Q${n}`, on: businessDay };
  const dispute = { customerId, disputeId: `D${n}`, invoiceId: `I${n}`, on: businessDay };
  switch (what) {
    case 'invoice':
      return invoice(customerId, `I${n}`, '0', day, { total });
    case 'pay':
      return payment(customerId, `P${n}`, '0', day, { total });
    case 'cheque':
      return receivable('InstrumentReceived.v1', {
        ...cheque,
        ...{ kind: 'cheque', total, dueOn: addDays(day, 30), receivedOn: day },
      });
    case 'bounce':
      return receivable('InstrumentBounced.v1', cheque);
    case 'reverse':
      return receivable('PaymentReversed.v1', { customerId, paymentId: `P${n}`, on: businessDay });
    case 'dispute':
      return receivable('DisputeOpened.v1', dispute);
    case 'resolve':
      return receivable('DisputeResolved.v1', dispute);
    case 'promise':
      return promise(customerId, `M${n}`, String(amount), day);
    case 'plan':
      return plan(customerId, `L${n}`, [addDays(day, 2), String(amount)], [day, '40']);
    case 'dun':
      return dunning(customerId, runId);
    case 'register':
      return customer(customerId, { currency: isUsd ? 'USD' : 'EUR', updatedAt: `2026-02-${10 + n}T00:00:00Z` });
    case 'review':
    case 'nextDay':
      return review(customerId);
  }
}

/** A chunk is of one topic and one day: between topics no order is promised. */
function chunksOf(events: readonly (EventByHand | 'nextDay')[], size: number): (EventByHand[] | 'nextDay')[] {
  const chunks: (EventByHand[] | 'nextDay')[] = [];
  for (const event of events) {
    const last = chunks.at(-1);
    if (event === 'nextDay') chunks.push(event);
    else if (!last || last === 'nextDay' || last.length >= size || last[0]!.topic !== event.topic) chunks.push([event]);
    else last.push(event);
  }
  return chunks;
}

let runs = 0;

describe('Promises, plans and dunning', () => {
  it('come out of a batch as they come one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('A', 'B'), happening), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 2, max: 12 }),
        async (happenings, size) => {
          runs += 1;
          const customers = ['A', 'B'].map((name) => `${name}-${runs}`);
          const events = happenings.map(([who, it], at) =>
            it.what === 'nextDay' ? it.what : eventOf(`${who}-${runs}`, `R-${runs}-${at}`, it),
          );
          const runIds = happenings.map((_, at) => `R-${runs}-${at}`);
          await Promise.all([oneByOne, inChunks].map((lane) => prepare(lane, customers, runIds)));

          const told = await tellAll(oneByOne, chunksOf(events, 1));
          const toldInChunks = await tellAll(inChunks, chunksOf(events, size));
          const [stored, storedInChunks] = await Promise.all([oneByOne, inChunks].map((lane) => storedOf(lane, runs)));
          expect(storedInChunks).toEqual(stored);
          expect(heardBy(toldInChunks)).toEqual(heardBy(told));
        },
      ),
      { numRuns: 60, verbose: 1 },
    );
  });
});

/** The first day again, and dunning runs that may come to the customers. */
async function prepare({ database, startDay }: Lane, customers: string[], runIds: string[]): Promise<void> {
  await startDay(businessDay);
  await database.query(
    `insert into dunning_run_customer (customer_id, run_id) select customer_id, run_id from unnest($1::text[]) as c(customer_id) cross join unnest($2::text[]) as r(run_id)`,
    [customers, runIds],
  );
}

async function tellAll(lane: Lane, chunks: readonly (EventByHand[] | 'nextDay')[]): Promise<Told[]> {
  const told: Told[] = [];
  let day = businessDay;
  for (const chunk of chunks) {
    if (chunk === 'nextDay') await lane.startDay((day = addDays(day, 1)));
    else told.push(...(await lane.tell(...chunk)));
  }
  return told;
}

type Told = Awaited<ReturnType<Lane['tell']>>[number];

async function storedOf({ database }: Lane, run: number) {
  const rows = (table: string, ...leftOut: string[]) =>
    database.query(
      `select to_jsonb(t) - $2::text[] as row from ${table} t where customer_id like $1 order by to_jsonb(t)::text`,
      [`%-${run}`, leftOut],
    );
  return {
    commitments: await rows('commitment', 'made_at'),
    standings: await rows('customer_standing', 'business_day'),
    dunned: await rows('dunning_run_customer'),
  };
}

/**
 * What a reader knows who has heard all of it: each promise, plan and notice as it was told, what was refused and why, and
 * the last standing. How often a standing was told on the way differs.
 */
function heardBy(told: readonly Told[]) {
  const standings = new Map<string, unknown>();
  const rest: string[] = [];
  for (const { type, key, data, violations } of told) {
    if (violations !== undefined) {
      rest.push(`${key} ${type} ${violations}`);
      continue;
    }
    const { recordedAt: _recordedAt, agreedAt: _agreedAt, issuedAt: _issuedAt, ...lasting } = data;
    const { businessDay: _day, paid: _paid, ...standing } = lasting;
    if (type === 'CustomerStandingChanged.v1') standings.set(key, standing);
    else rest.push(`${key} ${type} ${JSON.stringify(lasting)}`);
  }
  return { standings: Object.fromEntries(standings), rest: rest.sort() };
}
