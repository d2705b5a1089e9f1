import { formatMinor } from '@ordergate/money';
import type { Backtest, OwedOn } from '../backtest.ts';
import type { ComparedOrder } from '../compared-order.ts';
import { paymentKinds } from '../payment-outcome.ts';
import type { ByPayment, MonthTally, PolicyTally, ReasonTally, Sum } from '../tally.ts';

/** The report for programs; amounts are decimal text by currency. docs/policy.md says what it holds. */
export function jsonReport({ tally, judging, owed, ...said }: Backtest): object {
  return {
    ...said,
    ...judging,
    customers: tally.customers,
    orders: byPayment(tally.all),
    policies: { before: policy(tally.before), after: policy(tally.after) },
    changes: {
      newlyHeld: byPayment(tally.newlyHeld),
      newlyApproved: byPayment(tally.newlyApproved),
      heldForOtherReasons: tally.otherReasons,
    },
    reasons: Object.fromEntries([...tally.reasons].map(([code, its]) => [code, reason(its)])),
    months: Object.fromEntries([...tally.months].map(([key, its]) => [key, month(its)])),
    owed: owed.map(owedOn),
    changedOrders: tally.changed.map(changedOrder),
  };
}

const sum = ({ orders, minor }: Sum) => ({ orders, worth: amounts(minor) });
const amounts = (minor: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries([...minor].map(([currency, value]) => [currency, formatMinor(value, currency)]));
const byPayment = (sums: ByPayment) => Object.fromEntries(paymentKinds.map((kind) => [kind, sum(sums[kind])]));
const policy = ({ approved, held }: PolicyTally) => ({ approved: byPayment(approved), held: byPayment(held) });
const reason = ({ aloneBefore, aloneAfter, ...sums }: ReasonTally) => ({
  ...Object.fromEntries(Object.entries(sums).map(([name, its]) => [name, byPayment(its)])),
  aloneBefore: sum(aloneBefore),
  aloneAfter: sum(aloneAfter),
});
const month = ({ all, heldBefore, heldAfter }: MonthTally) => ({
  all: sum(all),
  heldBefore: byPayment(heldBefore),
  heldAfter: byPayment(heldAfter),
});
const owedOn = ({ day, before, after }: OwedOn) => ({ day, before: amounts(before), after: amounts(after) });
const changedOrder = ({ minor, currency, ...order }: ComparedOrder) => ({
  ...order,
  worth: { amount: formatMinor(minor, currency), currency },
});
