import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';

/** A partition that a group has not handled to its end. */
export interface Behind {
  group: string;
  topic: string;
  partition: number;
  committed: number;
  end: number;
}

interface Group {
  id: string;
  topics: Set<string>;
  /** 'topic/partition' → offset, as last asked. */
  committed: Map<string, number>;
}

/** The consumer groups of one Ordergate: who has handled what. */
export class ConsumerGroups {
  private readonly admin: Admin;
  private readonly groups: Group[];

  private constructor(admin: Admin, groups: Group[]) {
    this.admin = admin;
    this.groups = groups;
  }

  /**
   * Every group whose name begins with the topic prefix, with the topics its members have asked for.
   * @throws Error when one of them does not come to rest: who rebalances does not tell its topics, and would be overlooked
   */
  static async of(admin: Admin, prefix: string): Promise<ConsumerGroups> {
    const { groups } = await admin.listGroups();
    const ids = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
    const described = ids.length === 0 ? [] : await describeAtRest(admin, ids);

    return new ConsumerGroups(
      admin,
      described.map(({ groupId, members }) => ({
        id: groupId,
        topics: new Set(members.flatMap(({ memberMetadata }) => topicsOf(memberMetadata))),
        committed: new Map(),
      })),
    );
  }

  get names(): string[] {
    return this.groups.filter(({ topics }) => topics.size > 0).map(({ id }) => id);
  }

  /** Which groups have not committed up to these ends ('topic/partition' → offset after the last record); only those are asked. */
  async behind(ends: ReadonlyMap<string, number>): Promise<Behind[]> {
    const lagging = await Promise.all(
      this.groups.map(async (group) => {
        if (this.lagOf(group, ends).length === 0) return [];
        for (const { topic, partitions } of await this.admin.fetchOffsets({ groupId: group.id })) {
          for (const { partition, offset } of partitions) group.committed.set(`${topic}/${partition}`, Number(offset));
        }
        return this.lagOf(group, ends);
      }),
    );
    return lagging.flat();
  }

  private lagOf({ id, topics, committed }: Group, ends: ReadonlyMap<string, number>): Behind[] {
    const behind: Behind[] = [];
    for (const [place, end] of ends) {
      const at = place.lastIndexOf('/');
      const [topic, partition] = [place.slice(0, at), Number(place.slice(at + 1))];
      const done = Math.max(committed.get(place) ?? 0, 0);
      if (topics.has(topic) && done < end) behind.push({ group: id, topic, partition, committed: done, end });
    }
    return behind;
  }
}

async function describeAtRest(admin: Admin, ids: string[], giveUpAt = Date.now() + 30_000) {
  for (;;) {
    const { groups } = await admin.describeGroups(ids);
    const moving = groups.filter(({ state }) => state === 'PreparingRebalance' || state === 'CompletingRebalance');
    if (moving.length === 0) return groups;
    if (Date.now() > giveUpAt)
      throw new Error(`The consumer groups ${moving.map(({ groupId }) => groupId).join(', ')} do not come to rest.`);
    await pause(50);
  }
}

/** In words, for the first few. */
export function whoIsBehind(behind: readonly Behind[]): string {
  const places = behind
    .slice(0, 5)
    .map(
      ({ group, topic, partition, committed, end }) =>
        `${group} at ${committed} of ${end} on ${topic}, partition ${partition}`,
    );
  return `${places.join('; ')}${behind.length > 5 ? ' …' : ''}`;
}

const topicsOf = (metadata: Buffer): string[] =>
  metadata.length === 0 ? [] : (kafkajs.AssignerProtocol.MemberMetadata.decode(metadata)?.topics ?? []);
