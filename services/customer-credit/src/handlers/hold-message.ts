import { formatMoney } from '@ordergate/money';
import type { OutgoingMessage } from '@ordergate/messaging';
import type { CreditHold } from '../domain/hold/credit-hold.ts';

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

function holdData(hold: CreditHold): object {
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
    updatedAt: hold.updatedAt.toISOString(),
  };
}
