import type { Subscriptions } from '@ordergate/messaging';
import { DecisionFigures } from './decision-figures.ts';
import { OnBusinessDays } from './handlers/on-business-days.ts';
import { OnCollections } from './handlers/on-collections.ts';
import { OnCreditCommands } from './handlers/on-credit-commands.ts';
import { OnCustomers } from './handlers/on-customers.ts';
import { OnOrders } from './handlers/on-orders.ts';
import { OnReceivables } from './handlers/on-receivables.ts';
import { HoldsToldAgain } from './holds-told-again.ts';

/** What changes a credit account, and who handles it. */
export const subscriptions: Subscriptions = {
  lanes: [
    { topic: 'orders', handler: OnOrders, needsAllFacts: true },
    { topic: 'receivables', handler: OnReceivables },
    { topic: 'collections', handler: OnCollections, skipsUnknownTypes: true },
    { topic: 'customers', handler: OnCustomers, tombstoneType: 'CustomerDeleted' },
    { topic: 'credit-commands', handler: OnCreditCommands },
  ],
  calendar: [{ topic: 'business-days', handler: OnBusinessDays }],
  forwardTo: 'credit-commands',
  observer: DecisionFigures,
  lateSends: HoldsToldAgain,
};
