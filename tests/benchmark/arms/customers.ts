import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { KafkaConnection } from '../load/kafka-connection.ts';
import { creditLimit, customerCount, customerIdOf } from '../load/orders.ts';
import { RecordBatch } from '../load/record-batch.ts';
import { TopicWriter } from '../load/topic-io.ts';
import { headersOf, tell, type Told } from './tell.ts';

export const businessDay = '2026-11-21';
const knownWithinMs = 120_000;

/** What an arm knows of its customers beside a name and a limit. */
export interface CustomerFacts {
  /** Added to the master record. */
  record?: (customer: number) => object;
  /** Told after it. */
  invoices?: (customer: number) => readonly Told[];
  standing?: (customer: number) => Told;
}

/** Tells the day and all customers, with their limits and what else is known of them. @param prefix of the topics */
export async function tellCustomers(broker: string, prefix: string, facts: CustomerFacts = {}): Promise<void> {
  const connection = await KafkaConnection.open(broker);
  const day = new RecordBatch();
  day.add(businessDay, JSON.stringify({ businessDay }), headersOf('BusinessDayStarted.v1', `day-${businessDay}`));
  await new TopicWriter(connection, `${prefix}business-days`).write(new Map([[0, day.finish(Date.now())]]));

  const { invoices, standing } = facts;
  await tell(connection, `${prefix}customers`, (customer) => [masterRecord(customer, facts)]);
  if (invoices) await tell(connection, `${prefix}receivables`, invoices);
  if (standing) await tell(connection, `${prefix}collections`, (customer) => [standing(customer)]);
  connection.close();
}

/** Waits until customer-credit has an account for each, and knows what it was told of them. */
export async function untilCustomersAreKnown(databaseUrl: string, facts: CustomerFacts = {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const customers = Array.from({ length: customerCount }, (_, customer) => customer);
  const told = {
    accounts: customerCount,
    standings: facts.standing ? customerCount : 0,
    invoices: customers.reduce((sum, customer) => sum + (facts.invoices?.(customer).length ?? 0), 0),
  };
  try {
    for (const giveUpAt = Date.now() + knownWithinMs; ;) {
      const { rows } = await client.query<typeof told>(
        `select count(*)::int as accounts, count(*) filter (where standing <> '{}')::int as standings,
           (select count(*)::int from receivable_item) as invoices
         from credit_account where currency is not null`,
      );
      const [known] = rows;
      if (Object.entries(told).every(([name, count]) => known![name as keyof typeof told] === count)) return;
      if (Date.now() > giveUpAt)
        throw new Error(`customer-credit knows ${JSON.stringify(known)} of ${JSON.stringify(told)}.`);
      await pause(100);
    }
  } finally {
    await client.end();
  }
}

function masterRecord(customer: number, { record }: CustomerFacts): Told {
  const customerId = customerIdOf(customer);
  const data = {
    ...{ customerId, name: `Customer ${customerId} Trading Ltd.`, currency: 'EUR', language: 'en', country: 'IE' },
    ...{ segment: 'food-service', paymentTermsDays: 30, riskClass: 'B' },
    limit: { kind: 'amount', amount: { amount: creditLimit, currency: 'EUR' } },
    ...record?.(customer),
  };
  return { id: customerId, type: 'CustomerRegistered.v1', data };
}
