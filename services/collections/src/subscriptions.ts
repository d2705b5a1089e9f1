import { OnBusinessDays, type Subscriptions } from '@ordergate/messaging';
import { OnCustomers } from './handlers/on-customers.ts';
import { OnReceivables } from './handlers/on-receivables.ts';

/** What is owed, by whom, and on which day. */
export const subscriptions: Subscriptions = {
  lanes: [
    { topic: 'customers', handler: OnCustomers, tombstoneType: 'CustomerDeleted' },
    { topic: 'receivables', handler: OnReceivables },
  ],
  calendar: [{ topic: 'business-days', handler: OnBusinessDays }],
};
