import type { Topic } from '@ordergate/contracts';
import type { Sql } from '@ordergate/database';
import type { SentMessage } from './message-sender.ts';

/** A Kafka record as it came, kept so that it can be dead-lettered, parked or forwarded whole. */
export interface RawRecord {
  /** Without the prefix. */
  topic: Topic;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  /** When its sender wrote it; unknown of what comes back from the table of parked messages or took a hop. */
  timestampMs?: number;
}

/** What an outgoing message must know of the message that caused it. */
export interface Cause {
  /** `ce_id` of the causing message, or topic-partition-offset of a record that has none. */
  id: string;
  source: string;
  correlationId: string | undefined;
  traceparent: string | undefined;
  /** The lane partition that handles it: its outgoing messages are logged there. */
  partition: number;
  /** '' for messages that are about no single customer. */
  customerId: string;
  record: RawRecord;
}

/** A message that fits its contract, as handlers get it. */
export interface Delivery<Message extends object = object> extends Cause {
  type: string;
  /** `ce_time`; undefined if the sender gave none. */
  time: string | undefined;
  message: Message;
}

/**
 * A message that is not handled now: it does not fit its contract, has the id of another one, or waits parked or behind a
 * parked one of its customer.
 */
export interface Undecided extends Cause {
  because: 'malformed' | 'conflicting' | 'parked';
  type: string | undefined;
  /** The data as far as it could be read; nothing in it is validated. */
  data: unknown;
  /** Every violation named, one sentence each. */
  violations: string[];
}

/** The transaction that a chunk runs in, with the facts that were read at its start. */
export interface Chunk {
  sql: Sql;
  /** The latest business day that has started; null before the first one. */
  businessDay: string | null;
  /** When this chunk began: the one clock reading of the transaction. */
  at: Date;
  /** Everything that the transaction takes, of every topic: what two handlers lock must be locked in one order at once. */
  about: readonly Cause[];
  /**
   * Some of it may have come before, or tell what is known already. While this is false a handler may append what its message
   * says is new, without a look whether it is there: a key that is taken ends the transaction, and the chunk is taken once more.
   */
  expectsRepeats: boolean;
  /** Takes writes that only the commit has to wait for: they travel with the statements that follow. */
  beforeCommit(writes: Promise<unknown>): void;
}

/** A message that leaves with the transaction. */
export interface OutgoingMessage {
  topic: Topic;
  key: string;
  type: string;
  /** null: a tombstone, which clears the key of a compacted topic. */
  data: object | null;
  causedBy: Cause;
  /** The order or document it is about: where a chain of messages starts that carries no correlation id yet. */
  about?: string;
}

/** A record that goes to the dead-letter topic of the topic it came from, with every violation named. */
export interface DeadLetter {
  deadLetter: Cause;
  violations: string[];
  /** What happened, as a name; `MalformedMessage` when left out. */
  exception?: 'UnhandledMessage' | 'ConflictingDuplicate' | 'MisplacedRecord';
}

export type Outgoing = OutgoingMessage | DeadLetter;

/** Handlers take batches: everything of one topic that a lane commits together. A batch of one is still a batch. */
export interface BatchHandler {
  /** `ce_type`s that this service acts on; other known types on the topic are skipped. */
  readonly types: readonly string[];
  /** Changes the service's state in `chunk.sql` and returns what must be told. */
  handle(deliveries: Delivery[], chunk: Chunk): Promise<Outgoing[]>;
  /** Answers the senders of messages that cannot be handled now. */
  answerUndecided?(undecided: Undecided[], chunk: Chunk): Promise<Outgoing[]>;
  /**
   * Ends what a chunk has begun and what must not be one transaction, such as a job over all customers. Called after each
   * COMMIT, of repeats too, and again until it succeeds: the messages count as handled, for Kafka, only then.
   */
  afterCommit?(): Promise<void>;
}

/** Hears what a transaction has said, after its commit: the place for a service's own figures. */
export interface CommitObserver {
  committed(outgoing: readonly Outgoing[]): void;
}

/** A message that the brokers took later than a session time-out after its commit: a newer one may have been sent before it. */
export interface LateMessage {
  /** `ce_id` */
  id: string;
  topic: Topic;
  key: string;
  /** Whose message caused it. */
  customerId: string;
}

/** Says what must be told once more after late messages, such as the state that a compacted topic must end on (SEMANTICS.md 3). */
export interface LateSends {
  tellAgain(late: readonly LateMessage[]): SentMessage[];
}

/** Ends a message with a clear no that no retry can change: it goes to the dead-letter topic. */
export function deadLetter(cause: Cause, ...violations: string[]): DeadLetter {
  return { deadLetter: cause, violations };
}
