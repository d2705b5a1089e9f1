import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EventByHand } from '@ordergate/messaging/testing';
import fc from 'fast-check';
import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { businessDay, creditLane } from './credit-lane.fixture.ts';

jest.setTimeout(120_000);

const policy: Policy = {
  ...barePolicy,
  version: 'spec.1',
  rules: {
    ...{ 'overdue-items': { days: 0, amountMin: '50' }, 'order-value': { max: '900' } },
    'demand-spike': { factor: '2', windowDays: 1, ordersMin: 2 },
    'order-splitting': { windowDays: 1, threshold: '800' },
    'custom:many-open-orders': { expression: 'account.openOrders > amount("700")' },
  },
  approval: { onExpiry: 'decide-again', tolerancePercent: '10', validDays: 5 },
};
let oneByOne: Awaited<ReturnType<typeof creditLane>>;
let inChunks: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  [oneByOne, inChunks] = await Promise.all([creditLane(policy), creditLane(policy)]);
  for (const { database } of [oneByOne, inChunks]) {
    await database.query("insert into exchange_rate values ('USD', 'EUR', $1, '0.92')", [businessDay]);
  }
});
afterAll(() => Promise.all([oneByOne?.close(), inChunks?.close()]));

/** What may happen to one customer; `n` makes ids that come again, so that versions, invoices and payments meet. */
const happening = fc.record({
  what: fc.constantFrom(
    'place',
    'place',
    'amend',
    'cancel',
    'ship',
    'request',
    'request',
    'invoice',
    'pay',
    'creditNote',
    'dispute',
    'register',
    'limit',
    'block',
    'ask',
  ),
  n: fc.integer({ min: 1, max: 4 }),
  version: fc.integer({ min: 1, max: 4 }),
  amount: fc.integer({ min: 1, max: 1200 }),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'CHF'),
  /** Delivered twice, the second time later. */
  twice: fc.boolean(),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

let runs = 0;

function eventOf(customerId: string, at: number, { what, n, version, amount, currency }: Happening): EventByHand {
  const total = { amount: `${amount}.00`, currency };
  const eur = { amount: `${amount}.00`, currency: 'EUR' };
  const [orderId, invoiceId] = [`${customerId}-O${n}`, `${customerId}-I${n}`];
  const event = (topic: EventByHand['topic'], type: string, data: object): EventByHand => ({
    topic,
    type,
    id: `${customerId}-${at}`,
    data: { customerId, ...data },
  });
  const time = '2026-03-02T10:00:00Z';
  switch (what) {
    case 'place':
      return event('orders', 'OrderPlaced.v1', { orderId, orderVersion: version, total, placedAt: time });
    case 'amend':
      return event('orders', 'OrderAmended.v1', { orderId, orderVersion: version + 1, total, placedAt: time });
    case 'cancel':
      return event('orders', 'OrderCancelled.v1', { orderId, cancelledAt: time });
    case 'ship':
      return event('orders', 'OrderShipped.v1', { shipmentId: `S${version}`, orderId, value: total, shippedAt: time });
    case 'request':
      return event('orders', 'ShipmentRequested.v1', {
        shipmentId: `S${version}`,
        orderId,
        value: total,
        requestedAt: time,
      });
    case 'invoice':
      return event('receivables', 'InvoicePosted.v1', {
        invoiceId,
        orderId,
        total,
        issuedOn: '2026-02-01',
        dueOn: n % 2 ? '2026-02-20' : '2026-04-01',
      });
    case 'pay':
      return event('receivables', 'PaymentReceived.v1', {
        paymentId: `${customerId}-P${at}`,
        total,
        receivedOn: businessDay,
      });
    case 'creditNote':
      return event('receivables', 'CreditNotePosted.v1', {
        creditNoteId: `${customerId}-N${at}`,
        invoiceId,
        total,
        issuedOn: businessDay,
      });
    case 'dispute':
      return event('receivables', 'DisputeOpened.v1', { disputeId: `${customerId}-D${n}`, invoiceId, on: businessDay });
    case 'register':
      return event('customers', 'CustomerRegistered.v1', {
        name: 'N',
        currency: 'EUR',
        language: 'en',
        country: 'DE',
        // All customers of a run are one buyer.
        ...{ taxId: `tax of ${customerId.split('-')[0]}`, salesRepId: 'R-1' },
        limit: { kind: 'amount', amount: eur },
      });
    case 'limit':
      return event('credit-commands', 'SetCreditLimit.v1', {
        limit: { kind: 'amount', amount: eur },
        reason: 'r',
        requestedBy: 'u',
      });
    case 'block':
      return event('credit-commands', 'BlockAccount.v1', {
        blockId: `B${n}`,
        kind: 'manual',
        reason: 'r',
        requestedBy: 'u',
      });
    default:
      return event('credit-commands', 'ReevaluationRequested.v1', { because: 'spec' });
  }
}

/** Topic by topic, as Kafka keeps it, each customer's events stay in order; customers are mixed by `weave`. */
function woven(stories: EventByHand[][], weave: number[]): EventByHand[] {
  const left = stories.map((story) => [...story]);
  const all: EventByHand[] = [];
  for (let at = 0; left.some((story) => story.length > 0); at += 1) {
    const open = left.filter((story) => story.length > 0);
    all.push(open[weave[at % weave.length]! % open.length]!.shift()!);
  }
  return all;
}

/** A chunk handles one topic after the other, so a chunk ends where a customer's events change their topic. */
function chunksOf(events: readonly EventByHand[], sizes: readonly number[]): EventByHand[][] {
  const chunks: EventByHand[][] = [];
  let chunk: EventByHand[] = [];
  for (const event of events) {
    const isFull = chunk.length >= sizes[chunks.length % sizes.length]!;
    if (isFull || (chunk[0] && chunk[0].topic !== event.topic)) {
      chunks.push(chunk);
      chunk = [];
    }
    chunk.push(event);
  }
  return [...chunks, chunk].filter(({ length }) => length > 0);
}

async function stateOf({ database }: typeof oneByOne, prefix: string) {
  const rows = (table: string, leaveOut: string) =>
    database.query(
      `select to_jsonb(t) - $2::text[] as row from ${table} t where customer_id like $1 || '%' order by 1`,
      [prefix, leaveOut.split(' ')],
    );
  return {
    accounts: await rows('credit_account', 'master_updated_at'),
    orders: await rows('customer_order', ''),
    decisions: await rows('decision', 'decided_at'),
    ledger: await rows('ledger_entry', ''),
    requests: await rows('shipment_request', 'decided_at'),
    holds: await rows('credit_hold', 'opened_at updated_at'),
    holdEvents: await rows('hold_event', 'happened_at'),
    items: await rows('receivable_item', ''),
    outcomes: await rows('command_outcome', 'stored_at'),
  };
}

/** What leaves, without what is new at every run: ids, times, positions. */
const told = (
  rows: { aggregatetype: string; aggregateid: string; type: string; payload: string | null; headers: unknown }[],
) =>
  rows.map(({ aggregatetype, aggregateid, type, payload }) => ({
    aggregatetype,
    aggregateid,
    type,
    payload: payload && payload.replace(/"(decidedAt|changedAt|blockedAt|raisedAt|openedAt|updatedAt)":"[^"]*"/g, ''),
  }));

describe('A chunk of any size', () => {
  it('gives the decisions, ledger and events that its messages give one by one, duplicates and all', async () => {
    const stories = fc.array(fc.array(happening, { minLength: 4, maxLength: 22 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        stories,
        fc.array(fc.nat(9), { minLength: 5, maxLength: 9 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        async (all, weave, sizes) => {
          const prefix = `R${(runs += 1)}-`;
          const events = woven(
            all.map((story, customer) => {
              const once = story.map((one, at) => ({ one, event: eventOf(`${prefix}C${customer}`, at, one) }));
              return [
                ...once.map(({ event }) => event),
                ...once.filter(({ one }) => one.twice).map(({ event }) => event),
              ];
            }),
            weave,
          );
          const singly = [];
          for (const event of events) singly.push(...(await oneByOne.lane.chunk([event])));
          const together = [];
          for (const chunk of chunksOf(events, sizes)) together.push(...(await inChunks.lane.chunk(chunk)));

          const state = await stateOf(oneByOne, prefix);
          expect(await stateOf(inChunks, prefix)).toEqual(state);
          for (const customer of all.keys()) {
            const ofCustomer = ({ aggregateid }: { aggregateid: string }): boolean =>
              aggregateid === `${prefix}C${customer}`;
            expect(sorted(told(together.filter(ofCustomer)))).toEqual(sorted(told(singly.filter(ofCustomer))));
          }
          await expectLedgerToRebuildAccounts(prefix);
        },
      ),
      { numRuns: 40, verbose: 1 },
    );
  });
});

/** Dead letters of a chunk leave together, so only the order of an account's own messages is kept: they carry `seq`. */
const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();

async function expectLedgerToRebuildAccounts(prefix: string): Promise<void> {
  const differences = await inChunks.database.query(
    `select a.customer_id from credit_account a left join ledger_entry e using (customer_id) where a.customer_id like $1 || '%'
     group by a.customer_id having (a.open_orders, a.shipped_not_invoiced, a.receivables, a.instruments_in_hand, a.unallocated_credits)
       is distinct from (coalesce(sum(e.open_orders), 0), coalesce(sum(e.shipped_not_invoiced), 0), coalesce(sum(e.receivables), 0), coalesce(sum(e.instruments_in_hand), 0), coalesce(sum(e.unallocated_credits), 0))`,
    [prefix],
  );
  expect(differences).toEqual([]);
}
