import { addDays, convert } from '@ordergate/money';
import type { Delivery } from '@ordergate/messaging';
import type { AnswerReleaseRequestV1, ReleaseHoldV1 } from '../commands/hold-commands.ts';
import type { PersonsWord } from '../domain/gate/decision.ts';
import type { CreditHold, ReleaseRequest } from '../domain/hold/credit-hold.ts';
import { exceededLimits } from '../domain/hold/exceeded-limits.ts';
import { decideRelease, type ExceededLimit, type Releaser } from '../domain/hold/release-authority.ts';
import type { AccountWork } from './account-work.ts';
import { no, type Answer } from './answer.ts';
import { ask, releaseByPerson, type Asked } from './decide.ts';
import { momentOf } from './hold-cases.ts';
import { holdRecord } from './hold-message.ts';
import { isAnswer, notListed, openHold, rolesOf } from './obey-holds.ts';

const statusOf = { 'not-releasable': 409, 'own-order': 403, 'same-person': 409, 'authority-exceeded': 403 } as const;

/** What somebody says who releases. */
interface Said {
  reason: string;
  note: string | null;
  reviewOn: string | null;
}

/**
 * A person releases a held order. The gate is asked anew, so that what holds the order now is what the person overrules.
 * Where it takes two, the first one's word waits for the second's: the same call by somebody else, or a confirmation.
 */
export function releaseHold(work: AccountWork, delivery: Delivery<ReleaseHoldV1>): Answer {
  const { by, reason, note = null, reviewOn = null } = delivery.message;
  return release(
    work,
    delivery,
    { userId: by.userId, roles: rolesOf(by), salesReps: salesRepsOf(by) },
    { reason, note, reviewOn },
  );
}

/** The second person's answer to a release that waits for it. */
export function answerReleaseRequest(work: AccountWork, delivery: Delivery<AnswerReleaseRequestV1>): Answer {
  const { by, answer, note = null } = delivery.message;
  const hold = openHold(work, delivery.message);
  if (isAnswer(hold)) return hold;
  const request = waitingRequest(work, hold);
  if (!request) return no(409, 'not-found', `No release of order ${hold.orderId} waits for a second person`);
  if (answer === 'refused') return endRequest(work, delivery, hold, request, note);
  if (request.requestedBy === by.userId) return samePerson(request);
  return release(work, delivery, { userId: by.userId, roles: rolesOf(by), salesReps: salesRepsOf(by) }, request);
}

function release(
  work: AccountWork,
  delivery: Delivery<ReleaseHoldV1 | AnswerReleaseRequestV1>,
  person: Releaser,
  said: Said,
): Answer {
  const hold = openHold(work, delivery.message);
  if (isAnswer(hold)) return hold;
  const order = work.order(hold.customerId, hold.orderId);
  if (order.heldFor.includes('technical-error') || order.currency === null)
    return no(
      409,
      'not-releasable',
      `${order.heldFor.join(', ')}: the order could not be read; it can be declined, or sent again`,
    );
  const asked = ask(work, order);
  const { release: policy } = asked.facts.parameters;
  if (policy.reasons && !policy.reasons.includes(said.reason)) return notListed(said.reason, policy.reasons);
  const exceeded = exceededBy(work, asked);
  const verdict = decideRelease(releaseFacts(work, hold, asked, exceeded), person, policy);
  if (verdict.outcome === 'refused') return no(statusOf[verdict.code], verdict.code, verdict.why);
  const request = waitingRequest(work, hold);
  const releasing = { hold, asked, exceeded };
  const isSecond = request !== null && request.requestedBy !== person.userId && covers(request, exceeded);
  if (isSecond) {
    const first = { userId: request.requestedBy, roles: request.roles };
    return grantRelease(work, delivery, releasing, request, [first, person]);
  }
  if (verdict.outcome === 'may') return grantRelease(work, delivery, releasing, said, [person]);
  if (request?.requestedBy === person.userId) return samePerson(request);
  return keepRequest(work, delivery, hold, verdict.why, {
    ...said,
    requestId: delivery.id,
    requestedBy: person.userId,
    roles: person.roles,
    requestedAt: work.chunk.at.toISOString(),
    expiresOn: addDays(work.businessDay, policy.requestDays),
    exceeded: exceeded.map(inText),
  });
}

/** The first person has agreed to no less than what is exceeded now. */
function covers(request: ReleaseRequest, exceeded: readonly ExceededLimit[]): boolean {
  return exceeded.every(({ code, subject, excess }) =>
    request.exceeded.some(
      (agreed) => agreed.code === code && agreed.subject === subject && BigInt(agreed.excess) >= excess,
    ),
  );
}

