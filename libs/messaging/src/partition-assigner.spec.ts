import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { coPartitioned } from './partition-assigner.ts';

async function assigned(partitionsOf: Record<string, number>, memberIds: string[]) {
  const cluster = { findTopicPartitionMetadata: (topic: string) => Array.from({ length: partitionsOf[topic]! }) };
  const assigner = coPartitioned({ cluster } as never);
  const members = memberIds.map((memberId) => ({ memberId, memberMetadata: Buffer.alloc(0) }));
  const assignments = await assigner.assign({ members, topics: Object.keys(partitionsOf) });
  return Object.fromEntries(
    assignments.map(({ memberId, memberAssignment }) => [
      memberId,
      kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)!.assignment,
    ]),
  );
}

describe('The partitions of topics keyed by customer', () => {
  it('are given out so that partition p of all topics has one owner', async () => {
    const byMember = await assigned({ orders: 4, receivables: 4 }, ['b', 'a']);
    expect(byMember).toEqual({
      a: { orders: [0, 2], receivables: [0, 2] },
      b: { orders: [1, 3], receivables: [1, 3] },
    });
  });

  it.each([
    { members: 1, shares: [12] },
    { members: 5, shares: [3, 3, 2, 2, 2] },
    { members: 14, shares: [...Array<number>(12).fill(1), 0, 0] },
  ])('go to $members members as evenly as can be, each once', async ({ members, shares }) => {
    const names = Array.from({ length: members }, (_, at) => `m-${at}`);
    const byMember = await assigned({ orders: 12, receivables: 12 }, names);
    const lists = Object.values(byMember).map(({ orders }) => orders!);
    expect(lists.map(({ length }) => length).sort((a, b) => b - a)).toEqual(shares);
    expect(lists.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, partition) => partition));
  });

  it('are the same whoever of the members computes them', async () => {
    const topics = { orders: 6, receivables: 6 };
    expect(await assigned(topics, ['x', 'y', 'z'])).toEqual(await assigned(topics, ['z', 'x', 'y']));
  });

  it('are refused when the topics have different numbers of them', async () => {
    await expect(assigned({ orders: 12, customers: 12, receivables: 6 }, ['a'])).rejects.toThrow(
      'receivables has 6 partitions and orders has 12: topics keyed by customer need the same number',
    );
  });
});
