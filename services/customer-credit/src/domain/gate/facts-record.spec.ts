import { describe, expect, it } from '@jest/globals';
import type { Decision } from './decision.ts';
import { factsAgain, recordOf } from './facts-record.ts';
import { bareParameters, gateFacts } from './gate-facts.fixture.ts';
import type { KnownAccountFacts } from './rule.ts';

/** The decision's columns as they are stored, with the record as it comes back from JSON. */
function stored(facts: KnownAccountFacts): Decision {
  const { account, order, businessDay } = facts;
  const record = JSON.parse(JSON.stringify(recordOf(facts))) as Decision['facts'];
  return {
    ...{ customerId: account.customerId, accountCurrency: account.currency, businessDay },
    ...{ exposure: account.exposure, limit: account.limit, adds: order.adds, facts: record },
    ...{ total: { minor: 0n, currency: order.currency }, totalInAccountCurrency: order.total },
  } as unknown as Decision;
}

const unusual = gateFacts({
  account: {
    limitValidUntil: '2026-12-31',
    reviewOn: '2026-10-01',
    blocks: [{ blockId: 'B-1', kind: 'legal', reason: '12', blockedBy: 'user:u-1' }],
    forcedHolds: [{ holdId: 'F-1', orderId: null, reason: 'look at it', placedBy: 'user:u-1' }],
    screening: 'pending',
    riskClass: 'D',
    segment: '1',
    paymentTermsDays: 0,
    hasUnconverted: true,
    openItems: { overdue: 5_00n, open: 9_00n, oldestOverdueDays: 12 },
    secured: 100_00n,
    insuranceStopOn: '2026-11-21',
    standing: { dunningLevel: 2, daysLate: 4_33n, score: 0 },
    segmentLimit: {
      id: '1',
      currency: 'EUR',
      limit: { kind: 'amount', minor: 1n },
      validUntil: '2027-01-01',
      exposure: -1n,
      adds: null,
    },
    groups: [{ id: 'G-1', currency: 'USD', limit: { kind: 'none' }, validUntil: null, exposure: 7n, adds: 8n }],
  },
  order: {
    prepaid: true,
    paymentMethod: 'prepaid',
    paymentTermsDays: 0,
    instrumentDueOn: '2027-01-01',
    placedOn: '2026-11-20',
    segment: '2',
    salesRepId: '3',
    discountPercent: 12_50n,
    demand: { orders: 6, usualOrder: 10n, inWindow: null, usualInWindow: null },
    split: { salesRepId: '4', orders: 3, total: 99n },
  },
});

describe('The facts of a decision', () => {
  it('need no record when all is as usual', () => expect(recordOf(gateFacts())).toBeNull());

  it.each([
    { facts: gateFacts(), because: 'nothing is unusual' },
    { facts: unusual, because: 'everything is' },
  ])('come back from what is stored as they were: $because', ({ facts }) =>
    expect(factsAgain(stored(facts), () => bareParameters)).toEqual(facts),
  );

  it('hold only what differs', () =>
    expect(recordOf(gateFacts({ account: { riskClass: 'E' } }))).toEqual({ account: { riskClass: 'E' } }));
});