/** What is released, as it stands now. */
interface Releasing {
  hold: CreditHold;
  asked: Asked;
  exceeded: readonly ExceededLimit[];
}

function grantRelease(
  work: AccountWork,
  delivery: Delivery,
  { hold, asked, exceeded }: Releasing,
  { reason, note, reviewOn }: Said,
  persons: readonly Pick<Releaser, 'userId' | 'roles'>[],
): Answer {
  const word: PersonsWord = {
    reason,
    ...(note && { note }),
    ...(reviewOn && { reviewOn }),
    persons: persons.map(({ userId, roles }) => ({ userId, roles })),
    ...(hold.salesRepId && { salesRepId: hold.salesRepId }),
    ...(exceeded.length > 0 && { exceeded: exceeded.map(inText) }),
  };
  if (reviewOn) work.holds.review(hold, reviewOn);
  const order = work.order(hold.customerId, hold.orderId);
  releaseByPerson(work, order, delivery, asked, word);
  return { status: 200, body: holdRecord(work.holds.of(order)!) };
}

const inText = ({ excess, limit, inAccountCurrency, ...rest }: ExceededLimit) => ({
  ...rest,
  excess: String(excess),
  limit: String(limit),
  inAccountCurrency: inAccountCurrency === null ? null : String(inAccountCurrency),
});

/** The first person's word is kept; the answer says that it takes another one. */
function keepRequest(
  work: AccountWork,
  delivery: Delivery,
  hold: CreditHold,
  why: string,
  releaseRequest: ReleaseRequest,
): Answer {
  const { requestedBy, expiresOn, reason } = releaseRequest;
  const { seq, at: updatedAt } = momentOf(work, work.nextSeq(work.account(hold.customerId)));
  work.holds.set(work, { ...hold, releaseRequest, seq, updatedAt }, delivery, {
    ...{ kind: 'release-requested', happenedBy: `user:${requestedBy}`, why: reason },
    ...{ before: hold.releaseRequest, after: releaseRequest },
  });
  return no(
    409,
    'second-person-needed',
    `${why}: the release waits until ${expiresOn} for somebody other than ${requestedBy} to confirm it`,
  );
}

/** Refused by the second person, or taken back by the first. */
function endRequest(
  work: AccountWork,
  delivery: Delivery<AnswerReleaseRequestV1>,
  hold: CreditHold,
  request: ReleaseRequest,
  why: string | null,
): Answer {
  const { userId } = delivery.message.by;
  const kind = userId === request.requestedBy ? 'request-withdrawn' : 'request-refused';
  const { seq, at: updatedAt } = momentOf(work, work.nextSeq(work.account(hold.customerId)));
  const ended = { ...hold, releaseRequest: null, seq, updatedAt };
  work.holds.set(work, ended, delivery, { kind, happenedBy: `user:${userId}`, why, before: request, after: null });
  return { status: 200, body: holdRecord(ended) };
}

function waitingRequest({ businessDay }: AccountWork, { releaseRequest }: CreditHold): ReleaseRequest | null {
  return releaseRequest && releaseRequest.expiresOn >= businessDay ? releaseRequest : null;
}

function samePerson({ requestedBy, expiresOn }: ReleaseRequest): Answer {
  return no(
    409,
    'same-person',
    `${requestedBy} has asked for the release; until ${expiresOn} somebody else confirms it`,
  );
}

function releaseFacts(work: AccountWork, hold: CreditHold, { reasons }: Asked, exceeded: readonly ExceededLimit[]) {
  const account = work.account(hold.customerId);
  const { currency, terms } = account;
  const raised = [terms, ...work.pools.chain(account)].map(({ limitRaised }) => limitRaised);
  return {
    accountCurrency: currency ?? hold.total!.currency,
    reasons,
    exceeded,
    salesRepId: hold.salesRepId,
    limitRaisedBy: raised.flatMap((limit) => (limit?.on === work.businessDay ? limit.by : [])),
  };
}

function exceededBy(work: AccountWork, { facts }: Asked): ExceededLimit[] {
  const { currency: to } = facts.account;
  return exceededLimits(facts, (minor, from) => {
    if (from === to) return minor;
    const rate = work.rate(from, to);
    return rate === null ? null : convert(minor, from, to!, rate);
  });
}

const salesRepsOf = ({ salesReps = '' }: { salesReps?: string }): string[] => salesReps.split(' ').filter(Boolean);
