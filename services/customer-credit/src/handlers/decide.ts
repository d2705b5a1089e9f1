import { addDays, percentOf } from '@ordergate/money';
import type { Cause } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { decideOrder, undecidedCodes } from '../domain/gate/decide-order.ts';
import { recordOf } from '../domain/gate/facts-record.ts';
import type { Decision, DecisionFacts, Outcome, PersonsWord } from '../domain/gate/decision.ts';
import type { Reason } from '../domain/gate/reason.ts';
import type { GateFacts } from '../domain/gate/rule.ts';
import { shareOf, type CustomerOrder } from '../domain/order/customer-order.ts';
import type { AccountWork } from './account-work.ts';
import { askShadow } from './ask-shadow.ts';
import { decisionIdOf } from './decision-id.ts';
import { decisionMessage } from './decision-message.ts';
import { factsOf } from './facts-of.ts';
import { noteOrder } from './order-histories.ts';

/** What the gate says of an order as it stands in hand. */
export interface Asked {
  facts: GateFacts;
  rate: string | null;
  reasons: Reason[];
}

export function ask(work: AccountWork, order: CustomerOrder): Asked {
  const account = work.account(order.customerId);
  const rate = work.rate(order.currency, account.currency);
  const facts = factsOf(work, account, order, rate);
  return { facts, rate, reasons: decideOrder(facts) };
}

/** The same of a held order; null where it could not be read. */
export function askIfRead(work: AccountWork, order: CustomerOrder): Asked | null {
  return order.heldFor.includes('technical-error') || order.currency === null ? null : ask(work, order);
}

/** Asks the gate about the order as it stands in hand, reserves what it grants, and tells. */
export function decide(work: AccountWork, order: CustomerOrder, cause: Cause, granted: 'approved' | 'released'): void {
  answer(work, order, cause, granted, ask(work, order));
}

function answer(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  granted: 'approved' | 'released',
  { facts, rate, reasons }: Asked,
): void {
  const account = work.account(order.customerId);
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

/**
 * Asks about a held order once more. It is released when nothing holds it any more; else its hold says what does now, and
 * there is no new decision, unless there was none yet that the rules had given.
 */
export function decideAgain(work: AccountWork, order: CustomerOrder, cause: Cause): void {
  const asked = ask(work, order);
  const codes = asked.reasons.map(({ code }) => code);
  const isOther = codes.join(' ') !== order.heldFor.join(' ');
  if (codes.length === 0 || (isOther && order.heldFor.some((code) => undecidedCodes.includes(code))))
    return answer(work, order, cause, 'released', asked);
  if (isOther) work.changeOrder(work.account(order.customerId), order, cause, () => (order.heldFor = codes));
  work.holds.renew(work, order, asked.reasons, cause);
}

/** A person lets the order go in spite of what holds it: credit is reserved exactly as by an approval. */
export function releaseByPerson(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  { facts, rate, reasons }: Asked,
  word: PersonsWord,
): void {
  const account = work.account(order.customerId);
  const seq = work.nextSeq(account);
  work.changeOrder(account, order, cause, () => grant(facts, order, rate, 'released'), { seq });
  noteOrder(work, account, order, facts.order.total);
  tell(work, account, order, cause, seq, { facts, reasons, outcome: 'released', ...said(word) });
  work.holds.close(work, order, 'released', seq, cause);
}

/** A person ends the hold with no. `asked`: null where the order could not be read. */
export function declineOrder(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  asked: Asked | null,
  word: PersonsWord,
): void {
  const { reasons } = asked ?? work.holds.of(order)!;
  endHold(work, order, cause, asked, { closed: 'declined', reasons: [...reasons], ...said(word) });
}

/** Nobody has answered in time: the policy ends the hold with no. What held the order is told first, then why it waits no more. */
export function expireHold(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  asked: Asked | null,
  expired: Reason,
): void {
  const { reasons, openedOn: heldSince } = work.holds.of(order)!;
  const told = [...(asked?.reasons ?? reasons), expired];
  endHold(work, order, cause, asked, { closed: 'expired', reasons: told, decidedBy: 'policy', beside: { heldSince } });
}

function endHold(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  asked: Asked | null,
  { closed, reasons, decidedBy, beside }: Said & { closed: 'declined' | 'expired'; reasons: Reason[] },
): void {
  const account = work.account(order.customerId);
  const seq = work.nextSeq(account);
  work.changeOrder(
    account,
    order,
    cause,
    () => Object.assign(order, { status: 'declined', approved: 0n, approval: null, heldFor: [] }),
    { seq },
  );
  const outcome = 'declined';
  if (asked) tell(work, account, order, cause, seq, { facts: asked.facts, reasons, outcome, decidedBy, beside });
  else {
    const decision = blankDecision(work, account, order, seq);
    const orderVersion = order.version > 0 ? order.version : null;
    publish(work, order, { ...decision, orderVersion, outcome, decidedBy, reasons, facts: beside }, cause);
  }
  work.holds.close(work, order, closed, seq, cause);
}

/** Who decided, and what is kept of that beside the facts of the gate. */
interface Said {
  decidedBy: string;
  beside: DecisionFacts;
}

/** The last of those who agreed answers for it. */
function said(word: PersonsWord): Said {
  return { decidedBy: `user:${word.persons.at(-1)!.userId}`, beside: { word } };
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
  tell(work, account, order, cause, seq, {
    facts: facts!,
    reasons: [],
    outcome: 'approved',
    beside: { keptApproval: true },
  });
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
  publish(work, order, decision, cause);
  work.holds.held(work, order, [reason], seq, cause);
}

interface Told extends Partial<Said> {
  facts: GateFacts;
  reasons: Reason[];
  outcome: Outcome;
}

function tell(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  cause: Cause,
  seq: bigint,
  told: Told,
): void {
  const { facts, reasons, outcome, decidedBy = 'policy', beside } = told;
  const record = recordOf(facts);
  const isForeign = order.currency !== account.currency;
  publish(
    work,
    order,
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
      decidedBy,
      facts: beside ? { ...record, ...beside } : record,
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
    previousSeq: order.decidedSeq,
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

function publish(work: AccountWork, order: CustomerOrder, decision: Decision, cause: Cause): void {
  work.decided(order, decision, cause);
  work.outgoing.push({ ...decisionMessage(decision), causedBy: cause, about: decision.orderId });
}
