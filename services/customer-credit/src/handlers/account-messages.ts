import type { Cause, OutgoingMessage } from '@ordergate/messaging';
import type { Block, CreditAccount, CreditLimit } from '../domain/account/credit-account.ts';
import type { AccountWork } from './account-work.ts';
import { availableData, exposureData, limitData } from './decision-message.ts';

/** Every message about an account carries the `seq` of the change that caused it. */
function accountMessage(
  work: AccountWork,
  account: CreditAccount,
  causedBy: Cause,
  type: string,
  data: object,
): OutgoingMessage {
  const seq = Number(work.nextSeq(account));
  return {
    topic: 'credit-accounts',
    key: account.customerId,
    type,
    data: { customerId: account.customerId, seq, ...data },
    causedBy,
    about: account.customerId,
  };
}

export function limitChanged(
  work: AccountWork,
  account: CreditAccount,
  cause: Cause,
  {
    before,
    currencyBefore,
    reason,
    changedBy,
  }: { before: CreditLimit; currencyBefore?: string | null; reason: string; changedBy: string },
): OutgoingMessage {
  return accountMessage(work, account, cause, 'CreditLimitChanged.v1', {
    before: limitData(before, currencyBefore ?? account.currency!),
    after: limitData(account.limit, account.currency!),
    ...(account.limitValidUntil && { validUntil: account.limitValidUntil }),
    reason,
    changedBy,
    changedAt: work.chunk.at.toISOString(),
  });
}

export function riskClassChanged(
  work: AccountWork,
  account: CreditAccount,
  cause: Cause,
  { before, changedBy }: { before: string | null; changedBy: string },
): OutgoingMessage {
  return accountMessage(work, account, cause, 'RiskClassChanged.v1', {
    ...(before && { before }),
    after: account.riskClass,
    changedBy,
    changedAt: work.chunk.at.toISOString(),
  });
}

export function blocked(work: AccountWork, account: CreditAccount, cause: Cause, block: Block): OutgoingMessage {
  return accountMessage(work, account, cause, 'CreditAccountBlocked.v1', {
    ...block,
    blockedAt: work.chunk.at.toISOString(),
  });
}

export function unblocked(
  work: AccountWork,
  account: CreditAccount,
  cause: Cause,
  blockId: string,
  unblockedBy: string,
  reason?: string,
): OutgoingMessage {
  return accountMessage(work, account, cause, 'CreditAccountUnblocked.v1', {
    blockId,
    ...(reason && { reason }),
    unblockedBy,
    unblockedAt: work.chunk.at.toISOString(),
  });
}

/** The account as people read it over HTTP. */
export function accountData(account: CreditAccount): object {
  const { currency, exposure, limit } = account;
  return {
    customerId: account.customerId,
    currency,
    limit: limitData(limit, currency!),
    ...(account.limitValidUntil && { limitValidUntil: account.limitValidUntil }),
    exposure: exposureData(exposure, currency!),
    ...availableData(limit, exposure, currency!),
    ...(account.riskClass && { riskClass: account.riskClass }),
    screening: account.screening,
    ...(account.segment && { segment: account.segment }),
    ...(account.salesRepId && { salesRepId: account.salesRepId }),
    ...(account.creditGroupId && { creditGroupId: account.creditGroupId }),
    ...(account.paymentTermsDays !== null && { paymentTermsDays: account.paymentTermsDays }),
    blocks: account.blocks,
    heldOrders: account.openHolds,
    exposureIsComplete: !account.hasUnconverted,
    seq: Number(account.seq),
  };
}
