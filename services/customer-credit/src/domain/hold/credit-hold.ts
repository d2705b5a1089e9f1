import type { ExceededText } from '../gate/decision.ts';
import type { Reason } from '../gate/reason.ts';
import type { OrderUrgency } from '../order/customer-order.ts';

export type HoldStatus = 'open' | 'ready' | 'released' | 'declined' | 'cancelled' | 'expired';
export type ClosedStatus = Exclude<HoldStatus, 'open' | 'ready'>;

/** A release that is beyond what one person may do alone: it waits for a second one. */
export interface ReleaseRequest {
  requestId: string;
  /** User id, and the roles that the person had. */
  requestedBy: string;
  roles: readonly string[];
  requestedAt: string;
  /** The last business day on which a second person may answer. */
  expiresOn: string;
  reason: string;
  note: string | null;
  reviewOn: string | null;
  /** What the first person has agreed to exceed. */
  exceeded: readonly ExceededText[];
}

/** What a held decision says of the order: the case carries it for the work-list. */
export interface HeldOrder {
  /** null while only an unreadable version came. */
  orderVersion: number | null;
  reasons: readonly Reason[];
  /** Minor units of the order's currency; null when it could not be read. */
  total: { minor: bigint; currency: string } | null;
  accountCurrency: string | null;
  totalInAccountCurrency: bigint | null;
  /** Beyond the limit, in the account's currency; null when no limit is exceeded. */
  excess: bigint | null;
  salesRepId: string | null;
  segment: string | null;
  riskClass: string | null;
  /** undefined: not told with this decision, so it stays as it was. */
  urgency: OrderUrgency | undefined;
}

/** A held order's case, until it is released, declined, cancelled or expired. */
export interface CreditHold extends Omit<HeldOrder, 'urgency'> {
  customerId: string;
  orderId: string;
  status: HoldStatus;
  openedAt: Date;
  /** Business days. */
  openedOn: string;
  closedOn: string | null;
  /** Of the account's change that made it what it is. */
  seq: bigint;
  updatedAt: Date;
  urgency: OrderUrgency;
  /** 0 to 100 (hold-priority.ts). */
  priority: number;
  /** User id. */
  assignedTo: string | null;
  /** The day on which somebody wants to look at it again. */
  reviewOn: string | null;
  releaseRequest: ReleaseRequest | null;
  /** Closed long ago: its place on the topic is cleared. */
  isRetired: boolean;
}

/** When something happens to a hold: under which `seq` of its account, on which business day, at what time. */
export interface Moment {
  seq: bigint;
  at: Date;
  businessDay: string;
}

const noUrgency: OrderUrgency = { requestedDeliveryOn: null, priority: null };

export type OpenHold = CreditHold & { status: 'open' | 'ready' };

export function isOpen(hold: CreditHold | undefined): hold is OpenHold {
  return hold?.status === 'open' || hold?.status === 'ready';
}

/** `ready`: nothing but a forced hold keeps the order, so a person can let it go as it is. */
export function statusWhileHeld(reasons: readonly Reason[]): 'open' | 'ready' {
  return reasons.every(({ code }) => code === 'forced-hold') ? 'ready' : 'open';
}

/**
 * The order is held: a case opens, or the open one goes on with who works on it. A request for release was about the
 * version that was asked then, so another version ends it.
 */
export function heldAs(
  before: CreditHold | undefined,
  key: { customerId: string; orderId: string },
  held: HeldOrder,
  moment: Moment,
): Omit<CreditHold, 'priority'> {
  const goesOn = isOpen(before) ? before : undefined;
  const isSameVersion = goesOn?.orderVersion === held.orderVersion;
  return {
    ...key,
    ...held,
    urgency: held.urgency ?? goesOn?.urgency ?? noUrgency,
    status: statusWhileHeld(held.reasons),
    openedAt: goesOn?.openedAt ?? moment.at,
    openedOn: goesOn?.openedOn ?? moment.businessDay,
    closedOn: null,
    seq: moment.seq,
    updatedAt: moment.at,
    assignedTo: goesOn?.assignedTo ?? null,
    reviewOn: goesOn?.reviewOn ?? null,
    releaseRequest: isSameVersion ? goesOn!.releaseRequest : null,
    isRetired: false,
  };
}

/** Closed for good, unless the order is held anew: then another case opens. */
export function closedAs(hold: CreditHold, status: ClosedStatus, { seq, at, businessDay }: Moment): CreditHold {
  return { ...hold, status, seq, updatedAt: at, closedOn: businessDay, releaseRequest: null };
}
