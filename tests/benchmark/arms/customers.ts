import { partitionOf } from '@ordergate/messaging';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { KafkaConnection } from '../load/kafka-connection.ts';
import { creditLimit, customerCount, customerIdOf } from '../load/orders.ts';
import { RecordBatch, type RecordHeader } from '../load/record-batch.ts';
import { TopicWriter } from '../load/topic-io.ts';

const businessDay = '2026-11-21';
const at = `${businessDay}T06:00:00.000Z`;
const partitions = 12;
const knownWithinMs = 120_000;

/** Tells the day and all customers, with their limits. @param prefix of the topics */
export async function tellCustomers(broker: string, prefix: string): Promise<void> {
  const connection = await KafkaConnection.open(broker);
  const day = new RecordBatch();
  day.add(businessDay, JSON.stringify({ businessDay }), headersOf('BusinessDayStarted.v1', `day-${businessDay}`));
  await new TopicWriter(connection, `${prefix}business-days`).write(new Map([[0, day.finish(Date.now())]]));

  const writer = new TopicWriter(connection, `${prefix}customers`);
  for (let from = 0; from < customerCount; from += 5_000) {
    const batches = new Map<number, RecordBatch>();
    for (let customer = from; customer < Math.min(from + 5_000, customerCount); customer++) {
      const customerId = customerIdOf(customer);
      const partition = partitionOf(customerId, partitions);
      if (!batches.has(partition)) batches.set(partition, new RecordBatch(400_000));
      batches.get(partition)!.add(customerId, masterRecord(customerId), headersOf('CustomerRegistered.v1', customerId));
    }
    await writer.write(new Map([...batches].map(([partition, batch]) => [partition, batch.finish(Date.now())])));
  }
  connection.close();
}

/** Waits until customer-credit has an account for each. */
export async function untilCustomersAreKnown(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const giveUpAt = Date.now() + knownWithinMs; ;) {
      const { rows } = await client.query<{ known: number }>(
        'select count(*)::int as known from credit_account where currency is not null',
      );
      if (rows[0]!.known === customerCount) return;
      if (Date.now() > giveUpAt)
        throw new Error(`customer-credit knows ${rows[0]!.known} of ${customerCount} customers.`);
      await pause(100);
    }
  } finally {
    await client.end();
  }
}

function masterRecord(customerId: string): string {
  return JSON.stringify({
    ...{ customerId, name: `Customer ${customerId} Trading Ltd.`, currency: 'EUR', language: 'en', country: 'IE' },
    ...{ segment: 'food-service', paymentTermsDays: 30, riskClass: 'B' },
    limit: { kind: 'amount', amount: { amount: creditLimit, currency: 'EUR' } },
  });
}

const headersOf = (type: string, id: string): RecordHeader[] => [
  ['ce_specversion', '1.0'],
  ['ce_id', id],
  ['ce_type', type],
  ['ce_source', 'benchmark'],
  ['ce_time', at],
  ['content-type', 'application/json'],
];
