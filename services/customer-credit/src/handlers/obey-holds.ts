import type { Delivery } from '@ordergate/messaging';
import type {
  AssignHoldV1,
  CommentHoldV1,
  DeclineHoldV1,
  HoldCommandV1,
  PublishHoldV1,
} from '../commands/hold-commands.ts';
import { isOpen, type OpenHold } from '../domain/hold/credit-hold.ts';
import type { AccountWork } from './account-work.ts';
import { invalid, no, type Answer } from './answer.ts';
import { askIfRead, declineOrder } from './decide.ts';
import { momentOf } from './hold-cases.ts';
import { holdMessage, holdRecord } from './hold-message.ts';

/** The open hold that a command is about, or why there is none. */
export function openHold(work: AccountWork, { customerId, orderId }: HoldCommandV1): OpenHold | Answer {
  const hold = work.holds.of({ customerId, orderId });
  if (!hold) return no(404, 'hold-not-found', `Order ${orderId} of ${customerId} was never held`);
  return isOpen(hold)
    ? hold
    : no(409, 'hold-closed', `The hold of order ${orderId} is ${hold.status} since ${hold.closedOn}`);
}

export const isAnswer = (found: OpenHold | Answer): found is Answer => 'body' in found;

/** The hold ends with no, whatever holds the order. */
export function declineHold(work: AccountWork, delivery: Delivery<DeclineHoldV1>): Answer {
  const { message } = delivery;
  const hold = openHold(work, message);
  if (isAnswer(hold)) return hold;
  const order = work.order(hold.customerId, hold.orderId);
  const asked = askIfRead(work, order);
  const { reason, note, by } = message;
  const allowed = (asked?.facts.parameters.release ?? work.policy.release).declineReasons;
  if (allowed && !allowed.includes(reason)) return notListed(reason, allowed);
  const persons = [{ userId: by.userId, roles: rolesOf(by) }];
  declineOrder(work, order, delivery, asked, { reason, ...(note && { note }), persons });
  return { status: 200, body: holdRecord(work.holds.of(order)!) };
}

export function notListed(reason: string, allowed: readonly string[]): Answer {
  return invalid(`reason must be one of ${allowed.join(', ')}, not ${reason}`);
}

export const rolesOf = ({ roles = '' }: { roles?: string }): string[] => roles.split(' ').filter(Boolean);

/** Somebody takes the hold on, gives it to another one, or puts it back; and says when to look at it again. */
export function assignHold(work: AccountWork, delivery: Delivery<AssignHoldV1>): Answer {
  const { by, assignedTo = null, reviewOn = null } = delivery.message;
  const hold = openHold(work, delivery.message);
  if (isAnswer(hold)) return hold;
  if (reviewOn !== null && reviewOn < work.businessDay)
    return invalid(`reviewOn must be ${work.businessDay} or later, not ${reviewOn}`);
  const before = { assignedTo: hold.assignedTo, reviewOn: hold.reviewOn };
  const after = { assignedTo, reviewOn };
  if (before.assignedTo === assignedTo && before.reviewOn === reviewOn) return { status: 200, body: holdRecord(hold) };
  const { seq, at: updatedAt } = momentOf(work, work.nextSeq(work.account(hold.customerId)));
  const assigned = { ...hold, ...after, seq, updatedAt };
  work.holds.set(work, assigned, delivery, {
    ...{ kind: 'assigned', happenedBy: `user:${by.userId}`, why: null, before, after },
  });
  return { status: 200, body: holdRecord(assigned) };
}

/** Said of a closed hold too: what happened may need a word afterwards. */
export function commentHold(work: AccountWork, delivery: Delivery<CommentHoldV1>): Answer {
  const { customerId, orderId, text, by } = delivery.message;
  const hold = work.holds.of({ customerId, orderId });
  if (!hold) return no(404, 'hold-not-found', `Order ${orderId} of ${customerId} was never held`);
  const seq = work.nextSeq(work.account(customerId));
  const happenedBy = `user:${by.userId}`;
  work.holds.note(
    work,
    { customerId, orderId, seq },
    { kind: 'commented', happenedBy, why: text, before: null, after: null },
  );
  return { status: 201, body: { orderId, seq: Number(seq), text, by: happenedBy, at: work.chunk.at.toISOString() } };
}

/** As it is stored, under the `seq` that it has; one that was cleared from the topic is cleared again. */
export function publishHold(work: AccountWork, delivery: Delivery<PublishHoldV1>): void {
  const hold = work.holds.of(delivery.message);
  if (!hold) return;
  const message = holdMessage(hold);
  work.outgoing.push({ ...message, data: hold.isRetired ? null : message.data, causedBy: delivery });
}
