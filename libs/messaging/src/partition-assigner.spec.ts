import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { coPartitioned, type Held } from './partition-assigner.ts';

const nothing: Held = { partitions: [], sinceMs: 0 };

/** Who gets what of which topic, when members come with what they hold. */
async function assigned(partitionsOf: Record<string, number>, members: string[] | Record<string, Held>) {
  const topics = Object.keys(partitionsOf);
  const cluster = { findTopicPartitionMetadata: (topic: string) => Array.from({ length: partitionsOf[topic]! }) };
  const memberOf = (held: Held) => coPartitioned(() => held)({ cluster } as never);
  const held = Array.isArray(members) ? Object.fromEntries(members.map((name) => [name, nothing])) : members;
  const assignments = await memberOf(nothing).assign({
    members: Object.entries(held).map(([memberId, its]) => ({
      memberId,
      memberMetadata: memberOf(its).protocol({ topics }).metadata,
    })),
    topics,
  });
  return Object.fromEntries(
    assignments.map(({ memberId, memberAssignment }) => [
      memberId,
      kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)!.assignment,
    ]),
  );
}

/** The partitions of four, as members of one group hold them since the same instant. */
const holding = (...partitions: number[]): Held => ({ partitions, sinceMs: 1_000 });

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

  it.each<{ what: string; members: Record<string, Held>; gets: Record<string, number[]> }>([
    {
      what: 'one that comes takes only what is too much for the others',
      members: { a: holding(0, 1, 2), b: holding(3, 4, 5), c: nothing },
      gets: { a: [0, 1], b: [3, 4], c: [2, 5] },
    },
    {
      what: 'what a dead one held goes to the others, who keep theirs',
      members: { a: holding(0, 1), c: holding(4, 5) },
      gets: { a: [0, 1, 2], c: [3, 4, 5] },
    },
    {
      what: 'everybody keeps theirs when nobody comes or goes',
      members: { a: holding(5, 0), b: holding(1, 4), c: holding(2, 3) },
      gets: { a: [0, 5], b: [1, 4], c: [2, 3] },
    },
    {
      what: 'one that wakes late does not take back what another owns since',
      members: { a: { partitions: [0, 1, 2], sinceMs: 1_000 }, b: { partitions: [0, 1, 2, 3, 4, 5], sinceMs: 2_000 } },
      gets: { a: [3, 4, 5], b: [0, 1, 2] },
    },
    {
      what: 'a partition that does not exist is nobody’s',
      members: { a: holding(0, 1, 2, 11), b: nothing },
      gets: { a: [0, 1, 2], b: [3, 4, 5] },
    },
  ])('stay where they are: $what', async ({ members, gets }) => {
    const byMember = await assigned({ orders: 6 }, members);
    expect(Object.fromEntries(Object.entries(byMember).map(([name, { orders }]) => [name, orders]))).toEqual(gets);
  });

  it('go to members of an older version, too, which say nothing of what they hold', async () => {
    const cluster = { findTopicPartitionMetadata: () => Array.from({ length: 2 }) };
    const members = [{ memberId: 'old', memberMetadata: Buffer.alloc(0) }];
    const [only] = await coPartitioned(() => nothing)({ cluster } as never).assign({ members, topics: ['orders'] });
    expect(kafkajs.AssignerProtocol.MemberAssignment.decode(only!.memberAssignment)!.assignment).toEqual({
      orders: [0, 1],
    });
  });
});
