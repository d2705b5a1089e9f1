import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LaneByHand } from '@ordergate/messaging/testing';
import fc from 'fast-check';
import { shareOf } from '../domain/order/customer-order.ts';
import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { recompute } from '../domain/gate/explain-decision.ts';
import { readDecisions } from '../store/decision.store.ts';
import { loadAllOrders } from '../store/customer-order.store.ts';
import { anyMessage, type Make } from './any-messages.fixture.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';

type CreditLane = Awaited<ReturnType<typeof creditLane>>;
type KafkaRecord = ReturnType<LaneByHand['record']>;
interface Message {
  customerId: string;
  record: KafkaRecord;
}

const policy: Policy = {
  ...barePolicy,
  rules: {
    'overdue-items': { days: 30, amountMin: '50.00', percentMin: '20' },
    'oldest-open-item': { days: 40 },
    'order-value': { max: '900.00' },
    'demand-spike': { factor: '2', windowDays: 10, ordersMin: 2 },
    'order-splitting': { windowDays: 5, threshold: '300.00' },
    'payment-terms': { maxDays: 60 },
    'risk-class': { prepaidOnly: ['D'] },
    'custom:dear': { expression: 'order.total > amount("500.00")' },
  },
  approval: { onExpiry: 'decide-again', tolerancePercent: '10', validDays: 5 },
  holds: { order: 'oldest-first', expireAfterDays: 7 },
  shipments: { authorization: 'required', uninvoicedDays: 3 },
  release: {
    ...barePolicy.release,
    authority: [{ role: 'credit-analyst', amountMax: '100.00' }, { role: 'credit-manager' }],
    fourEyesAbove: '500.00',
  },
};
const days = ['2026-03-02', '2026-03-10'];
let inChunks: CreditLane;
let oneByOne: CreditLane;
beforeAll(async () => {
  [inChunks, oneByOne] = await Promise.all([creditLane(policy), creditLane(policy)]);
  for (const { setRate } of [inChunks, oneByOne]) {
    await setRate('2026-03-02', 'USD', 'EUR', '0.9217');
    await setRate('2026-03-02', 'EUR', 'USD', '1.085');
    await setRate('2026-03-10', 'USD', 'EUR', '0.95');
    await setRate('2026-03-10', 'EUR', 'USD', '1.05');
    await setRate('2026-03-10', 'JPY', 'EUR', '0.0061');
  }
}, 60_000);
afterAll(() => Promise.all([inChunks?.close(), oneByOne?.close()]));

const names = ['A', 'B', 'C'];
const aDay = fc.array(fc.array(fc.tuple(fc.constantFrom(...names), anyMessage), { minLength: 1, maxLength: 15 }), {
  maxLength: 5,
});
let runs = 0;

/** The drawn messages as records of customers that no other run has. */
function recordsOf(day: readonly (readonly (readonly [string, Make])[])[], run: number): Message[][] {
  return day.map((chunk) =>
    chunk.map(([name, make]) => {
      const customerId = `${name}-${run}`;
      return { customerId, record: inChunks.lane.record(make(customerId)) };
    }),
  );
}

/** Some come once more, in the same chunk or in a later one, as after a rebalance. */
function withRepeats(chunks: readonly Message[][], picks: readonly number[]): KafkaRecord[][] {
  const records = chunks.map((chunk) => chunk.map(({ record }) => record));
  const all = chunks.flatMap((chunk, at) => chunk.map(({ record }) => ({ record, at })));
  for (const pick of all.length > 0 ? picks : []) {
    const { record, at } = all[pick % all.length]!;
    records[at + (pick % (records.length - at))]!.push({ ...record });
  }
  return records;
}

/** Topics promise no order between them: a chunk takes them one after the other. */
function asTaken(chunk: readonly Message[]): Message[] {
  return [...Map.groupBy(chunk, ({ record }) => record.topic).values()].flat();
}

/** Another interleaving of the customers; each keeps its own order. */
function* shuffled(messages: readonly Message[], wishes: Iterator<string>): Generator<Message> {
  const waiting = Map.groupBy(messages, ({ customerId }) => customerId);
  while (waiting.size > 0) {
    const wish = wishes.next().value as string;
    const customerId = [...waiting.keys()].find((id) => id.startsWith(wish)) ?? [...waiting.keys()][0]!;
    const queue = waiting.get(customerId)!;
    yield queue.shift()!;
    if (queue.length === 0) waiting.delete(customerId);
  }
}

const clockReadings = ['decidedAt', 'changedAt', 'blockedAt', 'unblockedAt', 'openedAt', 'updatedAt', 'raisedAt'];

/** What readers of each topic see of a customer, in their order. */
function toldOf(told: readonly Told[], customerId: string) {
  const withoutClock = ({ data, ...rest }: Told) => ({
    ...rest,
    data: data && Object.fromEntries(Object.entries(data).filter(([name]) => !clockReadings.includes(name))),
  });
  const ofCustomer = told
    .filter(({ key, data }) => key === customerId || data?.customerId === customerId)
    .map(withoutClock);
  return Object.fromEntries(Map.groupBy(ofCustomer, ({ topic }) => topic));
}

const withoutClock = [
  "to_jsonb(t) - '{decided_at,stored_at,opened_at,updated_at,happened_at}'::text[]",
  ...[
    'release_request,requestedAt',
    'before,requestedAt',
    'after,requestedAt',
    'body,openedAt',
    'body,updatedAt',
    'body,releaseRequest,requestedAt',
  ].map((path) => `#- '{${path}}'`),
].join(' ');

