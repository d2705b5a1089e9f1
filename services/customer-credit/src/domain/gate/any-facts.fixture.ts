import fc from 'fast-check';
import type { CreditLimit } from '../account/credit-account.ts';
import type { Parameters } from '../policy/parameters.ts';
import { bareParameters, gateFacts } from './gate-facts.fixture.ts';
import type { KnownAccountFacts, PoolFacts } from './rule.ts';

const minor = fc.bigInt({ min: 0n, max: 2_000_00n });
/** Mostly as usual, so that a good part of the orders is approved and the laws about approvals are not empty. */
const rarely = <T, Usual>(arbitrary: fc.Arbitrary<T>, usual: Usual): fc.Arbitrary<T | Usual> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, arbitrary);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
// Around the business day 2026-11-21.
const day = fc.constantFrom('2026-10-01', '2026-11-20', '2026-11-21', '2026-11-22', '2027-03-01');
const few = fc.integer({ min: 0, max: 100 });
const percent = fc.bigInt({ min: 0n, max: 150_00n });

export const anyLimit: fc.Arbitrary<CreditLimit> = fc.oneof(
  { weight: 8, arbitrary: minor.map((amount): CreditLimit => ({ kind: 'amount', minor: amount })) },
  fc.constantFrom<CreditLimit>({ kind: 'unlimited' }, { kind: 'none' }),
);
const exposure = fc.record({
  ...{ openOrders: minor, shippedNotInvoiced: minor, receivables: minor, instrumentsInHand: minor },
  unallocatedCredits: minor,
});
const pool = (id: string): fc.Arbitrary<PoolFacts> =>
  fc.record({
    id: fc.constant(id),
    currency: fc.constantFrom('EUR', 'JPY'),
    ...{ limit: anyLimit, validUntil: maybe(day), exposure: minor, adds: maybe(minor) },
  });

const blocks = [{ blockId: 'B-1', kind: 'stop' as const, reason: 'pays late', blockedBy: 'user:u-1' }];
const forcedHolds = [{ holdId: 'F-1', orderId: null, reason: 'look at it', placedBy: 'user:u-1' }];
const account = fc.record({
  limit: anyLimit,
  ...{ limitValidUntil: rarely(day, null), reviewOn: rarely(day, null), insuranceStopOn: rarely(day, null) },
  ...{ blocks: rarely(fc.constant(blocks), []), forcedHolds: rarely(fc.constant(forcedHolds), []) },
  screening: rarely(fc.constantFrom('pending', 'failed'), 'passed'),
  riskClass: maybe(fc.constantFrom('A', 'C', 'E')),
  segment: maybe(fc.constantFrom('food', 'wine')),
  paymentTermsDays: maybe(few),
  hasUnconverted: rarely(fc.constant(true), false),
  openItems: fc.record({ overdue: minor, open: minor, oldestOverdueDays: few }),
  secured: minor,
  standing: fc.record({ dunningLevel: fc.nat(5), daysLate: fc.bigInt({ min: 0n, max: 90_00n }), score: maybe(few) }),
  segmentLimit: maybe(pool('food')),
  groups: fc.constantFrom(0, 0, 1, 2).chain((count) => fc.tuple(...['G-1', 'G-top'].slice(0, count).map(pool))),
});
const order = fc
  .record({
    total: rarely(fc.constant(null), 1n).chain((known) => (known === null ? fc.constant(null) : minor)),
    shipped: fc.bigInt({ min: 0n, max: 500_00n }),
    prepaid: fc.boolean(),
    paymentTermsDays: rarely(few, null),
    ...{ instrumentDueOn: maybe(day), placedOn: day, discountPercent: percent },
    segment: maybe(fc.constantFrom('food', 'wine')),
    salesRepId: maybe(fc.constantFrom('R-1', 'R-2')),
    demand: maybe(fc.record({ orders: few, usualOrder: minor, inWindow: maybe(minor), usualInWindow: maybe(minor) })),
    split: maybe(fc.record({ salesRepId: fc.constant('R-1'), orders: fc.nat(9), total: minor })),
  })
  .map(({ shipped, ...drawn }) => {
    const left = (drawn.total ?? 0n) - shipped;
    const paymentMethod = drawn.prepaid ? ('prepaid' as const) : ('open-account' as const);
    return { ...drawn, paymentMethod, adds: drawn.prepaid || left < 0n ? 0n : left };
  });

const on = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, arbitrary);
/** Every rule on or off, with small thresholds, so that both sides come up. */
const parameters: fc.Arbitrary<Parameters> = fc
  .record({
    reviewOverdue: on(fc.record({ graceDays: few })),
    collateralShortfall: on(fc.record({ securedPercent: percent })),
    overdueItems: on(fc.record({ days: few, amountMin: minor, percentMin: percent })),
    oldestOpenItem: on(fc.record({ days: few })),
    dunningLevel: on(fc.record({ max: fc.nat(4) })),
    orderValue: on(fc.record({ max: minor })),
    paymentTerms: on(fc.record({ maxDays: few }, { requiredKeys: [] })),
    discountAuthority: on(fc.record({ maxPercent: percent })),
    paymentBehaviour: on(
      fc.record({ windowDays: few, daysLateMax: fc.bigInt({ min: 0n, max: 90_00n }), scoreMin: few }),
    ),
    riskClass: on(fc.constant({ prepaidOnly: ['D', 'E'] })),
    demandSpike: on(fc.record({ factor: fc.bigInt({ min: 1_00n, max: 5_00n }), windowDays: few, ordersMin: few })),
    orderSplitting: on(fc.record({ windowDays: few, threshold: minor })),
    instrumentTenor: on(fc.record({ maxDays: few })),
  })
  .map((rules) => {
    const named = Object.entries(rules).filter(([, rule]) => rule !== undefined);
    return { ...bareParameters, ...Object.fromEntries(named) };
  });

/** Anything that can be true of an order, its account and the policy. Small numbers, so that limits are met. */
export const anyFacts: fc.Arbitrary<KnownAccountFacts> = fc
  .record({ account, exposure, order, parameters })
  .map((drawn) => gateFacts(drawn));
