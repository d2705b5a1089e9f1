import type { Cause } from '@ordergate/messaging';
import { openItems, type Book, type ReceivableEvent } from '@ordergate/receivables';
import type { PaidAmount } from '../domain/standing/payment-record.ts';
import { undisputedOverdue } from '../domain/standing/standing.ts';
import { brokenBy, receiveFor, takeBack, type Instalment } from '../domain/promise/commitment.ts';
import type { KeptCommitment } from '../store/commitment.store.ts';
import type { KeptStanding } from '../store/standing.store.ts';

/** One customer as a chunk has it in hand: changed message by message, saved at the end. */
export interface CustomerInHand {
  readonly customerId: string;
  readonly book: Book;
  /** As it was before the chunk. */
  readonly kept: KeptStanding;
  readonly paidBefore: ReadonlyMap<string, PaidAmount>;
  readonly commitments: KeptCommitment[];
  readonly changedCommitments: Set<KeptCommitment>;
  /** What the standing is told in: the account's; before its record has come, that of the first document. */
  currency: string | null;
  dunningLevel: number;
  /** The last notice since the level was 0. */
  dunnedOn: string | null;
  /** The last message about the customer: what its standing changes by. */
  readonly cause: Cause;
}

/** A standing begins with the first document, or with a promise. */
export const hasBegun = ({ kept, book, commitments }: CustomerInHand): boolean =>
  kept.standing !== null || book.items.size > 0 || book.credits.size > 0 || commitments.length > 0;

/** Lays money that came in over what was promised, or takes it back; returns what is kept by it. */
export function noteMoney(customer: CustomerInHand, event: ReceivableEvent): KeptCommitment[] {
  const changed = changedBy(customer.commitments, event) as KeptCommitment[];
  changed.forEach((commitment) => customer.changedCommitments.add(commitment));
  return changed.filter(({ state }) => state === 'kept');
}

function changedBy(commitments: readonly KeptCommitment[], event: ReceivableEvent) {
  switch (event.type) {
    case 'PaymentReceived.v1':
      return receiveFor(commitments, received(`payment ${event.paymentId}`, event));
    case 'InstrumentReceived.v1':
      return receiveFor(commitments, received(`instrument ${event.instrumentId}`, event));
    case 'PaymentReversed.v1':
      return takeBack(commitments, `payment ${event.paymentId}`);
    case 'InstrumentBounced.v1':
      return takeBack(commitments, `instrument ${event.instrumentId}`);
    default:
      return [];
  }
}

interface CameIn {
  total: { minor: bigint; currency: string };
  receivedOn: string;
}

const received = (credit: string, { total, receivedOn }: CameIn) => ({
  ...{ credit, receivedOn, currency: total.currency, amount: total.minor },
});

/** Breaks what was not paid by its day; returns what broke, each with the instalment that was missed. */
export function breakMissed(
  customer: CustomerInHand,
  businessDay: string,
): { commitment: KeptCommitment; missed: Instalment }[] {
  return customer.commitments.flatMap((commitment) => {
    const missed = brokenBy(commitment, businessDay);
    if (missed === null) return [];
    commitment.state = 'broken';
    customer.changedCommitments.add(commitment);
    return [{ commitment, missed }];
  });
}

/** The dunning level falls to 0 at the moment at which nothing is overdue, though more may follow in the same chunk. */
export function noteNothingOverdue(customer: CustomerInHand, businessDay: string): void {
  if (customer.dunningLevel === 0 || undisputedOverdue(openItems(customer.book), businessDay).length > 0) return;
  customer.dunningLevel = 0;
  customer.dunnedOn = null;
}
