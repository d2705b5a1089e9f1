import { readEvent, type EventRecord } from '@ordergate/contracts';
import type { TailRecord } from './topic-tail.ts';

const outcomes: Record<string, string> = {
  'OrderApproved.v1': 'approved',
  'OrderHeld.v1': 'held',
  'OrderReleased.v1': 'released',
  'OrderDeclined.v1': 'declined',
};

/** A decision as the topic told it; the fields that a replay looks at. */
export interface HeardDecision {
  outcome: string;
  decisionId?: string;
  orderId: string;
  orderVersion: number;
  customerId: string;
  seq: number;
  businessDay?: string;
  reasons: { code: string }[];
}

/** What the gate answered to the orders of a replay, and how long each answer took. */
export class DecisionLog {
  /** The one in force: of several, the highest `seq` of the highest version. */
  readonly effective = new Map<string, HeardDecision>();
  readonly first = new Map<string, HeardDecision>();
  /** From before the order was sent until its first decision was read; by order. */
  readonly latencyMs = new Map<string, number>();
  private readonly sentAtMs = new Map<string, number>();

  noteSent(orderIds: readonly string[], atMs: number): void {
    for (const orderId of orderIds) this.sentAtMs.set(orderId, atMs);
  }

  noteHeard({ message, readAtMs }: TailRecord): void {
    const decision = heardDecision(message);
    if (!decision) return;
    const sentAtMs = this.sentAtMs.get(decision.orderId);
    if (sentAtMs === undefined) return;

    if (!this.first.has(decision.orderId)) {
      this.first.set(decision.orderId, decision);
      this.latencyMs.set(decision.orderId, readAtMs - sentAtMs);
    }
    const known = this.effective.get(decision.orderId);
    if (!known || isLater(decision, known)) this.effective.set(decision.orderId, decision);
  }

  /** Orders that were sent and have no answer. */
  get unanswered(): string[] {
    return [...this.sentAtMs.keys()].filter((orderId) => !this.first.has(orderId));
  }
}

/** The decision that a record on `credit-decisions` tells; null when it tells something else. */
export function heardDecision(message: EventRecord): HeardDecision | null {
  const read = readEvent(message);
  const outcome = read.ok ? outcomes[read.event.type] : undefined;
  return read.ok && outcome !== undefined ? { ...(read.event.data as Omit<HeardDecision, 'outcome'>), outcome } : null;
}

/** Effective is, of several decisions of an order, the one with the highest `seq` of the highest version. */
export const isLater = (one: HeardDecision, other: HeardDecision): boolean =>
  one.orderVersion === other.orderVersion ? one.seq > other.seq : one.orderVersion > other.orderVersion;
