import type { Admin } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { endsOf } from './ends-of.ts';
import type { ConsumerGroups } from '../../replay/consumer-groups.ts';

/** 'topic/partition' → offset after the last record. */
export type Ends = ReadonlyMap<string, number>;

/** One look at the whole system. */
export interface Round {
  /** What lay on the topics when it began; read from `listed` on. */
  readonly ends: Ends;
  /** Everything that lies below the ends has been heard. */
  readonly listed: Promise<void>;
  /** Every consumer group has committed past it, and what came of it is sent: an offset may come before its answer's send. */
  readonly handled: Promise<void>;
}

interface OpenRound extends Round {
  ends: Map<string, number>;
  listedNow: PromiseWithResolvers<void>;
  handledNow: PromiseWithResolvers<void>;
}

const askAgainMs = 3;

/** Rounds, one after the other, as long as somebody waits for one: hundreds of stories share each. */
export class Rounds {
  private readonly admin: Admin;
  private readonly topics: readonly string[];
  private readonly groups: ConsumerGroups;
  /** What has been heard: 'topic/partition' → offset after the last record. */
  private readonly heard: Ends;
  private readonly unpublished: () => Promise<number>;
  private following: OpenRound | null = null;
  private isRunning = false;
  private isClosed = false;

  constructor(
    admin: Admin,
    topics: readonly string[],
    groups: ConsumerGroups,
    heard: Ends,
    unpublished: () => Promise<number>,
  ) {
    this.admin = admin;
    this.topics = topics;
    this.groups = groups;
    this.heard = heard;
    this.unpublished = unpublished;
  }

  /** The next round; it begins after this call. */
  next(): Round {
    this.following ??= openRound();
    const round = this.following;
    if (!this.isRunning) void this.run();
    return round;
  }

  close(): void {
    this.isClosed = true;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.following) {
      // What is sent in this turn of the loop belongs to the round, too.
      await pause(0);
      const round = this.following;
      this.following = null;
      try {
        await this.list(round);
        round.listedNow.resolve();
        while ((await this.groups.behind(round.ends)).length > 0 && !this.isClosed) await pause(askAgainMs);
        while ((await this.unpublished()) > 0 && !this.isClosed) await pause(askAgainMs);
        round.handledNow.resolve();
      } catch (error) {
        round.listedNow.reject(error);
        round.handledNow.reject(error);
      }
    }
    this.isRunning = false;
  }

  private async list({ ends }: OpenRound): Promise<void> {
    const listed = await Promise.all(this.topics.map((topic) => endsOf(this.admin, topic)));
    listed.forEach((ofTopic, at) => {
      ofTopic.forEach((end, partition) => ends.set(`${this.topics[at]}/${partition}`, end));
    });
    const isHeard = (): boolean => [...ends].every(([place, end]) => end <= (this.heard.get(place) ?? 0));
    while (!isHeard() && !this.isClosed) await pause(askAgainMs);
  }
}

function openRound(): OpenRound {
  const [listedNow, handledNow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // Somebody may be interested in one of the two only.
  listedNow.promise.catch(() => {});
  handledNow.promise.catch(() => {});
  return { ends: new Map(), listed: listedNow.promise, handled: handledNow.promise, listedNow, handledNow };
}
