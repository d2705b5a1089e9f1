import type { Subscriptions } from '@ordergate/messaging';
import { OnBusinessDays } from './handlers/on-business-days.ts';
import { OnCollectionCommands } from './handlers/on-collection-commands.ts';
import { OnCustomers } from './handlers/on-customers.ts';
import { OnPolicies } from './handlers/on-policies.ts';
import { OnReceivables } from './handlers/on-receivables.ts';

/** What is owed, by whom, on which day, and what is done about it. */
export const subscriptions: Subscriptions = {
  lanes: [
    { topic: 'customers', handler: OnCustomers, tombstoneType: 'CustomerDeleted' },
    { topic: 'receivables', handler: OnReceivables },
    { topic: 'collection-commands', handler: OnCollectionCommands },
  ],
  calendar: [
    { topic: 'business-days', handler: OnBusinessDays },
    { topic: 'policies', handler: OnPolicies, skipsUnknownTypes: true, tombstoneType: 'PolicyDeleted' },
  ],
  // A book is loaded without a lock: its customer's lane is its only writer.
  forwardTo: 'collection-commands',
};
