import { describe, expect, it } from '@jest/globals';
import { stubAccount, type CreditLimit } from './credit-account.ts';
import type { CreditGroup } from './credit-group.ts';
import { allowedOn, isGroupRaised, isRaised, raisedBy } from './limit-raised.ts';

const day = '2026-03-02';
const amount = (minor: bigint): CreditLimit => ({ kind: 'amount', minor });
const unlimited: CreditLimit = { kind: 'unlimited' };
const none: CreditLimit = { kind: 'none' };

describe('A limit is raised', () => {
  it.each([
    { before: amount(100n), after: amount(101n), raised: true, because: 'more may be owed' },
    { before: amount(100n), after: amount(100n), raised: false, because: 'it is the same' },
    { before: amount(100n), after: amount(99n), raised: false, because: 'it is lowered' },
    { before: none, after: amount(0n), raised: true, because: 'even nothing is more than no credit at all' },
    { before: amount(100n), after: none, raised: false, because: 'credit is taken away' },
    { before: amount(100n), after: unlimited, raised: true, because: 'nothing binds any more' },
    { before: unlimited, after: unlimited, raised: false, because: 'nothing bound before' },
    { before: unlimited, after: amount(10n ** 15n), raised: false, because: 'something binds now' },
  ])('from $before.kind to $after.kind: $raised, since $because', ({ before, after, raised }) =>
    expect(isRaised({ own: before, segments: undefined }, { own: after, segments: undefined })).toBe(raised),
  );

  it.each([
    { before: 100n, after: 101n, raised: true, because: 'more may be owed there' },
    { before: 100n, after: 99n, raised: false, because: 'less may be owed there' },
    { before: 100n, after: null, raised: true, because: 'nothing binds there any more' },
    { before: null, after: 100n, raised: false, because: 'something binds there now' },
  ])('of a segment: $raised, since $because', ({ before, after, raised }) => {
    const segments = (minor: bigint | null) =>
      minor === null ? undefined : { food: { limit: amount(minor), validUntil: null } };
    const verdict = isRaised({ own: none, segments: segments(before) }, { own: none, segments: segments(after) });
    expect(verdict).toBe(raised);
  });

  it('by a temporary limit on its days only', () => {
    const account = { ...stubAccount('C'), limit: amount(100n) };
    const temporary = (from: string) => ({ temporaryLimit: { limit: amount(200n), from, until: '2026-12-31' } });
    const before = allowedOn(account, day);
    expect(isRaised(before, allowedOn({ ...account, terms: temporary(day) }, day))).toBe(true);
    expect(isRaised(before, allowedOn({ ...account, terms: temporary('2026-03-03') }, day))).toBe(false);
  });
});

describe('A credit group’s limit is raised', () => {
  const group: CreditGroup = {
    ...{ groupId: 'G', parentId: 'TOP', depth: 1, currency: 'EUR', exposure: 0n, shareInParent: 0n },
    limit: amount(100n),
  };
  it.each([
    { change: { limit: amount(101n) }, raised: true, because: 'its members may owe more' },
    { change: { limit: amount(99n) }, raised: false, because: 'they may owe less' },
    { change: { parentId: null }, raised: true, because: 'the group above binds it no more' },
    { change: { parentId: 'OTHER' }, raised: true, because: 'the group above binds it no more' },
    { change: { currency: 'USD' }, raised: true, because: 'the amounts cannot be compared' },
  ])('$because: $raised', ({ change, raised }) => expect(isGroupRaised(group, { ...group, ...change })).toBe(raised));

  it('not by a group that comes above it', () =>
    expect(isGroupRaised({ ...group, parentId: null }, group)).toBe(false));
});

describe('Who has raised it today', () => {
  it('is remembered for the day, each once', () => {
    const first = raisedBy(undefined, day, 'u-1');
    const second = raisedBy(first, day, 'u-2');
    expect(second).toEqual({ on: day, by: ['u-1', 'u-2'] });
    expect(raisedBy(second, day, 'u-1')).toEqual({ on: day, by: ['u-2', 'u-1'] });
    expect(raisedBy(second, '2026-03-03', 'u-3')).toEqual({ on: '2026-03-03', by: ['u-3'] });
  });
});
