import { addDays, percentOf } from '@ordergate/money';
import type { Cause } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { decideOrder } from '../domain/gate/decide-order.ts';
import { recordOf } from '../domain/gate/facts-record.ts';
import type { Decision, Outcome } from '../domain/gate/decision.ts';
import type { Reason } from '../domain/gate/reason.ts';
import type { GateFacts } from '../domain/gate/rule.ts';
import { shareOf, type CustomerOrder } from '../domain/order/customer-order.ts';
import type { AccountWork } from './account-work.ts';
import { askShadow } from './ask-shadow.ts';
import { decisionIdOf } from './decision-id.ts';
import { decisionMessage } from './decision-message.ts';
import { factsOf } from './facts-of.ts';
import { noteOrder } from './order-histories.ts';

/** Asks the gate about the order as it stands in hand, reserves what it grants, and tells. */
export function decide(work: AccountWork, order: CustomerOrder, cause: Cause, granted: 'approved' | 'released'): void {
  const account = work.account(order.customerId);
  const rate = work.rate(order.currency, account.currency);
  const facts = factsOf(work, account, order, rate);
  const reasons = decideOrder(facts);
  const seq = work.nextSeq(account);
  const wasHeld = order.status === 'held';
  if (work.shadow) work.differs(askShadow(work, work.shadow, account, { order, rate, seq, reasons }));
  work.changeOrder(
    account,
    order,
    cause,
    () => (reasons.length === 0 ? grant(facts, order, rate, granted) : hold(order, rate, reasons)),
    { seq },
  );
  noteOrder(work, account, order, facts.order.total);
  tell(work, account, order, cause, seq, { facts, reasons, outcome: reasons.length === 0 ? granted : 'held' });
  if (reasons.length > 0) work.holds.held(work, order, reasons, seq, cause);
  else if (wasHeld) work.holds.close(work, order, 'released', seq, cause);
}

/** Decides a held order once more; a hold that stays for the same reasons is not told again. */
export function decideAgain(work: AccountWork, order: CustomerOrder, cause: Cause): void {
  const account = work.account(order.customerId);
  const reasons = decideOrder(factsOf(work, account, order, work.rate(order.currency, account.currency)));
  if (reasons.length > 0 && reasons.map(({ code }) => code).join(' ') === order.heldFor.join(' ')) return;
  decide(work, order, cause, 'released');
}

function grant(
  { parameters: { approval }, businessDay }: GateFacts,
  order: CustomerOrder,
  rate: string | null,
  status: 'approved' | 'released',
): void {
  order.status = status;
  order.rate = rate;
  order.approved = order.prepaid ? 0n : order.total;
  order.approval = {
    ceiling: order.total + percentOf(order.total, approval.tolerancePercent),
    validUntil: addDays(businessDay, approval.validDays),
  };
  order.heldFor = [];
}

function hold(order: CustomerOrder, rate: string | null, reasons: readonly Reason[]): void {
  order.status = 'held';
  order.rate = rate ?? order.rate;
  order.approved = 0n;
  order.approval = null;
  order.heldFor = reasons.map(({ code }) => code);
}

/** An amendment within the approval, or a decrease: the limit is not asked, the new amount is reserved. */
export function keepApproval(work: AccountWork, order: CustomerOrder, cause: Cause, change: () => void): void {
  const account = work.account(order.customerId);
  const seq = work.nextSeq(account);
  let facts: GateFacts | undefined;
  work.changeOrder(
    account,
    order,
    cause,
    () => {
      const own = shareOf(order, account.currency);
      change();
      facts = factsOf(work, account, order, order.rate);
      facts.account.exposure.openOrders = account.exposure.openOrders - own.openOrders;
      order.status = 'approved';
      order.approved = order.prepaid ? 0n : order.total;
    },
    { seq },
  );
  noteOrder(work, account, order, facts!.order.total);
  tell(work, account, order, cause, seq, { facts: facts!, reasons: [], outcome: 'approved', keptApproval: true });
}

/** The message could not be read or waits: held for a technical reason, unless an approval is in force that it must not revoke. */
export function holdForTechnicalError(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  reason: Reason,
  version: number | null,
): void {
  const account = work.account(order.customerId);
  const seq = work.nextSeq(account);
  work.changeOrder(account, order, cause, () => hold(order, null, [reason]), { seq });
  const decision: Decision = {
    ...blankDecision(work, account, order, seq),
    orderVersion: version ?? (order.version > 0 ? order.version : null),
    reasons: [reason],
  };
  publish(work, decision, cause);
  work.holds.held(work, order, [reason], seq, cause);
}

interface Told {
  facts: GateFacts;
  reasons: Reason[];
  outcome: Outcome;
  keptApproval?: true;
}

function tell(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  cause: Cause,
  seq: bigint,
  told: Told,
): void {
  const { facts, reasons, outcome, keptApproval } = told;
  const isForeign = order.currency !== account.currency;
  publish(
    work,
    {
      ...blankDecision(work, account, order, seq),
      orderVersion: order.version,
      outcome,
      total: { minor: order.total, currency: order.currency! },
      totalInAccountCurrency: facts.order.total,
      rate: isForeign && facts.order.total !== null ? order.rate : null,
      exposure: facts.account.exposure,
      adds: facts.order.adds,
      approval: order.approval,
      reasons,
      limit: facts.account.limit,
      facts: keptApproval ? { ...recordOf(facts), keptApproval } : recordOf(facts),
    },
    cause,
  );
}

function blankDecision(work: AccountWork, account: CreditAccount, order: CustomerOrder, seq: bigint): Decision {
  return {
    customerId: account.customerId,
    seq,
    decisionId: decisionIdOf(account.customerId, seq),
    orderId: order.orderId,
    orderVersion: null,
    outcome: 'held',
    decidedAt: work.chunk.at,
    businessDay: work.businessDay,
    policyVersion: work.policy.version,
    decidedBy: 'policy',
    total: null,
    accountCurrency: account.currency,
    totalInAccountCurrency: null,
    rate: null,
    exposure: account.exposure,
    limit: account.limit,
    adds: null,
    approval: null,
    reasons: [],
    facts: null,
  };
}

function publish(work: AccountWork, decision: Decision, cause: Cause): void {
  work.decided(decision);
  work.outgoing.push({ ...decisionMessage(decision), causedBy: cause, about: decision.orderId });
}
