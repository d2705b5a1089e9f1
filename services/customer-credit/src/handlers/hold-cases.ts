import { convert } from '@ordergate/money';
import type { Sql } from '@ordergate/database';
import type { Cause } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { limitInForce } from '../domain/account/limit-in-force.ts';
import type { Reason } from '../domain/gate/reason.ts';
import {
  closedAs,
  heldAs,
  isOpen,
  type ClosedStatus,
  type CreditHold,
  type HeldOrder,
  type Moment,
} from '../domain/hold/credit-hold.ts';
import { holdPriority, scoreOf } from '../domain/hold/hold-priority.ts';
import { limitExcessOf } from '../domain/hold/limit-excess-of.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { loadHolds, saveHolds } from '../store/credit-hold.store.ts';
import { saveHoldEvents, type HoldEvent } from '../store/hold-event.store.ts';
import type { AccountWork } from './account-work.ts';
import { holdMessage } from './hold-message.ts';

/** What is told of a hold beside its state. */
type Happened = Pick<HoldEvent, 'kind' | 'happenedBy' | 'why' | 'before' | 'after'>;

const keyOf = ({ customerId, orderId }: { customerId: string; orderId: string }): string => `${customerId}\n${orderId}`;

/** The cases of a chunk's held orders: loaded once, moved in memory with each decision, saved and told with it. */
export class HoldCases {
  private readonly holds = new Map<string, CreditHold>();
  private readonly changed = new Set<string>();
  private readonly events: HoldEvent[] = [];

  /** Loads the cases of those orders that are held; where none is, it asks nothing. */
  async load(sql: Sql, orders: readonly CustomerOrder[]): Promise<void> {
    const held = orders.filter((order) => order.status === 'held' && !this.holds.has(keyOf(order)));
    for (const hold of await loadHolds(sql, held)) this.holds.set(keyOf(hold), hold);
  }

  of(order: CustomerOrder): CreditHold | undefined {
    return this.holds.get(keyOf(order));
  }

  /** The order is held under this `seq`, for the first time or again. */
  held(work: AccountWork, order: CustomerOrder, reasons: readonly Reason[], seq: bigint, cause: Cause): void {
    const account = work.account(order.customerId);
    const before = this.of(order);
    const moment = momentOf(work, seq);
    const held = heldOrder(work, account, order, reasons);
    const { customerId, orderId } = order;
    const hold = heldAs(before, { customerId, orderId }, held, 0, moment);
    this.set(work, { ...hold, priority: priorityOf(work, account, hold) }, cause);
  }

  /** The order is held no more. */
  close(work: AccountWork, order: CustomerOrder, status: ClosedStatus, seq: bigint, cause: Cause): void {
    const hold = this.of(order);
    if (isOpen(hold)) this.set(work, closedAs(hold, status, momentOf(work, seq)), cause);
  }

  /** The hold as it is from now on; what happened, where no decision tells it. */
  set(work: AccountWork, hold: CreditHold, cause: Cause, happened?: Happened): void {
    this.holds.set(keyOf(hold), hold);
    this.changed.add(keyOf(hold));
    work.outgoing.push({ ...holdMessage(hold), causedBy: cause });
    if (happened) this.note(work, hold, happened);
  }

  /** What happened to a hold and leaves its state as it is. */
  note(work: AccountWork, { customerId, orderId, seq }: CreditHold, happened: Happened): void {
    const { at: happenedAt } = work.chunk;
    this.events.push({ customerId, orderId, seq, happenedAt, businessDay: work.businessDay, ...happened });
  }

  async save(sql: Sql): Promise<void> {
    const changed = [...this.changed].map((key) => this.holds.get(key)!);
    await Promise.all([saveHolds(sql, changed), saveHoldEvents(sql, this.events)]);
  }
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

function priorityOf(work: AccountWork, account: CreditAccount, hold: CreditHold): number {
  const { limit } = limitInForce(account, work.businessDay);
  return scoreOf(
    holdPriority({
      accountCurrency: hold.accountCurrency,
      amount: hold.totalInAccountCurrency,
      excess: hold.excess,
      limit: limit.kind === 'amount' ? limit.minor : null,
      riskClass: hold.riskClass,
      requestedDeliveryOn: hold.urgency.requestedDeliveryOn,
      openedOn: hold.openedOn,
      businessDay: work.businessDay,
    }),
  );
}
