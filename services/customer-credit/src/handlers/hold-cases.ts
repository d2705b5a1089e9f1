import { convert } from '@ordergate/money';
import type { Sql } from '@ordergate/database';
import type { Cause } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { limitInForce } from '../domain/account/limit-in-force.ts';
import { areSameReasons, type Reason } from '../domain/gate/reason.ts';
import {
  closedAs,
  heldAs,
  isOpen,
  type ClosedStatus,
  type CreditHold,
  type HeldOrder,
  type Moment,
} from '../domain/hold/credit-hold.ts';
import { holdPriority, scoreOf, type PriorityFacts } from '../domain/hold/hold-priority.ts';
import { limitExcessOf } from '../domain/hold/limit-excess-of.ts';
import type { HeldCase } from '../domain/hold/release-order.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { loadHolds, saveHolds } from '../store/credit-hold.store.ts';
import type { OrderKey } from '../store/customer-order.store.ts';
import { saveHoldEvents, type HoldEvent } from '../store/hold-event.store.ts';
import type { AccountWork } from './account-work.ts';
import { holdMessage } from './hold-message.ts';

/** What is told of a hold beside its state. */
type Happened = Pick<HoldEvent, 'kind' | 'happenedBy' | 'why' | 'before' | 'after'>;

const keyOf = ({ customerId, orderId }: { customerId: string; orderId: string }): string => `${customerId}\n${orderId}`;

/** The cases of a chunk's held orders: loaded once, moved in memory with each decision, saved and told with it. */
export class HoldCases {
  private readonly holds = new Map<string, CreditHold>();
  private readonly ofCustomers = new Map<string, Set<string>>();
  private readonly changed = new Set<string>();
  private readonly events: HoldEvent[] = [];

  /** Loads the cases of those orders that are held; where none is, it asks nothing. */
  async load(sql: Sql, orders: readonly CustomerOrder[]): Promise<void> {
    const held = orders.filter((order) => order.status === 'held' && !this.holds.has(keyOf(order)));
    for (const hold of await loadHolds(sql, held)) this.keep(hold);
  }

  /** The cases of orders that are named, open or closed. */
  async loadNamed(sql: Sql, orders: readonly OrderKey[]): Promise<void> {
    const unknown = orders.filter((order) => !this.holds.has(keyOf(order)));
    for (const hold of await loadHolds(sql, unknown)) this.keep(hold);
  }

  of(order: OrderKey): CreditHold | undefined {
    return this.holds.get(keyOf(order));
  }

  /** The account's orders in hand that are held, each with its case. */
  heldOf(work: AccountWork, { customerId }: CreditAccount): HeldCase[] {
    return [...(this.ofCustomers.get(customerId) ?? [])].flatMap((orderId) => {
      const order = work.order(customerId, orderId);
      return order.status === 'held' ? [{ order, hold: this.of(order) }] : [];
    });
  }

  /** Every open case in hand. */
  open(): CreditHold[] {
    return [...this.holds.values()].filter(isOpen);
  }

  /** The order is held under this `seq`, for the first time or again. */
  held(work: AccountWork, order: CustomerOrder, reasons: readonly Reason[], seq: bigint, cause: Cause): void {
    this.set(work, this.caseOf(work, order, reasons, seq), cause);
  }

  /**
   * The order was asked again and stays held: no decision, the case says what holds it now. Its history tells when that is
   * something else, not when figures have moved.
   */
  renew(work: AccountWork, order: CustomerOrder, reasons: readonly Reason[], cause: Cause): void {
    const account = work.account(order.customerId);
    const before = this.of(order);
    if (before?.releaseRequest && before.releaseRequest.expiresOn < work.businessDay) this.lapse(work, before, cause);
    if (before && areSameReasons(before.reasons, reasons)) return this.refresh(work, account, this.of(order)!);
    const after = this.caseOf(work, order, reasons, work.nextSeq(account));
    const [were, are] = [saidOf(before?.reasons ?? []), saidOf(reasons)];
    const isOther = were.join(' ') !== are.join(' ');
    this.set(
      work,
      after,
      cause,
      isOther
        ? {
            ...{ kind: 'reasons-changed', happenedBy: 'policy', why: null },
            ...{ before: { reasons: were, status: before?.status }, after: { reasons: are, status: after.status } },
          }
        : undefined,
    );
  }

  /** Nobody has agreed in time. */
  private lapse(work: AccountWork, hold: CreditHold, cause: Cause): void {
    const { seq, at: updatedAt } = momentOf(work, work.nextSeq(work.account(hold.customerId)));
    this.set(work, { ...hold, releaseRequest: null, seq, updatedAt }, cause, {
      ...{ kind: 'request-lapsed', happenedBy: 'policy', why: null, before: hold.releaseRequest, after: null },
    });
  }

