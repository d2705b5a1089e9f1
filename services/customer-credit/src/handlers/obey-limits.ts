import { parseMoney } from '@ordergate/money';
import type { Delivery } from '@ordergate/messaging';
import type { LimitV1 } from '@ordergate/contracts';
import type { SetCreditLimitV1, SetSegmentLimitV1, SetTemporaryLimitV1 } from '../commands/credit-commands.ts';
import type { CreditAccount, CreditLimit, SpecialTerms } from '../domain/account/credit-account.ts';
import { limitKey } from '../domain/account/take-master-record.ts';
import { accountData, limitChanged } from './account-messages.ts';
import type { AccountWork } from './account-work.ts';
import { invalid, type Answer } from './answer.ts';

const none: CreditLimit = { kind: 'none' };

/** A limit below the exposure is recorded and touches nothing that is approved already. */
export function setLimit(work: AccountWork, delivery: Delivery<SetCreditLimitV1>): Answer {
  const account = work.account(delivery.customerId);
  const { limit, validUntil = null, reviewOn, reason, requestedBy } = delivery.message;
  const wrong = foreignLimit(account, limit);
  if (wrong) return wrong;
  const before = { limit: account.limit, validUntil: account.limitValidUntil, reviewOn: account.terms.reviewOn };
  account.limit = limitOf(limit);
  account.limitValidUntil = validUntil;
  if (reviewOn) account.terms = { ...account.terms, reviewOn };
  if (reviewOn !== before.reviewOn) work.changeMaster(account);
  if (limitKey(before.limit) !== limitKey(account.limit) || before.validUntil !== validUntil) {
    work.changeMaster(account);
    work.outgoing.push(
      limitChanged(work, account, delivery, { before: before.limit, reason, changedBy: `user:${requestedBy}` }),
    );
  }
  return { status: 200, body: accountData(account) };
}

/** For some days another limit than the base limit rules. */
export function setTemporaryLimit(work: AccountWork, delivery: Delivery<SetTemporaryLimitV1>): Answer {
  const account = work.account(delivery.customerId);
  const { limit, validFrom: from, validUntil: until, reason, requestedBy } = delivery.message;
  const wrong = limit && foreignLimit(account, limit);
  if (wrong) return wrong;
  const { temporaryLimit, ...terms } = account.terms;
  if (limit && (!from || !until || until < from))
    return invalid(`validUntil must be a day from validFrom on; it is ${until ?? 'left out'}`);
  const after: SpecialTerms['temporaryLimit'] = limit && { limit: limitOf(limit), from: from!, until: until! };
  account.terms = { ...terms, ...(after && { temporaryLimit: after }) };
  const change = {
    before: temporaryLimit?.limit ?? none,
    after: after?.limit ?? none,
    reason,
    changedBy: `user:${requestedBy}`,
  };
  work.changeMaster(account);
  work.outgoing.push(
    limitChanged(work, account, delivery, {
      ...change,
      scope: 'temporary',
      ...(after && { validFrom: from!, validUntil: until! }),
    }),
  );
  return { status: 200, body: accountData(account) };
}

/** What the customer may owe in one segment. */
export function setSegmentLimit(work: AccountWork, delivery: Delivery<SetSegmentLimitV1>): Answer {
  const account = work.account(delivery.customerId);
  const { segment, limit, validUntil, reason, requestedBy } = delivery.message;
  const wrong = limit && foreignLimit(account, limit);
  if (wrong) return wrong;
  const { [segment]: before, ...others } = account.terms.segmentLimits ?? {};
  const after = limit && { limit: limitOf(limit), validUntil: validUntil ?? null };
  const segmentLimits = after ? { ...others, [segment]: after } : others;
  const { segmentLimits: _replaced, ...terms } = account.terms;
  account.terms = Object.keys(segmentLimits).length > 0 ? { ...terms, segmentLimits } : terms;
  const change = {
    before: before?.limit ?? none,
    after: after?.limit ?? none,
    reason,
    changedBy: `user:${requestedBy}`,
  };
  work.changeMaster(account);
  work.outgoing.push(
    limitChanged(work, account, delivery, { ...change, scope: 'segment', segment, ...(validUntil && { validUntil }) }),
  );
  return { status: 200, body: accountData(account) };
}

function limitOf({ kind, amount }: LimitV1): CreditLimit {
  return kind === 'amount' ? { kind, minor: parseMoney(amount!).minor } : { kind };
}

function foreignLimit({ currency }: CreditAccount, { amount }: LimitV1): Answer | null {
  if (!amount || amount.currency === currency) return null;
  return invalid(`limit.amount.currency must be the account's ${currency}, not ${amount.currency}`);
}
