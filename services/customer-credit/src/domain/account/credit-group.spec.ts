import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainOf, moveShare, poolFacts, rebuildPools, type CreditGroup, type ShareOf } from './credit-group.ts';

const group = (groupId: string, parentId: string | null, differs: Partial<CreditGroup> = {}): CreditGroup => ({
  ...{ groupId, parentId, depth: 0, currency: 'EUR', exposure: 0n, shareInParent: 0n },
  limit: { kind: 'amount', minor: 1_000_00n },
  ...differs,
});
const byId = (...groups: CreditGroup[]) => new Map(groups.map((one) => [one.groupId, one]));
/** Two dollars are worth one euro; nobody knows what a yen is worth. */
const rates: ShareOf = (minor, from, to) => {
  if (from === to) return minor;
  if (from === 'JPY' || to === 'JPY') return null;
  return from === 'USD' ? minor / 2n : minor * 2n;
};

describe('A customer is checked in its credit group', () => {
  it('and in every group above it, from the nearest up', () => {
    const groups = byId(group('top', null), group('middle', 'top'), group('own', 'middle'), group('other', 'top'));
    expect(chainOf(groups, 'own').map(({ groupId }) => groupId)).toEqual(['own', 'middle', 'top']);
    expect(chainOf(groups, null)).toEqual([]);
    expect(chainOf(groups, 'nobody')).toEqual([]);
  });

  it('with what the pool owes beside it, what it owes itself, and what the order would add, in the pool’s currency', () => {
    const chain = [
      group('own', 'top', { currency: 'USD', exposure: 500n, shareInParent: 250n }),
      group('top', null, { exposure: 900n }),
    ];
    const member = { currency: 'EUR', share: 200n, before: 60n, after: 100n };
    expect(poolFacts(chain, member, rates)).toMatchObject([
      { id: 'own', currency: 'USD', exposure: 420n, adds: 80n },
      { id: 'top', currency: 'EUR', exposure: 860n, adds: 40n },
    ]);
  });

  it('as far as there are rates: from where there is none upwards it is not known what the order adds', () => {
    const chain = [
      group('own', 'middle', { exposure: 300n, shareInParent: 300n }),
      group('middle', 'top', { currency: 'JPY', exposure: 9n, shareInParent: 7n }),
      group('top', null, { exposure: 900n }),
    ];
    const member = { currency: 'EUR', share: 200n, before: 200n, after: 250n };
    expect(poolFacts(chain, member, rates)).toMatchObject([
      { id: 'own', exposure: 300n, adds: 50n },
      { id: 'middle', exposure: 9n, adds: null },
      { id: 'top', exposure: 900n, adds: null },
    ]);
  });
});

describe('A pool', () => {
  it('moves with its members, and so does every pool above it', () => {
    const own = group('own', 'top', { currency: 'USD', exposure: 500n, shareInParent: 250n });
    const top = group('top', null, { exposure: 900n });
    moveShare([own, top], 200n, 320n, rates);
    expect(own).toMatchObject({ exposure: 620n, shareInParent: 310n });
    expect(top).toMatchObject({ exposure: 960n });
  });

  it('keeps in the one above what it had there, while there is no rate', () => {
    const own = group('own', 'top', { currency: 'JPY', exposure: 500n, shareInParent: 5n });
    const top = group('top', null, { exposure: 900n });
    moveShare([own, top], 0n, 100n, rates);
    expect([own.exposure, own.shareInParent, top.exposure]).toEqual([600n, 5n, 900n]);
  });

  it('is what its members count for, whatever moves in whatever order', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.bigInt({ min: -500n, max: 9_000n })));
    fc.assert(
      fc.property(moves, (drawn) => {
        const groupOf = { a: 'left', b: 'right', c: 'top' } as const;
        const fresh = () =>
          byId(
            group('top', null),
            group('left', 'top', { currency: 'USD' }),
            group('right', 'top', { currency: 'EUR' }),
          );
        const groups = fresh();
        const shares = { a: 0n, b: 0n, c: 0n };
        for (const [who, share] of drawn as ['a' | 'b' | 'c', bigint][]) {
          moveShare(chainOf(groups, groupOf[who]), shares[who], share, rates);
          shares[who] = share;
        }
        const rebuilt = fresh();
        rebuildPools(
          rebuilt,
          new Map([
            ['left', shares.a],
            ['right', shares.b],
            ['top', shares.c],
          ]),
          rates,
        );
        const exposures = (of: Map<string, CreditGroup>) => [...of.values()].map(({ exposure }) => exposure);
        expect(exposures(groups)).toEqual(exposures(rebuilt));
      }),
    );
  });
});
