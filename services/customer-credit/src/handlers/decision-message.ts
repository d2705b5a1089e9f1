import { formatMoney, type WireMoney } from '@ordergate/money';
import type { OutgoingMessage } from '@ordergate/messaging';
import type { CreditLimit } from '../domain/account/credit-account.ts';
import { totalOf, type Exposure } from '../domain/account/exposure.ts';
import type { Decision, Outcome } from '../domain/gate/decision.ts';

const types: Record<Outcome, string> = {
  approved: 'OrderApproved.v1',
  held: 'OrderHeld.v1',
  released: 'OrderReleased.v1',
  declined: 'OrderDeclined.v1',
};

/** The decision as its message: on the topic and over HTTP alike. */
export function decisionMessage(decision: Decision): Omit<OutgoingMessage, 'causedBy'> {
  return {
    topic: 'credit-decisions',
    key: decision.customerId,
    type: types[decision.outcome],
    data: decisionData(decision),
  };
}

/** What a decision says: CONTRACTS.md, "Messages out". What could not be known is left out. */
export function decisionData(decision: Decision): object {
  const { accountCurrency, total, totalInAccountCurrency, approval } = decision;
  const word = decision.facts?.word;
  return {
    decisionId: decision.decisionId,
    seq: Number(decision.seq),
    orderId: decision.orderId,
    ...(decision.orderVersion !== null && { orderVersion: decision.orderVersion }),
    customerId: decision.customerId,
    decidedAt: decision.decidedAt.toISOString(),
    businessDay: decision.businessDay,
    policyVersion: decision.policyVersion,
    ...(total && { total: formatMoney(total) }),
    ...(totalInAccountCurrency !== null &&
      accountCurrency !== null && {
        totalInAccountCurrency: formatMoney({ minor: totalInAccountCurrency, currency: accountCurrency }),
      }),
    ...(decision.rate !== null && { rate: decision.rate }),
    ...(accountCurrency !== null && {
      exposure: exposureData(decision.exposure, accountCurrency),
      limit: limitData(decision.limit, accountCurrency),
      ...availableData(decision.limit, decision.exposure, accountCurrency),
    }),
    reasons: decision.reasons,
    ...(approval &&
      total && {
        approval: {
          ceiling: formatMoney({ minor: approval.ceiling, currency: total.currency }),
          validUntil: approval.validUntil,
        },
      }),
    decidedBy: decision.decidedBy,
    ...(word && { releaseReason: word.reason, ...(word.note && { note: word.note }) }),
  };
}

/** Every bucket and the total, in the account's currency. */
export function exposureData(exposure: Exposure, currency: string): Record<string, WireMoney> {
  const money = (minor: bigint): WireMoney => formatMoney({ minor, currency });
  return {
    openOrders: money(exposure.openOrders),
    shippedNotInvoiced: money(exposure.shippedNotInvoiced),
    receivables: money(exposure.receivables),
    instrumentsInHand: money(exposure.instrumentsInHand),
    unallocatedCredits: money(exposure.unallocatedCredits),
    total: money(totalOf(exposure)),
  };
}

export function limitData(limit: CreditLimit, currency: string): { kind: string; amount?: WireMoney } {
  return limit.kind === 'amount'
    ? { kind: 'amount', amount: formatMoney({ minor: limit.minor, currency }) }
    : { kind: limit.kind };
}

/** Limit less exposure; absent where the money limit is not asked. `none` allows nothing. */
export function availableData(limit: CreditLimit, exposure: Exposure, currency: string): { available?: WireMoney } {
  if (limit.kind === 'unlimited') return {};
  const allowed = limit.kind === 'amount' ? limit.minor : 0n;
  return { available: formatMoney({ minor: allowed - totalOf(exposure), currency }) };
}
