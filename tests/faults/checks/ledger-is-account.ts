import type { Buckets } from '../history/history.ts';
import { check } from './check.ts';

const bucketNames = [
  'open_orders',
  'shipped_not_invoiced',
  'receivables',
  'instruments_in_hand',
  'unallocated_credits',
] as const satisfies readonly (keyof Buckets)[];

/** Exposure is an append-only ledger: the account's row is nothing but its sums. */
export const ledgerIsAccount = check<'accounts' | 'ledger'>(
  'ledger-is-account',
  'the account rebuilt from its ledger is the account’s row',
  ({ accounts, ledger }) => {
    const entries = Map.groupBy(ledger, ({ customer_id }) => customer_id);
    return accounts.flatMap((account) =>
      bucketNames.flatMap((bucket) => {
        const sum = (entries.get(account.customer_id) ?? []).reduce((total, entry) => total + entry[bucket], 0n);
        return sum === account[bucket]
          ? []
          : [`customer ${account.customer_id} has ${account[bucket]} in ${bucket}, its ledger comes to ${sum}`];
      }),
    );
  },
);
