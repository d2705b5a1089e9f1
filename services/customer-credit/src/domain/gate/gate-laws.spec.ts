import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CreditLimit } from '../account/credit-account.ts';
import { totalOf } from '../account/exposure.ts';
import { anyFacts } from './any-facts.fixture.ts';
import { decideOrder, gateRules } from './decide-order.ts';
import type { Decision } from './decision.ts';
import { factsAgain, recordOf } from './facts-record.ts';
import type { KnownAccountFacts, PoolFacts } from './rule.ts';

const minor = fc.bigInt({ min: 0n, max: 2_000_00n });
// fast-check prints the seed of a failing run; the same seed gives the same run.
const runs = { numRuns: 300 };

/** A reason by its code and whom it is about. */
const reasonsOf = (facts: KnownAccountFacts): string[] =>
  decideOrder(facts).map(({ code, subject }) => `${code} ${subject ?? ''}`);
const expectNoMore = (facts: KnownAccountFacts, than: KnownAccountFacts): void => {
  const known = reasonsOf(than);
  for (const reason of reasonsOf(facts)) expect(known).toContain(reason);
};
const raised = (limit: CreditLimit, by: bigint): CreditLimit =>
  limit.kind === 'amount' ? { kind: 'amount', minor: limit.minor + by } : { kind: 'unlimited' };

/** The decision's columns as they are stored, with the record as it comes back from JSON. */
function stored(facts: KnownAccountFacts): Decision {
  const { account, order, businessDay } = facts;
  return {
    ...{ customerId: account.customerId, accountCurrency: account.currency, businessDay },
    ...{ exposure: account.exposure, limit: account.limit, adds: order.adds },
    ...{ total: { minor: 0n, currency: order.currency }, totalInAccountCurrency: order.total },
    facts: JSON.parse(JSON.stringify(recordOf(facts))),
  } as unknown as Decision;
}

/** Every limit that the order must stay within: the account's, its segment's, each group's. */
function limitsAsked({ account, order }: KnownAccountFacts): Pick<PoolFacts, 'limit' | 'exposure' | 'adds'>[] {
  const own = { limit: account.limit, exposure: totalOf(account.exposure), adds: order.adds };
  return [own, ...(account.segmentLimit ? [account.segmentLimit] : []), ...account.groups];
}

describe('Whatever the facts are', () => {
  it('an order that adds exposure beyond a limit, or beyond what can be compared, never passes', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const isBeyond = limitsAsked(facts).some(({ limit, exposure, adds }) => {
          if (facts.order.adds === 0n || adds === 0n || limit.kind === 'unlimited') return false;
          return limit.kind === 'none' || adds === null || exposure + adds > limit.minor;
        });
        const about = /^(credit|segment|group)-limit-exceeded |^currency-rate-missing /;
        if (isBeyond) expect(reasonsOf(facts).join('\n')).toMatch(new RegExp(about, 'm'));
      }),
      runs,
    );
  });

  it('more limit, of the account, its segment or a group, never holds more', () => {
    fc.assert(
      fc.property(anyFacts, minor, (facts, more) => {
        const { account } = facts;
        const pool = (one: PoolFacts): PoolFacts => ({ ...one, limit: raised(one.limit, more) });
        const segmentLimit = account.segmentLimit && pool(account.segmentLimit);
        const richer = { limit: raised(account.limit, more), segmentLimit, groups: account.groups.map(pool) };
        expectNoMore({ ...facts, account: { ...account, ...richer } }, facts);
      }),
      runs,
    );
  });

  it('fewer overdue days, and less that is overdue, never hold more', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(100), minor, (facts, days, less) => {
        const { openItems, ...account } = facts.account;
        const oldestOverdueDays = Math.max(0, openItems.oldestOverdueDays - days);
        const overdue = openItems.overdue > less ? openItems.overdue - less : 0n;
        const better = { ...openItems, oldestOverdueDays, overdue };
        expectNoMore({ ...facts, account: { ...account, openItems: better } }, facts);
      }),
      runs,
    );
  });

  it('more collateral never holds more', () => {
    fc.assert(
      fc.property(anyFacts, minor, (facts, more) =>
        expectNoMore({ ...facts, account: { ...facts.account, secured: facts.account.secured + more } }, facts),
      ),
      runs,
    );
  });

  it('a smaller order is never held for more than a larger one', () => {
    fc.assert(
      fc.property(anyFacts, minor, (facts, less) => {
        const { order } = facts;
        // Above the threshold an order is not split; that a smaller one may be is what the rule is for.
        const { orderSplitting: _, ...parameters } = facts.parameters;
        const smaller = (amount: bigint): bigint => (amount > less ? amount - less : 0n);
        const total = order.total === null ? null : smaller(order.total);
        const larger = { ...facts, parameters, account: { ...facts.account, segmentLimit: null, groups: [] } };
        expectNoMore({ ...larger, order: { ...order, total, adds: smaller(order.adds) } }, larger);
      }),
      runs,
    );
  });

  it('rules asked in any order give the same reasons', () => {
    fc.assert(
      fc.property(anyFacts, fc.shuffledSubarray([...gateRules], { minLength: gateRules.length }), (facts, rules) => {
        const sorted = (reasons: object[]) => reasons.map((reason) => JSON.stringify(reason)).sort();
        expect(sorted(decideOrder(facts, rules))).toEqual(sorted(decideOrder(facts)));
      }),
      runs,
    );
  });

  it('the facts as they were recorded give the same reasons again', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const again = factsAgain(stored(facts), () => facts.parameters);
        expect(again).toEqual(facts);
        expect(decideOrder(again)).toEqual(decideOrder(facts));
      }),
      runs,
    );
  });
});
