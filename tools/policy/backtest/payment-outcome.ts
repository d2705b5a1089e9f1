import { daysBetween } from '@ordergate/money';

/**
 * What became of an order's invoices. `late` is later than the due day and fewer than the days that count as too late.
 * `not-known`: nothing was invoiced, or what is open is not late enough to say.
 */
export const paymentKinds = ['on-time', 'late', 'too-late', 'not-known'] as const;
export type PaymentKind = (typeof paymentKinds)[number];

export interface PaymentOutcome {
  kind: PaymentKind;
  /** Of the part that came last; null when nothing was paid. */
  daysLate: number | null;
  /** Some part was not paid: written off, or still open and too late by now. */
  isUnpaid: boolean;
}

/** A part of an order's invoices, by what became of it. Minor units. */
export type InvoicedPart =
  | { kind: 'paid'; dueOn: string; paidOn: string }
  | { kind: 'open'; dueOn: string }
  /** A cheque that has not cleared yet. */
  | { kind: 'in-hand' }
  | { kind: 'written-off' }
  /** Taken back by a credit note: nobody owes it. */
  | { kind: 'credited' };

export interface Judging {
  /** The last day of which anything is known. */
  knownUntil: string;
  /** From so many days after the due day on it is too late. */
  lateDays: number;
}

/** An order is as good as the worst part of its invoices. */
export function paymentOutcome(parts: readonly InvoicedPart[], judging: Judging): PaymentOutcome {
  const outcomes = parts.filter((part) => part.kind !== 'credited').map((part) => outcomeOf(part, judging));
  const worst = worstFirst.find((kind) => outcomes.some((outcome) => outcome.kind === kind)) ?? 'not-known';
  const days = outcomes.flatMap(({ daysLate }) => daysLate ?? []);
  return {
    kind: worst,
    daysLate: days.length > 0 ? Math.max(...days) : null,
    isUnpaid: outcomes.some(({ isUnpaid }) => isUnpaid),
  };
}

const worstFirst: readonly PaymentKind[] = ['too-late', 'not-known', 'late', 'on-time'];

function outcomeOf(
  part: Exclude<InvoicedPart, { kind: 'credited' }>,
  { knownUntil, lateDays }: Judging,
): PaymentOutcome {
  switch (part.kind) {
    case 'paid': {
      const daysLate = Math.max(0, daysBetween(part.dueOn, part.paidOn));
      const kind = daysLate === 0 ? 'on-time' : daysLate < lateDays ? 'late' : 'too-late';
      return { kind, daysLate, isUnpaid: false };
    }
    case 'open': {
      const isTooLate = daysBetween(part.dueOn, knownUntil) >= lateDays;
      return { kind: isTooLate ? 'too-late' : 'not-known', daysLate: null, isUnpaid: isTooLate };
    }
    case 'written-off':
      return { kind: 'too-late', daysLate: null, isUnpaid: true };
    case 'in-hand':
      return { kind: 'not-known', daysLate: null, isUnpaid: false };
  }
}
