import { isDeepStrictEqual } from 'node:util';
import { windowDays as windowDaysOfStanding } from '../../../../services/collections/src/domain/standing/payment-record.ts';
import { decideOrder } from '../../../../services/customer-credit/src/domain/gate/decide-order.ts';
import type { Decision } from '../../../../services/customer-credit/src/domain/gate/decision.ts';
import { factsOf } from '../../../../services/customer-credit/src/domain/gate/explain-decision.ts';
import type { GateFacts } from '../../../../services/customer-credit/src/domain/gate/rule.ts';
import { asksAnywhere } from '../../../../services/customer-credit/src/domain/policy/asks-anywhere.ts';
import type { Parameters } from '../../../../services/customer-credit/src/domain/policy/parameters.ts';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import type { Answer } from '../compared-order.ts';
import type { CustomerThen } from './customer-then.ts';
import { areItemsKnown, itemsAnew } from './open-items-anew.ts';

/** Facts that the policy in force had not asked for in the same way, so that they are worked out from the database. */
export type Anew = 'open items' | 'days late' | 'earlier orders';

export interface AnswerUnder {
  answer: Answer;
  anew: readonly Anew[];
  /** It depends on when an item was disputed; the answer is the one for which it was. */
  isUncertain: boolean;
  /** Whether open items that were worked out anew fit the record; null where there is none. */
  fitsRecord: boolean | null;
}

/**
 * What a policy would have said to a stored decision's order. The facts are those that were stored, limit and exposure among
 * them; only what a policy itself defines (which items count as overdue, over which days lateness is averaged, what is
 * compared with earlier orders) is worked out anew where the two define it differently.
 */
export function answerUnder(policy: Policy, decision: Decision, taken: Policy, customer: CustomerThen): AnswerUnder {
  const facts = factsOf(decision, policy);
  const { parameters, businessDay } = facts;
  const were = factsOf(decision, taken).parameters;
  const anew: Anew[] = [];
  if (asksDaysLate(parameters) && windowOf(parameters) !== windowOf(were)) {
    anew.push('days late');
    const daysLate = customer.daysLate(windowOf(parameters), businessDay);
    facts.account.standing = { ...facts.account.standing, daysLate };
  }
  if (!areEarlierOrdersKnown(parameters, were)) {
    anew.push('earlier orders');
    Object.assign(facts.order, customer.earlierOrders(decision.orderId, facts.order.total!, parameters));
  }
  const recorded = facts.account.openItems;
  const [asking, inForce] = [
    { policy, parameters },
    { policy: taken, parameters: were },
  ];
  if (areItemsKnown(recorded, asking, inForce))
    return { answer: answerTo(facts), anew, isUncertain: false, fitsRecord: null };
  anew.push('open items');
  const { possible, fitsRecord } = itemsAnew(recorded, customer, businessDay, asking, inForce);
  const [answer, ...others] = possible.map((openItems) =>
    answerTo({ ...facts, account: { ...facts.account, openItems } }),
  );
  return { answer: answer!, anew, isUncertain: others.some((other) => !isDeepStrictEqual(other, answer)), fitsRecord };
}

const answerTo = (facts: GateFacts): Answer => decideOrder(facts).map(({ code }) => code);

function asksDaysLate({ paymentBehaviour, custom }: Parameters): boolean {
  return paymentBehaviour?.daysLateMax !== undefined || custom.some(({ asked }) => asked.reads.has('account.daysLate'));
}

/** Where no rule names a window, collections' own counts. */
function windowOf({ paymentBehaviour }: Parameters): number {
  return paymentBehaviour?.daysLateMax === undefined ? windowDaysOfStanding : paymentBehaviour.windowDays;
}

function areEarlierOrdersKnown({ demandSpike, orderSplitting }: Parameters, were: Parameters): boolean {
  return (
    (!demandSpike || isDeepStrictEqual(demandSpike, were.demandSpike)) &&
    (!orderSplitting || isDeepStrictEqual(orderSplitting, were.orderSplitting))
  );
}

/** Whether earlier orders need to be read at all. */
export const asksEarlierOrders = (policy: Policy): boolean =>
  asksAnywhere(policy, 'demand-spike') || asksAnywhere(policy, 'order-splitting');
