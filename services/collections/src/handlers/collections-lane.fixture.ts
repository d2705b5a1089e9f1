import type { Topic } from '@ordergate/contracts';
import { Database, migrate } from '@ordergate/database';
import type { BatchHandler } from '@ordergate/messaging';
import { LaneByHand, type EventByHand, type LoggedMessage } from '@ordergate/messaging/testing';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../migrations/index.ts';
import { OnCollectionCommands } from './on-collection-commands.ts';
import { OnCustomers } from './on-customers.ts';
import { OnPolicies } from './on-policies.ts';
import { OnReceivables } from './on-receivables.ts';

export const businessDay = '2026-03-02';

/** What leaves: a message, or a dead letter with its violations. */
export interface Told {
  type: string;
  key: string;
  data: any;
  violations: string | undefined;
}

function toldBy({ aggregateid: key, type, payload, headers }: LoggedMessage): Told {
  const { 'kafka_dlt-exception-message': violations } = headers as Record<string, string>;
  return { key, type, data: payload === null ? undefined : JSON.parse(payload), violations };
}

/** The handlers of collections on a database of their own, with a business day, fed by hand. */
export async function collectionsLane() {
  const { databaseUrl } = await isolated('collections-lane');
  await migrate(databaseUrl, migrations);
  const database = Database.open(databaseUrl, { name: 'collections lane spec' });
  const startDay = (day: string) =>
    database.query(
      `insert into business_day (business_day) values ($1)
       on conflict (one_row) do update set business_day = excluded.business_day`,
      [day],
    );
  await startDay(businessDay);
  const handlers = new Map<Topic, BatchHandler>([
    ['receivables', new OnReceivables()],
    ['customers', new OnCustomers()],
    ['collection-commands', new OnCollectionCommands()],
    ['policies', new OnPolicies()],
  ]);
  const lane = await LaneByHand.open({
    ...{ databaseUrl, handlers, service: 'collections' },
    tombstoneTypes: new Map([['customers', 'CustomerDeleted']]),
  });
  return {
    ...{ database, startDay },
    /** One chunk; what it tells. */
    tell: async (...events: EventByHand[]): Promise<Told[]> => (await lane.chunk(events)).map(toldBy),
    /** Each event in a chunk of its own; what they tell. */
    tellOneByOne: async (...events: EventByHand[]): Promise<Told[]> => {
      const told: Told[] = [];
      for (const event of events) told.push(...(await lane.chunk([event])).map(toldBy));
      return told;
    },
    close: async (): Promise<void> => {
      await lane.close();
      await database.close();
    },
  };
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });
let events = 0;
const event = (topic: Topic, type: string, data: object, id = `e-${(events += 1)}`): EventByHand => ({
  ...{ topic, type, data, id },
});

export const invoice = (customerId: string, invoiceId: string, amount: string, dueOn: string, more: object = {}) =>
  event('receivables', 'InvoicePosted.v1', {
    ...{ customerId, invoiceId, total: eur(amount), dueOn, issuedOn: '2025-12-01' },
    ...more,
  });
export const payment = (customerId: string, paymentId: string, amount: string, receivedOn: string, more: object = {}) =>
  event('receivables', 'PaymentReceived.v1', { customerId, paymentId, total: eur(amount), receivedOn, ...more });
export const receivable = (type: string, data: object) => event('receivables', type, data);
export const customer = (customerId: string, more: object = {}) =>
  event('customers', 'CustomerRegistered.v1', {
    ...{ customerId, name: customerId, currency: 'EUR', language: 'en', country: 'DE' },
    ...more,
  });
export const command = (type: string, data: object, id?: string) => event('collection-commands', type, data, id);
export const review = (customerId: string) =>
  command('StandingReviewRequested.v1', { customerId, because: 'a new day' });
export const dunning = (customerId: string, runId = 'R') => command('DunningRequested.v1', { customerId, runId });
export const promise = (customerId: string, promiseId: string, amount: string, payOn: string) =>
  command('RecordPromise.v1', { customerId, promiseId, amount: eur(amount), payOn, requestedBy: 'u-1' });
export const plan = (customerId: string, planId: string, ...parts: [dueOn: string, amount: string][]) =>
  command('AgreePaymentPlan.v1', {
    ...{ customerId, planId, requestedBy: 'u-1' },
    instalments: parts.map(([dueOn, amount]) => ({ dueOn, amount: eur(amount) })),
  });
export const policy = (version: string, document: object) =>
  event('policies', 'PolicyActivated.v1', {
    ...{ version, document: { version, ...document }, activatedBy: 'user:u-1', activatedAt: '2026-03-01T00:00:00Z' },
  });
