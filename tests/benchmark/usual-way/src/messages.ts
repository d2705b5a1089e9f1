import type { CreditAccount } from './entities.ts';

export interface Money {
  amount: string;
  currency: string;
}

export interface OrderPlaced {
  orderId: string;
  orderVersion: number;
  customerId: string;
  total: Money;
  placedAt: string;
}

interface Outcome {
  decisionId: string;
  at: Date;
  isApproved: boolean;
  total: bigint;
}

/** The decision with the same fields that the gate tells. */
export function told(order: OrderPlaced, account: CreditAccount, { decisionId, at, isApproved, total }: Outcome) {
  const { orderId, orderVersion, customerId } = order;
  const money = (minor: bigint): Money => ({ amount: decimalOf(minor), currency: account.currency });
  const [nothing, openOrders, limit] = [money(0n), money(account.openOrders), money(account.limitMinor)];
  const excess = account.openOrders + total - account.limitMinor;
  const businessDay = at.toISOString().slice(0, 10);
  return {
    ...{ decisionId, seq: account.seq + 1, orderId, orderVersion, customerId },
    ...{ decidedAt: at.toISOString(), businessDay, policyVersion: 'usual-1' },
    ...{ total: order.total, totalInAccountCurrency: order.total },
    exposure: {
      ...{ openOrders, shippedNotInvoiced: nothing, receivables: nothing },
      ...{ instrumentsInHand: nothing, unallocatedCredits: nothing, total: openOrders },
    },
    limit: { kind: 'amount', amount: limit },
    available: money(account.limitMinor - account.openOrders),
    reasons: isApproved
      ? []
      : [{ code: 'credit-limit-exceeded', message: `exceeds the limit by ${decimalOf(excess)}` }],
    ...(isApproved && { approval: { ceiling: order.total, validUntil: businessDay } }),
    decidedBy: 'policy',
  };
}
export type Decision = ReturnType<typeof told>;

function decimalOf(minor: bigint): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