  /** Another day, another urgency: nobody is told. */
  private refresh(work: AccountWork, account: CreditAccount, hold: CreditHold): void {
    const priority = priorityOf(work, account, hold);
    if (priority === hold.priority) return;
    this.keep({ ...hold, priority });
    this.changed.add(keyOf(hold));
  }

  private caseOf(work: AccountWork, order: CustomerOrder, reasons: readonly Reason[], seq: bigint): CreditHold {
    const account = work.account(order.customerId);
    const { customerId, orderId } = order;
    const held = heldOrder(work, account, order, reasons);
    const hold = heldAs(this.of(order), { customerId, orderId }, held, momentOf(work, seq));
    return { ...hold, priority: priorityOf(work, account, hold) };
  }

  /** The order is held no more. */
  close(work: AccountWork, order: CustomerOrder, status: ClosedStatus, seq: bigint, cause: Cause): void {
    const hold = this.of(order);
    if (isOpen(hold)) this.set(work, closedAs(hold, status, momentOf(work, seq)), cause);
  }

  /** The hold as it is from now on; what happened, where no decision tells it. */
  set(work: AccountWork, hold: CreditHold, cause: Cause, happened?: Happened): void {
    this.keep(hold);
    this.changed.add(keyOf(hold));
    work.outgoing.push({ ...holdMessage(hold), causedBy: cause });
    if (happened) this.note(work, hold, happened);
  }

  /** What happened to a hold and leaves its state as it is. */
  note(work: AccountWork, { customerId, orderId, seq }: OrderKey & { seq: bigint }, happened: Happened): void {
    const { at: happenedAt } = work.chunk;
    this.events.push({ customerId, orderId, seq, happenedAt, businessDay: work.businessDay, ...happened });
  }

  /** Somebody looks at the order again on that day; told with what happens to the hold now. */
  review(hold: CreditHold, reviewOn: string): void {
    this.keep({ ...hold, reviewOn });
  }

  private keep(hold: CreditHold): void {
    this.holds.set(keyOf(hold), hold);
    const { customerId, orderId } = hold;
    const known = this.ofCustomers.get(customerId);
    if (known) known.add(orderId);
    else this.ofCustomers.set(customerId, new Set([orderId]));
  }

  async save(sql: Sql): Promise<void> {
    const changed = [...this.changed].map((key) => this.holds.get(key)!);
    await Promise.all([saveHolds(sql, changed), saveHoldEvents(sql, this.events)]);
  }
}

/** What holds an order, without its figures. */
function saidOf(reasons: readonly Reason[]): string[] {
  return reasons.map(({ code, subject }) => (subject === undefined ? code : `${code} (${subject})`));
}

export function momentOf({ chunk, businessDay }: AccountWork, seq: bigint): Moment {
  return { seq, at: chunk.at, businessDay };
}

function heldOrder(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  reasons: readonly Reason[],
): HeldOrder {
  const { currency, total, conditions } = order;
  const rate = work.rate(currency, account.currency);
  return {
    orderVersion: order.version > 0 ? order.version : null,
    reasons,
    total: currency === null ? null : { minor: total, currency },
    accountCurrency: account.currency,
    totalInAccountCurrency: rate === null ? null : convert(total, currency!, account.currency!, rate),
    excess: limitExcessOf(reasons, account.currency),
    salesRepId: conditions.salesRepId ?? account.salesRepId,
    segment: conditions.segment ?? account.segment,
    riskClass: account.riskClass,
    urgency: order.urgency,
  };
}

function priorityOf(work: AccountWork, account: CreditAccount, hold: Omit<CreditHold, 'priority'>): number {
  return scoreOf(holdPriority(priorityFactsOf(work, account, hold)));
}

/** What the priority of a hold rests on, on the business day. */
export function priorityFactsOf(
  { businessDay }: AccountWork,
  account: CreditAccount,
  hold: Omit<CreditHold, 'priority'>,
): PriorityFacts {
  const { limit } = limitInForce(account, businessDay);
  return {
    accountCurrency: hold.accountCurrency,
    amount: hold.totalInAccountCurrency,
    excess: hold.excess,
    limit: limit.kind === 'amount' ? limit.minor : null,
    riskClass: hold.riskClass,
    requestedDeliveryOn: hold.urgency.requestedDeliveryOn,
    openedOn: hold.openedOn,
    businessDay,
  };
}
