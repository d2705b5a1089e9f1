import { compareText } from '@ordergate/receivables';
import { minMinor } from '@ordergate/money';

/** An amount and the last day on which paying it is in time. Minor units. */
export interface Instalment {
  readonly payOn: string;
  readonly amount: bigint;
}

/** A part of a payment or instrument that came in for a commitment. */
export interface Receipt {
  /** `payment P-1`, `instrument Q-1`. */
  readonly credit: string;
  readonly amount: bigint;
}

/**
 * What a customer has committed to pay. A promise is one amount on one day, a payment plan several. It is kept when all
 * has come in time, and broken on the business day after a day on which something was missing. While it is open it excuses
 * the oldest items up to what is promised; broken, it excuses nothing.
 */
export interface Commitment {
  readonly kind: 'promise' | 'plan';
  readonly id: string;
  readonly currency: string;
  /** Earliest first. */
  readonly instalments: readonly Instalment[];
  receipts: readonly Receipt[];
  state: 'open' | 'kept' | 'broken';
}

/** Money or an instrument that came in. */
export interface Received {
  readonly credit: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly receivedOn: string;
}

export const receivedFor = ({ receipts }: Commitment): bigint => receipts.reduce((sum, { amount }) => sum + amount, 0n);

export const promisedTotal = ({ instalments }: Commitment): bigint =>
  instalments.reduce((sum, { amount }) => sum + amount, 0n);

/** What is still missing, instalment by instalment, earliest first. Receipts fill the earliest first. */
export function missingOf(commitment: Commitment): Instalment[] {
  if (commitment.state !== 'open') return [];
  let received = receivedFor(commitment);
  return commitment.instalments.flatMap(({ payOn, amount }) => {
    const filled = minMinor(received, amount);
    received -= filled;
    return filled === amount ? [] : [{ payOn, amount: amount - filled }];
  });
}

/**
 * Lays what came in over the open commitments of its currency, the one that is due first before the others, each up to
 * what it lacks. What comes after its day does not count. Returns those that were changed; a full one is kept.
 */
export function receiveFor(commitments: readonly Commitment[], received: Received): Commitment[] {
  let rest = received.amount;
  return commitments
    .filter(({ state, currency }) => state === 'open' && currency === received.currency)
    .sort(byNextDay)
    .filter((commitment) => {
      const missing = missingOf(commitment);
      const lacking = missing.reduce((sum, { amount }) => sum + amount, 0n);
      const part = minMinor(rest, lacking);
      if (part === 0n || received.receivedOn > missing[0]!.payOn) return false;
      rest -= part;
      commitment.receipts = [...commitment.receipts, { credit: received.credit, amount: part }];
      if (part === lacking) commitment.state = 'kept';
      return true;
    });
}

/** Takes back what a payment that did not hold had given. What was kept stays kept. Returns those that were changed. */
export function takeBack(commitments: readonly Commitment[], credit: string): Commitment[] {
  return commitments.filter((commitment) => {
    if (commitment.state !== 'open' || !commitment.receipts.some((receipt) => receipt.credit === credit)) return false;
    commitment.receipts = commitment.receipts.filter((receipt) => receipt.credit !== credit);
    return true;
  });
}

/** The first instalment whose day has passed without all of it; null when the commitment stands. */
export function brokenBy(commitment: Commitment, businessDay: string): Instalment | null {
  const [first] = missingOf(commitment);
  return first && first.payOn < businessDay ? first : null;
}

/** All that is promised, by day, earliest first; per currency. */
export function promisedOf(commitments: readonly Commitment[], currency: string): Instalment[] {
  const byDay = new Map<string, bigint>();
  for (const commitment of commitments) {
    if (commitment.currency !== currency) continue;
    for (const { payOn, amount } of missingOf(commitment)) byDay.set(payOn, (byDay.get(payOn) ?? 0n) + amount);
  }
  return [...byDay].map(([payOn, amount]) => ({ payOn, amount })).sort((a, b) => compareText(a.payOn, b.payOn));
}

function byNextDay(left: Commitment, right: Commitment): number {
  const day = (commitment: Commitment): string => missingOf(commitment)[0]?.payOn ?? '';
  return compareText(day(left), day(right)) || compareText(left.id, right.id);
}
