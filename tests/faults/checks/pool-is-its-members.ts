import { totalOf, type AccountRow, type GroupRow } from '../history/history.ts';
import { check } from './check.ts';

/** A credit group's exposure is a number in its row, kept by whoever moves a member: rebuilt from the members it is the same. */
export const poolIsItsMembers = check<'accounts' | 'groups'>(
  'pool-is-its-members',
  'what a credit group owes is what its customers, and the groups under it, owe',
  ({ accounts, groups }) => {
    const known = new Set(groups.map(({ group_id }) => group_id));
    return [
      ...accounts.flatMap((account) => memberProblems(account, known)),
      ...groups.flatMap((group) => groupProblems(group, groups, accounts)),
    ];
  },
);

/** All accounts and groups of the load are in one currency, so a share is the exposure. */
function memberProblems(account: AccountRow, known: ReadonlySet<string>): string[] {
  const { customer_id, credit_group_id, pool_id, pool_share } = account;
  const group = credit_group_id !== null && known.has(credit_group_id) ? credit_group_id : null;
  // Who has never owed anything is counted nowhere yet.
  const owes = totalOf(account);
  if (pool_id === null && owes === 0n) return [];
  if (pool_id !== group) return [`customer ${customer_id} is in group ${group} and counted in ${pool_id}`];
  if (group === null || pool_share === owes) return [];
  return [`customer ${customer_id} owes ${owes}, group ${group} counts ${pool_share}`];
}

function groupProblems(group: GroupRow, groups: readonly GroupRow[], accounts: readonly AccountRow[]): string[] {
  const { group_id, parent_id, exposure, share_in_parent } = group;
  const below = groups.filter((other) => other.parent_id === group_id);
  const members = accounts.filter(({ pool_id }) => pool_id === group_id);
  const sum = [...members.map((member) => totalOf(member)), ...below.map((other) => other.exposure)].reduce(
    (total, owes) => total + owes,
    0n,
  );
  return [
    ...(sum === exposure ? [] : [`group ${group_id} owes ${exposure}, its members come to ${sum}`]),
    ...(share_in_parent === (parent_id === null ? 0n : exposure)
      ? []
      : [`group ${group_id} owes ${exposure}, the group above it counts ${share_in_parent}`]),
  ];
}
