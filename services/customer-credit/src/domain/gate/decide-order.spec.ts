import { describe, expect, it } from '@jest/globals';
import { reasonCodes } from '@ordergate/contracts';
import type { Block } from '../account/credit-account.ts';
import { decideOrder, undecidedCodes } from './decide-order.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const blocks: Block[] = [{ blockId: 'B-1', kind: 'stop', reason: 'pays late', blockedBy: 'user:u-1' }];
const openItems = { overdue: 500_00n, open: 500_00n, oldestOverdueDays: 90 };
const parameters = {
  overdueItems: { days: 30, amountMin: 0n },
  oldestOpenItem: { days: 60 },
  orderValue: { max: 50_00n },
};
const codesOf = (facts: Parameters<typeof decideOrder>[0]) => decideOrder(facts).map(({ code }) => code);

describe('The gate', () => {
  it('approves an order that no rule holds', () => expect(decideOrder(gateFacts({ parameters: {} }))).toEqual([]));

  it('asks all rules, so that every reason is known at once, in the order of publication', () => {
    const exposure = { receivables: 1_000_00n };
    expect(codesOf(gateFacts({ account: { blocks, openItems }, exposure, parameters }))).toEqual([
      'account-blocked',
      'credit-limit-exceeded',
      'overdue-items',
      'oldest-open-item',
      'order-value',
    ]);
  });

  it('gives every reason that there is, each group by itself, in the order in which reasons are published', () => {
    const limit = { kind: 'amount', minor: 1n } as const;
    const pool = { currency: 'EUR', limit, validUntil: '2026-11-20', exposure: 0n, adds: 100_00n };
    const facts = gateFacts({
      account: {
        ...{ blocks, openItems, screening: 'pending', limit, limitValidUntil: '2026-11-20', reviewOn: '2026-11-20' },
        ...{ riskClass: 'E', paymentTermsDays: 30, insuranceStopOn: '2026-11-20' },
        segmentLimit: { ...pool, id: 'food' },
        groups: [
          { ...pool, id: 'G-1' },
          { ...pool, id: 'G-2' },
          { ...pool, id: 'G-3', adds: null },
        ],
        standing: { dunningLevel: 1, daysLate: 1n, score: 0 },
        forcedHolds: [{ holdId: 'F-1', orderId: null, reason: 'look at it', placedBy: 'user:u-1' }],
      },
      order: {
        ...{ paymentTermsDays: 31, discountPercent: 1n, instrumentDueOn: '2026-11-22' },
        demand: { orders: 9, usualOrder: 1n, inWindow: null, usualInWindow: null },
        split: { salesRepId: 'R-1', orders: 2, total: 999_00n },
      },
      parameters: {
        ...parameters,
        ...{ reviewOverdue: { graceDays: 0 }, collateralShortfall: { securedPercent: 1n }, dunningLevel: { max: 0 } },
        ...{ discountAuthority: { maxPercent: 0n }, paymentBehaviour: { windowDays: 1, daysLateMax: 0n } },
        ...{ riskClass: { prepaidOnly: ['E'] }, demandSpike: { factor: 1_00n, ordersMin: 1 } },
        ...{ orderSplitting: { windowDays: 1, threshold: 100_00n }, instrumentTenor: { maxDays: 0 } },
      },
    });
    const alone = ['unknown-customer', 'technical-error'];
    const codes = codesOf(facts);
    expect([...new Set(codes)]).toEqual(reasonCodes.filter((code) => !alone.includes(code)));
    expect(codes.filter((code) => code === 'group-limit-exceeded')).toHaveLength(2);
  });

  it('without a rate asks what needs no conversion, and says that the rest is unknown', () => {
    const order = { total: null, adds: 0n, currency: 'USD' };
    expect(codesOf(gateFacts({ account: { blocks, openItems }, order, parameters }))).toEqual([
      'account-blocked',
      'overdue-items',
      'oldest-open-item',
      'currency-rate-missing',
    ]);
  });

  it('with receivables that have no rate asks nothing that rests on their sum', () => {
    const account = { openItems, hasUnconverted: true };
    expect(codesOf(gateFacts({ account, exposure: { receivables: 9_999_00n }, parameters }))).toEqual([
      'oldest-open-item',
      'order-value',
      'currency-rate-missing',
    ]);
  });

  it('of an unknown customer says that alone', () => {
    const known = gateFacts({ account: { blocks, openItems }, parameters });
    expect(codesOf({ ...known, account: { ...known.account, currency: null } })).toEqual(['unknown-customer']);
  });

  it('asks a prepaid order neither for credit nor for old debts', () => {
    const order = { prepaid: true, adds: 0n, total: 10_00n };
    const account = { limit: { kind: 'none' } as const, openItems };
    expect(codesOf(gateFacts({ account, exposure: { receivables: 9_999_00n }, order, parameters }))).toEqual([]);
  });

  it('calls undecided what is decided again when the cause goes', () =>
    expect(undecidedCodes).toEqual(['unknown-customer', 'currency-rate-missing', 'technical-error']));
});
