import kafkajs from 'kafkajs';

const partitioner = kafkajs.Partitioners.DefaultPartitioner();
/** By number of partitions, by key. */
const remembered = new Map<number, Map<string, number>>();
const rememberedMax = 200_000;

/** The partition of a key as Kafka's own clients compute it (murmur2). Remembered, since the same customers come again. */
export function partitionOf(key: string, partitions: number): number {
  let known = remembered.get(partitions);
  if (!known) remembered.set(partitions, (known = new Map()));
  let partition = known.get(key);
  if (partition === undefined) {
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 0 }));
    partition = partitioner({ topic: '', partitionMetadata, message: { key, value: null } } as never);
    if (known.size >= rememberedMax) known.clear();
    known.set(key, partition);
  }
  return partition;
}
