import { OnBusinessDays, type Subscriptions } from '@ordergate/messaging';
import { OnCreditDecisions } from './handlers/on-credit-decisions.ts';
import { OnCustomers } from './handlers/on-customers.ts';

/** What people are told about, and who they are. Records on a wrong partition are handled where they came: no row depends on another. */
export const subscriptions: Subscriptions = {
  lanes: [
    { topic: 'credit-decisions', handler: OnCreditDecisions, skipsUnknownTypes: true },
    { topic: 'customers', handler: OnCustomers, tombstoneType: 'CustomerDeleted' },
  ],
  calendar: [{ topic: 'business-days', handler: OnBusinessDays }],
};
