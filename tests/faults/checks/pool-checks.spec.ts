import { describe, expect, it } from '@jest/globals';
import { account, decision, group } from './history.fixture.ts';
import { noDeadlock } from './no-deadlock.ts';
import { poolIsItsMembers } from './pool-is-its-members.ts';
import { withinThePool } from './within-the-pool.ts';

describe('Within the pool', () => {
  const pool = (exposure: string, adds: string, id = 'G-1') => ({
    ...{ id, exposure, adds, limit: { kind: 'amount' as const, minor: '1000' } },
  });
  const problems = (part: Parameters<typeof decision>[1]): string[] =>
    withinThePool.violations({ decisions: [decision(2n, part)] });

  it('an order that fills the group’s limit exactly is within it', () =>
    expect(problems({ pools: [pool('900', '100')] })).toEqual([]));

  it('one minor unit more is found, in the group above as well', () =>
    expect(problems({ pools: [pool('900', '100'), pool('901', '100', 'G-2')] })).toEqual([
      'customer C-1 seq 2 (approved O-1) left group G-2 at 1001 on a limit of 1000',
    ]));

  it.each([
    { what: 'an amendment within the approval', exception: { kept_approval: true } },
    { what: 'a release by a person', exception: { decided_by: 'user:u-7', outcome: 'released' as const } },
    { what: 'an order that adds nothing', exception: { adds: 0n } },
    { what: 'a hold', exception: { outcome: 'held' as const } },
    {
      what: 'an unlimited group',
      exception: { pools: [{ ...pool('900', '101'), limit: { kind: 'unlimited' as const } }] },
    },
  ])('$what may exceed it', ({ exception }) =>
    expect(problems({ pools: [pool('900', '101')], ...exception })).toEqual([]),
  );

  it('a group without credit allows nothing', () =>
    expect(problems({ pools: [{ ...pool('0', '1'), limit: { kind: 'none' } }] })).toHaveLength(1));
});

describe('Pool is its members', () => {
  const member = (customer_id: string, owes: bigint, part: object = {}) =>
    account({
      customer_id,
      receivables: owes,
      ...{ credit_group_id: 'G-1', pool_id: 'G-1', pool_share: owes },
      ...part,
    });
  const violations = (accounts: ReturnType<typeof account>[], ...groups: ReturnType<typeof group>[]): string[] =>
    poolIsItsMembers.violations({ accounts, groups });
  const above = group('G-2', { exposure: 70n });
  const below = group('G-1', { exposure: 70n, parent_id: 'G-2', share_in_parent: 70n });

  it('a group owes what its customers owe, and so does the group above it', () => {
    expect(violations([member('A', 30n), member('B', 40n)], below, above)).toEqual([]);
    expect(violations([member('A', 0n, { pool_id: null })], group('G-1'))).toEqual([]);
    expect(violations([member('A', 30n, { credit_group_id: 'G-unknown', pool_id: null })])).toEqual([]);
  });

  it('what one lane has added and another has written over is found', () =>
    expect(violations([member('A', 30n), member('B', 50n)], below, above)).toEqual([
      'group G-1 owes 70, its members come to 80',
    ]));

  it('a share that is not what the customer owes is found', () =>
    expect(violations([member('A', 30n, { pool_share: 29n })], group('G-1', { exposure: 30n }))).toEqual([
      'customer A owes 30, group G-1 counts 29',
    ]));

  it('a customer who is counted in a group that it has left is found', () =>
    expect(violations([member('A', 70n, { credit_group_id: 'G-2' })], below, above)).toEqual([
      'customer A is in group G-2 and counted in G-1',
    ]));

  it('a group above that has not heard of a change is found', () => {
    const behind = group('G-1', { exposure: 70n, parent_id: 'G-2', share_in_parent: 60n });
    expect(violations([member('A', 70n)], behind, above)).toEqual(['group G-1 owes 70, the group above it counts 60']);
  });
});

describe('No deadlock', () => {
  it('is what Postgres’ log says', () => {
    expect(noDeadlock.violations({ deadlocks: [] })).toEqual([]);
    expect(noDeadlock.violations({ deadlocks: ['ERROR: deadlock detected'] })).toHaveLength(1);
  });
});