/** Every row of a customer, without clock readings. */
async function rowsOf({ database }: CreditLane, customerId: string) {
  const tables = [
    ...['credit_account', 'customer_order', 'shipment', 'decision', 'exposure_movement', 'command_outcome'],
    ...['receivable_item', 'receivable_credit', 'receivable_allocation', 'receivable_dispute'],
    ...['credit_hold', 'hold_event', 'shipment_request'],
  ];
  return Promise.all(
    tables.map((table) =>
      database.query(`select ${withoutClock} as ${table} from ${table} t where customer_id = $1 order by 1`, [
        customerId,
      ]),
    ),
  );
}

/** Ledger, orders and open items each give the account's buckets again. */
async function expectConserved({ database }: CreditLane, customerId: string): Promise<void> {
  const [account] = await database.query<any>('select * from credit_account where customer_id = $1', [customerId]);
  if (!account) return;
  const buckets = ['open_orders', 'shipped_not_invoiced', 'receivables', 'instruments_in_hand', 'unallocated_credits'];
  const sums = buckets.map((name) => `coalesce(sum(${name}), 0)::int8 as ${name}`).join(', ');
  const [ledger] = await database.query<any>(`select ${sums} from ledger_entry where customer_id = $1`, [customerId]);
  expect(Object.fromEntries(buckets.map((name) => [name, account[name]]))).toEqual(ledger);

  const orders = await loadAllOrders(database, [customerId]);
  const shares = orders.map((order) => shareOf(order, account.currency));
  const [open] = await database.query<any>(
    'select coalesce(sum(booked_open), 0)::int8 as receivables from receivable_item where customer_id = $1',
    [customerId],
  );
  expect(account).toMatchObject({
    open_orders: shares.reduce((sum, share) => sum + share.openOrders, 0n),
    shipped_not_invoiced: shares.reduce((sum, share) => sum + share.shippedNotInvoiced, 0n),
    receivables: open.receivables,
    open_holds: orders.filter(({ status }) => status === 'held').length,
  });
}

/** Every held order has an open case that says the same, and no other order has. */
async function expectHoldsFollow({ database }: CreditLane, customerId: string): Promise<void> {
  const astray = await database.query(
    `select o.order_id, o.status, o.held_for, h.status as hold, h.reason_codes
     from customer_order o full join credit_hold h using (customer_id, order_id)
     where coalesce(o.customer_id, h.customer_id) = $1
       and coalesce(o.status = 'held', false)
         is distinct from coalesce(h.status in ('open', 'ready') and h.reason_codes = o.held_for, false)`,
    [customerId],
  );
  expect(astray).toEqual([]);
}

/** No approval by the gate leaves more than the limit, unless it adds nothing or keeps what was granted before; people may. */
async function expectWithinLimits({ database }: CreditLane, customerId: string): Promise<void> {
  const beyond = await database.query(
    `select * from decision where customer_id = $1 and outcome in ('approved', 'released') and adds > 0 and decided_by = 'policy'
       and limit_kind <> 'unlimited' and facts ->> 'keptApproval' is null
       and open_orders + shipped_not_invoiced + receivables + instruments_in_hand - unallocated_credits + adds
         > coalesce(limit_minor, 0)`,
    [customerId],
  );
  expect(beyond).toEqual([]);
}

/** Every decision gives the same answer again from the facts that are stored with it. */
async function expectRecomputed({ database, policies }: CreditLane, customerId: string): Promise<void> {
  for (const decision of await readDecisions(database, customerId, { limit: 1_000 })) {
    const again = recompute(decision, await policies.version(database, decision.policyVersion));
    expect([decision.orderId, again]).toEqual([decision.orderId, { ...again, isSame: true }]);
  }
}

describe('Chunks and one by one', () => {
  it('give the same decisions, rows and messages in any interleaving, with repeats, over days, rates and broken messages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(aDay, aDay),
        fc.array(fc.nat(), { maxLength: 10 }),
        fc.infiniteStream(fc.constantFrom(...names)),
        async (drawn, picks, wishes) => {
          const run = (runs += 1);
          const told: { inChunks: Told[]; oneByOne: Told[] } = { inChunks: [], oneByOne: [] };
          for (const [at, day] of drawn.entries()) {
            const chunks = recordsOf(day, run);
            for (const { startDay } of [inChunks, oneByOne]) await startDay(days[at]!);
            for (const records of withRepeats(chunks, picks))
              told.inChunks.push(...(await inChunks.tellAll(...records)));
            for (const { record } of shuffled(chunks.flatMap(asTaken), wishes))
              told.oneByOne.push(...(await oneByOne.tellAll(record)));
          }
          for (const customerId of names.map((name) => `${name}-${run}`)) {
            expect(toldOf(told.inChunks, customerId)).toEqual(toldOf(told.oneByOne, customerId));
            expect(await rowsOf(inChunks, customerId)).toEqual(await rowsOf(oneByOne, customerId));
            await expectConserved(inChunks, customerId);
            await expectHoldsFollow(inChunks, customerId);
            await expectWithinLimits(inChunks, customerId);
            await expectRecomputed(inChunks, customerId);
          }
        },
      ),
      { numRuns: 30, interruptAfterTimeLimit: 90_000 },
    );
  }, 120_000);
});
