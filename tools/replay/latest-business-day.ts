import { readEvent, topicName } from '@ordergate/contracts';
import { withKafkaAdmin } from '@ordergate/local-infra';
import { kafkaLogin } from '../../infra/local/src/kafka/kafka-login.ts';
import type { SystemAddress } from './running-system.ts';
import { TopicTail } from './topic-tail.ts';

const recordsLooked = 50;

/** The last day that the calendar's topic tells; null when it is empty. */
export async function latestBusinessDay({ brokers, prefix }: SystemAddress): Promise<string | null> {
  const topic = topicName(prefix, 'business-days');
  const offsets = await withKafkaAdmin(brokers, (admin) => admin.fetchTopicOffsets(topic), kafkaLogin()).catch(() => {
    throw new Error(`There is no topic ${topic}: is Ordergate running under the prefix "${prefix}"?`);
  });
  const end = Number(offsets[0]?.high ?? 0);
  const begin = Math.max(Number(offsets[0]?.low ?? 0), end - recordsLooked);
  if (end === begin) return null;

  let latest: string | null = null;
  const read = Promise.withResolvers<void>();
  const tail = await TopicTail.start(
    brokers,
    new Map([[topic, [begin]]]),
    ({ message }) => {
      const event = readEvent(message);
      const day = event.ok ? (event.event.data as { businessDay?: string }).businessDay : undefined;
      if (day !== undefined && (latest === null || day > latest)) latest = day;
      if (Number(message.offset) >= end - 1) read.resolve();
    },
    kafkaLogin(),
  );
  await read.promise;
  await tail.stop();

  return latest;
}
