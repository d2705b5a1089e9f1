import { serviceStand } from '@ordergate/testing';
import { migrations } from '../migrations/index.ts';
import { CustomerCreditModule } from '../src/customer-credit.module.ts';
import { subscriptions } from '../src/subscriptions.ts';

/** customer-credit on topics and a database of a spec's own. */
export const creditStand = () =>
  serviceStand({
    name: 'customer-credit',
    module: (settings) => CustomerCreditModule.with(settings, { businessDays: 'told', timeZone: 'UTC' }),
    subscriptions,
    migrations,
  });

export const eur = (amount: string) => ({ amount, currency: 'EUR' });
export const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A customer's master record with a limit in EUR. */
export const customer = (customerId: string, limit: string, more: object = {}) => ({
  type: 'CustomerRegistered.v1',
  data: {
    customerId,
    name: `Customer ${customerId}`,
    currency: 'EUR',
    language: 'en',
    country: 'DE',
    limit: { kind: 'amount', amount: eur(limit) },
    ...more,
  },
});

/** An order of EUR, version 1. */
export const order = (orderId: string, customerId: string, amount: string, more: object = {}) => ({
  type: 'OrderPlaced.v1',
  data: { orderId, orderVersion: 1, customerId, total: eur(amount), placedAt: '2026-03-02T10:00:00Z', ...more },
});

export const invoice = (invoiceId: string, customerId: string, amount: string, dueOn: string, more: object = {}) => ({
  type: 'InvoicePosted.v1',
  data: { invoiceId, customerId, total: eur(amount), issuedOn: '2026-03-01', dueOn, ...more },
});
