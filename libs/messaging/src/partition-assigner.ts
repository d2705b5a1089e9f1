import kafkajs, { type PartitionAssigner } from 'kafkajs';

/**
 * Topics keyed by customer are co-partitioned: partition p of all of them goes to the same member, so one lane owns
 * everything that changes a customer (SEMANTICS.md 2). Refuses topics with different partition counts.
 */
export const coPartitioned: PartitionAssigner = ({ cluster }) => ({
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
    const memberIds = members.map(({ memberId }) => memberId).sort();
    return memberIds.map((memberId, at) => {
      const mine = Array.from({ length: count }, (_, partition) => partition).filter(
        (partition) => partition % memberIds.length === at,
      );
      return {
        memberId,
        memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({
          version: 1,
          assignment: Object.fromEntries(topics.map((topic) => [topic, mine])),
          userData: Buffer.alloc(0),
        }),
      };
    });
  },
  protocol({ topics }) {
    return {
      name: 'ordergate-co-partitioned',
      metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }),
    };
  },
});
