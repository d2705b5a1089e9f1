import { creditOf } from '../book/book.ts';
import type { Credit } from '../book/credit.ts';
import { inHand } from '../book/totals.ts';
import { ignored, refused, type Ignored, type Refused } from '../outcome.ts';
import type { InstrumentBounced, InstrumentCleared, PaymentReversed } from '../receivable-event.ts';
import { take, undoAllocation, type Change } from './change.ts';

/** The bank has paid: the instrument is exposure no longer. */
export function clearInstrument(
  { book, movement }: Change,
  { instrumentId }: InstrumentCleared,
): Ignored | Refused | null {
  const credit = creditOf(book, 'instrument', instrumentId);
  if (!credit) return refused(neverReceived('instrument', instrumentId));
  if (credit.state === 'cleared') return ignored('already-cleared');
  if (credit.state === 'bounced')
    return refused(`instrument ${instrumentId} has bounced; post a payment if the money came after all`);

  movement.instrumentsInHand -= inHand(credit);
  credit.state = 'cleared';
  book.changes.credits.add(credit);
  return null;
}

/** Not paid after all, in hand or already cleared: what it had paid is open again. */
export function bounceInstrument(change: Change, { instrumentId }: InstrumentBounced): Ignored | Refused | null {
  const credit = creditOf(change.book, 'instrument', instrumentId);
  if (!credit) return refused(neverReceived('instrument', instrumentId));
  if (credit.state === 'bounced') return ignored('already-bounced');
  undo(change, credit);
  credit.state = 'bounced';
  return null;
}

/** The same for a payment that did not hold. */
export function reversePayment(change: Change, { paymentId }: PaymentReversed): Ignored | Refused | null {
  const credit = creditOf(change.book, 'payment', paymentId);
  if (!credit) return refused(neverReceived('payment', paymentId));
  if (credit.state === 'reversed') return ignored('already-reversed');
  undo(change, credit);
  credit.state = 'reversed';
  return null;
}

function undo(change: Change, credit: Credit): void {
  for (const paid of credit.allocations.splice(0)) undoAllocation(change, credit, paid);
  take(change, credit, credit.unallocated);
  credit.earmarks = [];
}

const neverReceived = (kind: string, id: string): string => `${kind} ${id} was never received`;
