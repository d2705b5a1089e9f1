import { formatMoney } from '@ordergate/money';
import type { OutgoingMessage } from '@ordergate/messaging';
import type { CreditHold, ReleaseRequest } from '../domain/hold/credit-hold.ts';

/** The hold as it stands now: what finance's work-list is built from. */
export function holdMessage(hold: CreditHold): Omit<OutgoingMessage, 'causedBy'> {
  return {
    topic: 'credit-holds',
    key: hold.orderId,
    type: 'CreditHold.v1',
    data: holdData(hold),
    about: hold.orderId,
  };
}

/** As the message says it. */
export function holdData(hold: CreditHold): object {
  const { total, excess, accountCurrency } = hold;
  return {
    seq: Number(hold.seq),
    orderId: hold.orderId,
    customerId: hold.customerId,
    ...(hold.orderVersion !== null && { orderVersion: hold.orderVersion }),
    status: hold.status,
    openedAt: hold.openedAt.toISOString(),
    reasons: hold.reasons,
    ...(total && { total: formatMoney(total) }),
    ...(excess !== null && { excess: formatMoney({ minor: excess, currency: accountCurrency! }) }),
    ...(hold.assignedTo && { assignedTo: hold.assignedTo }),
    ...(hold.salesRepId && { salesRepId: hold.salesRepId }),
    ...(hold.reviewOn && { reviewOn: hold.reviewOn }),
    ...(hold.releaseRequest && { releaseRequestedBy: hold.releaseRequest.requestedBy }),
    updatedAt: hold.updatedAt.toISOString(),
  };
}

/** The hold as people read it over HTTP: the message, and what the work-list sorts and filters by. */
export function holdRecord(hold: CreditHold): object {
  const { totalInAccountCurrency, accountCurrency, urgency, releaseRequest } = hold;
  return {
    ...holdData(hold),
    openedOn: hold.openedOn,
    ...(hold.closedOn && { closedOn: hold.closedOn }),
    priority: hold.priority,
    ...(totalInAccountCurrency !== null && {
      totalInAccountCurrency: formatMoney({ minor: totalInAccountCurrency, currency: accountCurrency! }),
    }),
    ...(hold.segment && { segment: hold.segment }),
    ...(hold.riskClass && { riskClass: hold.riskClass }),
    ...(urgency.requestedDeliveryOn && { requestedDeliveryOn: urgency.requestedDeliveryOn }),
    ...(urgency.priority !== null && { orderPriority: urgency.priority }),
    ...(releaseRequest && { releaseRequest: requestRecord(releaseRequest) }),
  };
}

function requestRecord({
  requestId,
  requestedBy,
  requestedAt,
  expiresOn,
  reason,
  note,
  reviewOn,
}: ReleaseRequest): object {
  return {
    ...{ requestId, requestedBy, requestedAt, expiresOn, reason },
    ...(note && { note }),
    ...(reviewOn && { reviewOn }),
  };
}
