import { partitionOf } from '@ordergate/messaging';
import type { KafkaConnection } from '../load/kafka-connection.ts';
import { customerCount, customerIdOf } from '../load/orders.ts';
import { RecordBatch, type RecordHeader } from '../load/record-batch.ts';
import { TopicWriter } from '../load/topic-io.ts';
import { partitions } from './servers.ts';

/** A message about a customer. */
export interface Told {
  id: string;
  type: string;
  data: object;
}

const customersPerRequest = 5_000;

/** Publishes what is to be told of each customer, in its partition. */
export async function tell(
  connection: KafkaConnection,
  topic: string,
  messagesOf: (customer: number) => readonly Told[],
): Promise<void> {
  const writer = new TopicWriter(connection, topic);
  for (let from = 0; from < customerCount; from += customersPerRequest) {
    const batches = new Map<number, RecordBatch>();
    for (let customer = from; customer < Math.min(from + customersPerRequest, customerCount); customer++) {
      const customerId = customerIdOf(customer);
      const partition = partitionOf(customerId, partitions);
      if (!batches.has(partition)) batches.set(partition, new RecordBatch(400_000));
      for (const { id, type, data } of messagesOf(customer))
        batches.get(partition)!.add(customerId, JSON.stringify(data), headersOf(type, id));
    }
    await writer.write(new Map([...batches].map(([partition, batch]) => [partition, batch.finish(Date.now())])));
  }
}

export const headersOf = (type: string, id: string): RecordHeader[] => [
  ['ce_specversion', '1.0'],
  ['ce_id', id],
  ['ce_type', type],
  ['ce_source', 'benchmark'],
  ['ce_time', '2026-11-21T06:00:00.000Z'],
  ['content-type', 'application/json'],
];
