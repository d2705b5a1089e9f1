import kafkajs, { type GroupMember, type PartitionAssigner } from 'kafkajs';

/** What a member owns already, and since when (ms since 1970): of two that claim a partition the later one has it. */
export interface Held {
  partitions: readonly number[];
  sinceMs: number;
}

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;

/**
 * Topics keyed by customer are co-partitioned: partition p of all of them goes to the same member, so one lane owns
 * everything that changes a customer (SEMANTICS.md 2). Members keep what they hold as far as shares stay even, so that a
 * member that comes or goes stops few customers. Refuses topics with different partition counts.
 */
export const coPartitioned =
  (held: () => Held): PartitionAssigner =>
  ({ cluster }) => ({
    name: 'ordergate-co-partitioned',
    version: 1,
    async assign({ members, topics }) {
      const counts = topics.map((topic) => cluster.findTopicPartitionMetadata(topic).length);
      const count = counts[0] ?? 0;
      const odd = topics.findIndex((_, at) => counts[at] !== count);
      if (odd > 0) {
        throw new Error(
          `${topics[odd]} has ${counts[odd]} partitions and ${topics[0]} has ${count}: topics keyed by customer need the same number`,
        );
      }
      return [...shares(claimsOf(members), count)].map(([memberId, mine]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version: 1,
          assignment: Object.fromEntries(topics.map((topic) => [topic, mine])),
          userData: Buffer.alloc(0),
        }),
      }));
    },
    protocol: ({ topics }) => ({
      name: 'ordergate-co-partitioned',
      metadata: MemberMetadata.encode({ version: 1, topics, userData: Buffer.from(JSON.stringify(held())) }),
    }),
  });

/** By member, in the order of their ids: what it holds; a member that has just come holds nothing. */
function claimsOf(members: readonly GroupMember[]): Map<string, Held> {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  return new Map(
    sorted.map(({ memberId, memberMetadata }) => {
      const userData = memberMetadata.length > 0 ? MemberMetadata.decode(memberMetadata)?.userData : undefined;
      return [memberId, userData?.length ? (JSON.parse(String(userData)) as Held) : { partitions: [], sinceMs: 0 }];
    }),
  );
}

/** Every partition once, shares as even as can be: what may be kept is kept, the rest goes to who has least. */
function shares(claims: ReadonlyMap<string, Held>, count: number): Map<string, number[]> {
  const free = new Set(Array.from({ length: count }, (_, partition) => partition));
  const kept = new Map([...claims.keys()].map((memberId) => [memberId, [] as number[]]));
  const least = Math.floor(count / claims.size);
  let largerShares = count % claims.size;
  for (const [memberId, { partitions }] of [...claims].sort(([, a], [, b]) => b.sinceMs - a.sinceMs)) {
    const stillFree = partitions.filter((partition) => free.has(partition));
    const isLarger = stillFree.length > least && largerShares > 0;
    if (isLarger) largerShares -= 1;
    for (const partition of stillFree.slice(0, least + Number(isLarger))) {
      free.delete(partition);
      kept.get(memberId)!.push(partition);
    }
  }
  for (const partition of free) {
    const [poorest] = [...kept.values()].sort((a, b) => a.length - b.length);
    poorest!.push(partition);
  }
  for (const mine of kept.values()) mine.sort((a, b) => a - b);
  return kept;
}
