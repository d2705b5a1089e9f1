import { isHeld, type Answer, type ComparedOrder } from './compared-order.ts';
import { paymentKinds, type PaymentKind } from './payment-outcome.ts';

/** Orders and what they are worth: minor units by currency. */
export interface Sum {
  orders: number;
  minor: Map<string, bigint>;
}
export type ByPayment = Record<PaymentKind, Sum>;

export interface PolicyTally {
  approved: ByPayment;
  held: ByPayment;
}

/** Orders that one reason held; an order counts under each of its reasons. */
export interface ReasonTally {
  before: ByPayment;
  after: ByPayment;
  /** Held for this reason and no other: what it alone keeps back. */
  aloneBefore: Sum;
  aloneAfter: Sum;
  /** Under the reasons of the policy that holds. */
  newlyHeld: ByPayment;
  newlyApproved: ByPayment;
}

export interface MonthTally {
  all: Sum;
  heldBefore: ByPayment;
  heldAfter: ByPayment;
}

export const noSum = (): Sum => ({ orders: 0, minor: new Map() });
export const noPayments = (): ByPayment => Object.fromEntries(paymentKinds.map((kind) => [kind, noSum()])) as ByPayment;

/** What two policies did to the same orders, order by order. */
export class Tally {
  readonly all = noPayments();
  readonly before: PolicyTally = { approved: noPayments(), held: noPayments() };
  readonly after: PolicyTally = { approved: noPayments(), held: noPayments() };
  readonly newlyHeld = noPayments();
  readonly newlyApproved = noPayments();
  /** Held by both, for other reasons. */
  otherReasons = 0;
  readonly reasons = new Map<string, ReasonTally>();
  /** By YYYY-MM. */
  readonly months = new Map<string, MonthTally>();
  /** Approved by one and held by the other. */
  readonly changed: ComparedOrder[] = [];
  private readonly customerIds = new Set<string>();

  get customers(): number {
    return this.customerIds.size;
  }

  add(order: ComparedOrder): void {
    const [wasHeld, isHeldNow] = [isHeld(order.before), isHeld(order.after)];
    this.customerIds.add(order.customerId);
    count(this.all, order);
    count(wasHeld ? this.before.held : this.before.approved, order);
    count(isHeldNow ? this.after.held : this.after.approved, order);
    this.addMonth(order);
    this.addReasons(order);
    if (wasHeld !== isHeldNow) {
      count(isHeldNow ? this.newlyHeld : this.newlyApproved, order);
      this.changed.push(order);
    } else if (wasHeld && !isSame(order.before, order.after)) this.otherReasons += 1;
  }

  private addMonth(order: ComparedOrder): void {
    const key = order.day.slice(0, 7);
    const month = this.months.get(key) ?? { all: noSum(), heldBefore: noPayments(), heldAfter: noPayments() };
    this.months.set(key, month);
    plus(month.all, order);
    if (isHeld(order.before)) count(month.heldBefore, order);
    if (isHeld(order.after)) count(month.heldAfter, order);
  }

  private addReasons(order: ComparedOrder): void {
    const { before, after } = order;
    for (const code of new Set(before)) {
      const reason = this.reason(code);
      count(reason.before, order);
      if (new Set(before).size === 1) plus(reason.aloneBefore, order);
      if (!isHeld(after)) count(reason.newlyApproved, order);
    }
    for (const code of new Set(after)) {
      const reason = this.reason(code);
      count(reason.after, order);
      if (new Set(after).size === 1) plus(reason.aloneAfter, order);
      if (!isHeld(before)) count(reason.newlyHeld, order);
    }
  }

  private reason(code: string): ReasonTally {
    let reason = this.reasons.get(code);
    if (!reason) {
      reason = {
        ...{ before: noPayments(), after: noPayments(), aloneBefore: noSum(), aloneAfter: noSum() },
        ...{ newlyHeld: noPayments(), newlyApproved: noPayments() },
      };
      this.reasons.set(code, reason);
    }
    return reason;
  }
}

const isSame = (one: Answer, other: Answer): boolean => one.toSorted().join(' ') === other.toSorted().join(' ');

function count(sums: ByPayment, order: ComparedOrder): void {
  plus(sums[order.payment.kind], order);
}

function plus(sum: Sum, { minor, currency }: ComparedOrder): void {
  sum.orders += 1;
  sum.minor.set(currency, (sum.minor.get(currency) ?? 0n) + minor);
}

/** Several sums as one. */
export function together(...sums: readonly Sum[]): Sum {
  const all = noSum();
  for (const { orders, minor } of sums) {
    all.orders += orders;
    for (const [currency, value] of minor) all.minor.set(currency, (all.minor.get(currency) ?? 0n) + value);
  }
  return all;
}

/** What is left of a sum without a part of it. */
export function minus(all: Sum, part: Sum): Sum {
  const negative = new Map([...part.minor].map(([currency, value]) => [currency, -value]));
  return together(all, { orders: -part.orders, minor: negative });
}

export const totalOf = (sums: ByPayment): Sum => together(...Object.values(sums));
