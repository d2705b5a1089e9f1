import type { Delivery } from '@ordergate/messaging';
import { parseMoney } from '@ordergate/money';
import type {
  ForceHoldV1,
  LiftForcedHoldV1,
  ReturnCollateralV1,
  TakeCollateralV1,
} from '../commands/credit-commands.ts';
import type { Collateral, CreditAccount, ForcedHold } from '../domain/account/credit-account.ts';
import { hundredths } from '../domain/hundredths.ts';
import { accountData, collateralChanged, collateralData } from './account-messages.ts';
import type { AccountWork } from './account-work.ts';
import { invalid, no, type Answer } from './answer.ts';

const wholeShare = 100_00n;

/** Collateral with an id that is known replaces what was recorded under it. */
export function takeCollateral(work: AccountWork, delivery: Delivery<TakeCollateralV1>): Answer {
  const account = work.account(delivery.customerId);
  const { collateralId, kind, value, coveredPercent, raisesLimit = false, requestedBy, ...days } = delivery.message;
  if (value.currency !== account.currency)
    return invalid(`value.currency must be the account's ${account.currency}, not ${value.currency}`);
  const coversPercent = coveredPercent === undefined ? wholeShare : hundredths(coveredPercent);
  if (coversPercent > wholeShare) return invalid(`coveredPercent must be from 0 to 100, not ${coveredPercent}`);
  const { validFrom = null, validUntil = null, stopDeliveryOn = null } = days;
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    return invalid(`validUntil must be ${validFrom} or later, not ${validUntil}`);
  const { minor: amount } = parseMoney(value);
  const taken: Collateral = {
    collateralId,
    kind,
    amount,
    coversPercent,
    raisesLimit,
    validFrom,
    validUntil,
    stopDeliveryOn,
  };
  setCollateral(account, [...others(account, collateralId), taken]);
  work.changeMaster(account);
  const status = validUntil !== null && validUntil < work.businessDay ? 'expired' : 'valid';
  work.outgoing.push(
    collateralChanged(work, account, delivery, { collateral: taken, status, changedBy: `user:${requestedBy}` }),
  );
  return { status: 201, body: collateralData(taken, account.currency) };
}

export function returnCollateral(work: AccountWork, delivery: Delivery<ReturnCollateralV1>): Answer {
  const account = work.account(delivery.customerId);
  const { collateralId, requestedBy } = delivery.message;
  const given = account.terms.collateral?.find((known) => known.collateralId === collateralId);
  if (!given) return no(404, 'not-found', `The account of ${account.customerId} has no collateral ${collateralId}`);
  setCollateral(account, others(account, collateralId));
  work.changeMaster(account);
  work.outgoing.push(
    collateralChanged(work, account, delivery, {
      collateral: given,
      status: 'withdrawn',
      changedBy: `user:${requestedBy}`,
    }),
  );
  return { status: 200, body: accountData(account) };
}

/** Never released automatically: only who lifts it lets orders be decided by the rules again. */
export function forceHold(work: AccountWork, delivery: Delivery<ForceHoldV1>): Answer {
  const account = work.account(delivery.customerId);
  const { forcedHoldId: holdId, orderId = null, reason, requestedBy } = delivery.message;
  const placed: ForcedHold = { holdId, orderId, reason, placedBy: `user:${requestedBy}` };
  account.terms = { ...account.terms, forcedHolds: [...(account.terms.forcedHolds ?? []), placed] };
  work.changeMaster(account);
  work.recordChange(account, 'ForcedHoldPlaced', placed);
  return {
    status: 201,
    body: { forcedHoldId: holdId, ...(orderId && { orderId }), reason, placedBy: placed.placedBy },
  };
}

export function liftForcedHold(work: AccountWork, delivery: Delivery<LiftForcedHoldV1>): Answer {
  const account = work.account(delivery.customerId);
  const { forcedHoldId, requestedBy } = delivery.message;
  const lifted = account.terms.forcedHolds?.find(({ holdId }) => holdId === forcedHoldId);
  if (!lifted) return no(404, 'not-found', `The account of ${account.customerId} has no forced hold ${forcedHoldId}`);
  const { forcedHolds = [], ...terms } = account.terms;
  const left = forcedHolds.filter(({ holdId }) => holdId !== forcedHoldId);
  account.terms = left.length > 0 ? { ...terms, forcedHolds: left } : terms;
  work.changeMaster(account);
  work.recordChange(account, 'ForcedHoldLifted', { ...lifted, liftedBy: `user:${requestedBy}` });
  return { status: 200, body: accountData(account) };
}

function others({ terms }: CreditAccount, collateralId: string): Collateral[] {
  return (terms.collateral ?? []).filter((known) => known.collateralId !== collateralId);
}

function setCollateral(account: CreditAccount, collateral: readonly Collateral[]): void {
  const { collateral: _replaced, ...terms } = account.terms;
  account.terms = collateral.length > 0 ? { ...terms, collateral } : terms;
}
