import { addDays, percentOf } from '@ordergate/money';
import type { Cause } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { decideOrder, undecidedCodes } from '../domain/gate/decide-order.ts';
import { recordOf } from '../domain/gate/facts-record.ts';
import type { Decision, Outcome, PersonsWord } from '../domain/gate/decision.ts';
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
  tell(work, account, order, cause, seq, { facts, reasons, outcome: 'released', word });
  work.holds.close(work, order, 'released', seq, cause);
}

/** The hold ends with no. `asked`: null where the order could not be read. */
export function declineOrder(
  work: AccountWork,
  order: CustomerOrder,
  cause: Cause,
  asked: Asked | null,
  word: PersonsWord,
): void {
  const account = work.account(order.customerId);
  const seq = work.nextSeq(account);
  const { reasons } = work.holds.of(order)!;
  work.changeOrder(
    account,
    order,
    cause,
    () => Object.assign(order, { status: 'declined', approved: 0n, approval: null, heldFor: [] }),
    { seq },
  );
  if (asked) tell(work, account, order, cause, seq, { ...asked, outcome: 'declined', word });
  else {
    const decision = blankDecision(work, account, order, seq);
    const orderVersion = order.version > 0 ? order.version : null;
    const decidedBy = deciderOf(word);
    publish(
      work,
      order,
      { ...decision, orderVersion, outcome: 'declined', decidedBy, reasons: [...reasons], facts: { word } },
      cause,
    );
  }
  work.holds.close(work, order, 'declined', seq, cause);
}

/** Who answers for it: the last of those who agreed. */
function deciderOf({ persons }: PersonsWord): string {
  return `user:${persons.at(-1)!.userId}`;
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
  publish(work, order, decision, cause);
  work.holds.held(work, order, [reason], seq, cause);
}

interface Told {
  facts: GateFacts;
  reasons: Reason[];
  outcome: Outcome;
  keptApproval?: true;
  word?: PersonsWord;
}

function tell(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  cause: Cause,
  seq: bigint,
  told: Told,
): void {
  const { facts, reasons, outcome, keptApproval, word } = told;
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
      ...(word && { decidedBy: deciderOf(word) }),
      facts: keptApproval ? { ...record, keptApproval } : word ? { ...record, word } : record,
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
  work.decided(order, decision);
  work.outgoing.push({ ...decisionMessage(decision), causedBy: cause, about: decision.orderId });
}
