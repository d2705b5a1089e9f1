import { OnBusinessDays, type Subscriptions } from '@ordergate/messaging';
import { OnCreditDecisions } from './handlers/on-credit-decisions.ts';
import { OnOrders } from './handlers/on-orders.ts';

/** What the order book is made of, and who writes it. Records on a wrong partition are handled where they came: each order is locked. */
export const subscriptions: Subscriptions = {
  lanes: [
    { topic: 'orders', handler: OnOrders },
    { topic: 'credit-decisions', handler: OnCreditDecisions, skipsUnknownTypes: true },
  ],
  calendar: [{ topic: 'business-days', handler: OnBusinessDays }],
};
