import type { Money } from '@ordergate/money';
import type { Decision } from './decision.ts';

/** One version of an order, as its sender wrote it. */
export interface OrderVersion {
  readonly version: number;
  /** So that a resend is told from a change without a new number. */
  readonly contentHash: string;
  readonly total: Money;
  readonly placedAt: Date;
  readonly salesRepId: string | null;
  /** The whole order as JSON; null: unchanged since it was stored. */
  readonly document: string | null;
}

/**
 * An order as the book knows it. What its sender said, what the gate decided and what left the warehouse come on
 * different topics, between which no order is promised: each part is kept by itself, and the status follows from all.
 */
export interface Order {
  readonly orderId: string;
  readonly customerId: string;
  /** The newest version; null while only a cancellation, a shipment or a decision has come. */
  readonly newest: OrderVersion | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  /** The effective one; null while none has come. */
  readonly decision: Decision | null;
  /** The sum of what has left; null while nothing has. */
  readonly shipped: Money | null;
  /** A final shipment has left: nothing more will. */
  readonly isFinallyShipped: boolean;
  /** The highest seq that the gate has told of this order; null while it has told none. */
  readonly heardSeq: number | null;
  /** How many entries its timeline has. */
  readonly entries: number;
}

export const unknownOrder = (orderId: string, customerId: string): Order => ({
  orderId,
  customerId,
  newest: null,
  cancelledAt: null,
  cancelReason: null,
  decision: null,
  shipped: null,
  isFinallyShipped: false,
  heardSeq: null,
  entries: 0,
});

/** An orderId belongs to the customer who first placed or cancelled it; a decision or a shipment alone claims nothing. */
export const isClaimed = ({ newest, cancelledAt }: Order): boolean => newest !== null || cancelledAt !== null;

/** What the gate tells of an order comes in the order of seq; what is older than the newest is a repeat (SEMANTICS.md 4). */
export const isRepeated = ({ heardSeq }: Order, seq: number): boolean => heardSeq !== null && seq <= heardSeq;
