import kafkajs from 'kafkajs';

const partitioner = kafkajs.Partitioners.DefaultPartitioner();
const remembered = new Map<string, number>();
const rememberedMax = 200_000;

/** The partition of a key as Kafka's own clients compute it (murmur2). Remembered, since the same customers come again. */
export function partitionOf(key: string, partitions: number): number {
  const cacheKey = `${partitions} ${key}`;
  let partition = remembered.get(cacheKey);
  if (partition === undefined) {
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));
    partition = partitioner({ topic: '', partitionMetadata, message: { key, value: null } } as never);
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(cacheKey, partition);
  }
  return partition;
}
