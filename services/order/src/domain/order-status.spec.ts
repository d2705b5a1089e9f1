import { describe, expect, it } from '@jest/globals';
import { effectiveDecision, expire, type Decision, type DecisionOutcome } from './decision.ts';
import { unknownOrder, type Order } from './order.ts';
import { isDecided, orderStatuses, statusOf } from './order-status.ts';
import { shipGoods, unknownShipment } from './shipment.ts';
import { takeVersion } from './take-version.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

const version =
  (number: number, minor = 1000n) =>
  (order: Order) => {
    const incoming = {
      version: number,
      contentHash: `v${number} ${minor}`,
      total: eur(minor),
      placedAt: new Date('2026-11-21T10:00:00Z'),
      salesRepId: null,
      document: '{}',
    };
    const taken = takeVersion(order, incoming);
    return taken.outcome === 'taken' ? taken.order : order;
  };
const decided =
  (outcome: DecisionOutcome, seq: number, ofVersion = 1) =>
  (order: Order) => {
    const next: Decision = { outcome, version: ofVersion, seq, document: '{}', expiredOn: null };
    return { ...order, decision: effectiveDecision(order.decision, next) };
  };
const expired = (seq: number) => (order: Order) => ({
  ...order,
  decision: expire(order.decision, { seq, expiredOn: '2026-12-22' }),
});
const cancelled = (order: Order) => ({ ...order, cancelledAt: new Date('2026-11-22T10:00:00Z') });
const shipped =
  (shipmentId: string, minor: bigint, isFinal = false) =>
  (order: Order) => {
    const goods = { value: eur(minor), isFinal, shippedAt: new Date('2026-11-23T10:00:00Z') };
    const result = shipGoods(order, unknownShipment(shipmentId, order), goods);
    return result.outcome === 'taken' ? result.order : order;
  };

const after = (...steps: ((order: Order) => Order)[]) =>
  steps.reduce((order, step) => step(order), unknownOrder('SO-1', 'C-1'));

const placed = version(1);
const at: Record<string, ((order: Order) => Order)[]> = {
  received: [placed],
  approved: [placed, decided('approved', 5)],
  held: [placed, decided('held', 5)],
  released: [placed, decided('held', 4), decided('released', 5)],
  declined: [placed, decided('held', 4), decided('declined', 5)],
  expired: [placed, decided('approved', 4), expired(5)],
  shipped: [placed, decided('approved', 5), shipped('SHP-1', 1000n)],
  cancelled: [placed, decided('approved', 5), cancelled],
};

describe('The path to each status', () => {
  it.each(orderStatuses)('leads to %s', (status) => expect(statusOf(after(...at[status]!))).toBe(status));

  it.each(orderStatuses)('%s is decided unless it is received', (status) =>
    expect(isDecided(status)).toBe(status !== 'received'),
  );
});

// What happens, by column; seq 6 is newer than all that was decided on the way.
const happenings: Record<string, (order: Order) => Order> = {
  approved: decided('approved', 6),
  held: decided('held', 6),
  released: decided('released', 6),
  declined: decided('declined', 6),
  expiry: expired(6),
  'newer version': version(2, 5000n),
  'part shipped': shipped('SHP-9', 400n),
  'all shipped': shipped('SHP-9', 1000n),
  'final shipment': shipped('SHP-9', 1n, true),
  cancelled,
};

describe('Every transition', () => {
  // prettier-ignore
  const table: Record<string, string[]> = {
    //          approved    held        released    declined    expiry      newer       part        all        final      cancelled
    received:  ['approved', 'held',     'released', 'declined', 'received', 'received', 'received', 'shipped', 'shipped', 'cancelled'],
    approved:  ['approved', 'held',     'released', 'declined', 'expired',  'received', 'approved', 'shipped', 'shipped', 'cancelled'],
    held:      ['approved', 'held',     'released', 'declined', 'held',     'received', 'held',     'shipped', 'shipped', 'cancelled'],
    released:  ['approved', 'held',     'released', 'declined', 'expired',  'received', 'released', 'shipped', 'shipped', 'cancelled'],
    declined:  ['approved', 'held',     'released', 'declined', 'declined', 'received', 'declined', 'shipped', 'shipped', 'cancelled'],
    expired:   ['approved', 'held',     'released', 'declined', 'expired',  'received', 'expired',  'shipped', 'shipped', 'cancelled'],
    shipped:   ['shipped',  'shipped',  'shipped',  'shipped',  'shipped',  'received', 'shipped',  'shipped', 'shipped', 'cancelled'],
    cancelled: ['cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled'],
  };
  const rows = Object.entries(table).flatMap(([from, row]) =>
    Object.keys(happenings).map((happening, column) => ({ from, happening, to: row[column]! })),
  );
  it('is in the table', () => expect(Object.keys(table).sort()).toEqual([...orderStatuses].sort()));

  it.each(rows)('$from, then $happening: $to', ({ from, happening, to }) =>
    expect(statusOf(after(...at[from]!, happenings[happening]!))).toBe(to),
  );
});

describe('An order', () => {
  it.each([
    { steps: [decided('held', 5), placed], status: 'held', because: 'its decision came before it' },
    { steps: [cancelled, placed], status: 'cancelled', because: 'cancelled is final, also before the place' },
    { steps: [placed, decided('approved', 5), version(2)], status: 'received', because: 'version 2 is undecided' },
    {
      steps: [placed, version(2), decided('approved', 5)],
      status: 'received',
      because: 'the decision is about version 1',
    },
    {
      steps: [placed, decided('held', 6, 2), decided('approved', 7)],
      status: 'held',
      because: 'the highest version counts before the highest seq',
    },
    {
      steps: [placed, decided('approved', 6), decided('held', 5)],
      status: 'approved',
      because: 'seq 5 is older than seq 6',
    },
    {
      steps: [placed, decided('approved', 6), expired(5)],
      status: 'approved',
      because: 'what has expired is an earlier approval',
    },
    {
      steps: [placed, decided('held', 5, 0)],
      status: 'received',
      because: 'an unreadable version says nothing about version 1',
    },
    {
      steps: [decided('held', 5, 0)],
      status: 'held',
      because: 'the only version that came was unreadable, and its sender gets an answer',
    },
    {
      steps: [placed, shipped('SHP-1', 600n), shipped('SHP-2', 400n)],
      status: 'shipped',
      because: 'both parts make the whole',
    },
    {
      steps: [placed, shipped('SHP-1', 600n), shipped('SHP-2', 399n)],
      status: 'received',
      because: 'a cent is missing',
    },
    {
      steps: [placed, decided('held', 5), version(2, 2000n), shipped('SHP-1', 1000n)],
      status: 'received',
      because: 'version 2 asks for more than has left',
    },
    {
      steps: [placed, shipped('SHP-1', 1n, true), version(2, 2000n)],
      status: 'shipped',
      because: 'a final shipment is the last',
    },
  ])('is $status, since $because', ({ steps, status }) => expect(statusOf(after(...steps))).toBe(status));
});
