import type { Topic } from '@ordergate/contracts';
import type { BatchHandler, CommitObserver, LateSends } from './delivery.ts';

/** One line of a service's table of contents: a topic and who handles it. */
export interface Subscription {
  topic: Topic;
  handler: new (...dependencies: never[]) => BatchHandler;
  /** For topics that our own services write: types that a newer release added are skipped, not dead-lettered. */
  skipsUnknownTypes?: boolean;
  /** Compacted topics: the type under which a null value is delivered. */
  tombstoneType?: string;
  /**
   * What comes here is decided on everything known of its customer: it waits, answered, while any message of the
   * customer lies parked, on whatever topic (SEMANTICS.md 16).
   */
  needsAllFacts?: boolean;
}

/** What a service listens to. */
export interface Subscriptions {
  /** Topics keyed by customer, owned by lanes partition by partition. */
  lanes: readonly Subscription[];
  /** Topics with one partition, consumed beside the lanes. */
  calendar: readonly Subscription[];
  /**
   * Where records on a wrong partition are forwarded to; without it they are handled where they came, so that two lanes
   * may write of one customer at once: the service locks what it reads, or its writes come out the same in any order.
   */
  forwardTo?: Topic;
  /** Counts what was said, after each commit. */
  observer?: new (...dependencies: never[]) => CommitObserver;
  /** Puts right what messages that left late may have spoilt. */
  lateSends?: new (...dependencies: never[]) => LateSends;
}
