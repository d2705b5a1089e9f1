import { kafkaClient } from '@ordergate/local-infra';
import type { IHeaders } from 'kafkajs';
import { TopicTail } from '../../../tools/replay/topic-tail.ts';
import type { TopicRecord } from './history.ts';

const readMsMax = 120_000;

/** Every record of every topic under the prefix, dead letters included, in order within a partition. */
export async function readTopics(brokers: string[], prefix: string): Promise<TopicRecord[]> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  const names = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
  const missing = new Map<string, number>();
  const begins = new Map<string, number[]>();
  for (const name of names) {
    const offsets = (await admin.fetchTopicOffsets(name)).sort((a, b) => a.partition - b.partition);
    begins.set(
      name,
      offsets.map(() => 0),
    );
    for (const { partition, high } of offsets) if (Number(high) > 0) missing.set(`${name}/${partition}`, Number(high));
  }
  await admin.disconnect();

  const records: TopicRecord[] = [];
  const complete = Promise.withResolvers<void>();
  const late = setTimeout(
    () => complete.reject(new Error(`the topics could not be read to their ends: ${[...missing.keys()].join(', ')}`)),
    readMsMax,
  );
  const tail = await TopicTail.start(brokers, begins, ({ topic, partition, message: { offset, headers, value } }) => {
    records.push({
      topic: topic.slice(prefix.length),
      ...{ partition, offset: Number(offset) },
      ...{ source: textOf(headers, 'ce_source'), id: textOf(headers, 'ce_id'), type: textOf(headers, 'ce_type') },
      data: keptOf(value),
    });
    if (Number(offset) + 1 >= (missing.get(`${topic}/${partition}`) ?? 0)) missing.delete(`${topic}/${partition}`);
    if (missing.size === 0) complete.resolve();
  });
  if (missing.size === 0) complete.resolve();
  await complete.promise.finally(() => clearTimeout(late));
  await tail.stop();
  return records;
}

const textOf = (headers: IHeaders | undefined, name: string): string => String(headers?.[name] ?? '');

/** A long run leaves half a million records: only what the checks ask for is kept. */
function keptOf(value: Buffer | null): TopicRecord['data'] {
  if (value === null) return {};
  const { customerId, orderId, orderVersion, seq, decisionId, notificationId, after, ...more } = JSON.parse(
    value.toString('utf8'),
  ) as TopicRecord['data'];
  const { shipmentId, value: goods, kind, status, reasons } = more;
  const about = shipmentId === undefined ? { kind, status, reasons } : { shipmentId, value: goods };
  return { customerId, orderId, orderVersion, seq, decisionId, notificationId, after, ...about };
}
