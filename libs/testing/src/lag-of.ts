import { withKafkaAdmin } from '@ordergate/local-infra';
import { testInfra } from './test-infra.ts';

/** How many records of each topic the consumer group has not committed yet. Full names. */
export async function lagOf(
  groupId: string,
  topics: readonly string[],
  brokers: string[] = testInfra().brokers,
): Promise<Record<string, number>> {
  return withKafkaAdmin(brokers, async (admin) => {
    const lags = topics.map(async (topic) => {
      const [ends, [group]] = await Promise.all([
        admin.fetchTopicOffsets(topic),
        admin.fetchOffsets({ groupId, topics: [topic] }),
      ]);
      // A partition of which nothing was committed yet has the offset -1.
      const committed = new Map(group!.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      const behind = ends.map(({ partition, high }) => Number(high) - Math.max(0, committed.get(partition) ?? 0));
      return [topic, behind.reduce((sum, records) => sum + records, 0)] as const;
    });
    return Object.fromEntries(await Promise.all(lags));
  });
}
