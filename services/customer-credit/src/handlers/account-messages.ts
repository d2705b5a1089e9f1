import type { CollateralStatus, LimitScope } from '@ordergate/contracts';
import { formatMoney } from '@ordergate/money';
import type { Cause, OutgoingMessage } from '@ordergate/messaging';
import { decimalText } from '../domain/hundredths.ts';
import type { Block, Collateral, CreditAccount, CreditLimit } from '../domain/account/credit-account.ts';
import { v5 as uuidv5 } from 'uuid';
import type { AccountWork } from './account-work.ts';
import { availableData, exposureData, limitData } from './decision-message.ts';

const alertNamespace = '3c0b6f2e-8d2a-5b1e-9f0a-6d1c2e7b4a33';

/** Every message about an account carries the `seq` of the change that caused it. */
function accountMessage(
  work: AccountWork,
  account: CreditAccount,
  causedBy: Cause,
  type: string,
  data: object,
): OutgoingMessage {
  const seq = work.recordChange(account, type, data);
  return {
    topic: 'credit-accounts',
    key: account.customerId,
    type,
    data: { customerId: account.customerId, seq: Number(seq), ...data },
    causedBy,
    about: account.customerId,
  };
}

interface LimitChange {
  before: CreditLimit;
  /** Of an account that has changed its currency. */
  currencyBefore?: string | null;
  /** The base limit, when left out. */
  after?: CreditLimit;
  scope?: LimitScope;
  segment?: string;
  validFrom?: string;
  validUntil?: string;
  reason: string;
  changedBy: string;
}

export function limitChanged(
  work: AccountWork,
  account: CreditAccount,
  cause: Cause,
  { before, currencyBefore, after = account.limit, ...said }: LimitChange,
): OutgoingMessage {
  const base = said.scope === undefined && account.limitValidUntil && { validUntil: account.limitValidUntil };
  return accountMessage(work, account, cause, 'CreditLimitChanged.v1', {
    before: limitData(before, currencyBefore ?? account.currency!),
    after: limitData(after, account.currency!),
    ...base,
    ...said,
    changedAt: work.chunk.at.toISOString(),
  });
}

export function collateralChanged(
  work: AccountWork,
  account: CreditAccount,
  cause: Cause,
  { collateral, status, changedBy }: { collateral: Collateral; status: CollateralStatus; changedBy: string },
): OutgoingMessage {
  const data = collateralData(collateral, account.currency!);
  const changedAt = work.chunk.at.toISOString();
  return accountMessage(work, account, cause, 'CollateralChanged.v1', { ...data, status, changedBy, changedAt });
}

/** Collateral as people read it. */
export function collateralData({ amount, coversPercent, ...rest }: Collateral, currency: string): object {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return { ...given, value: formatMoney({ minor: amount, currency }), coveredPercent: decimalText(coversPercent) };
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

interface RiskAlert {
  kind: string;
  /** In a sentence. */
  message: string;
  measured: string;
  threshold: string;
  unit: string;
}

/** Something about the customer that people should look at. */
export function riskAlert(work: AccountWork, account: CreditAccount, cause: Cause, alert: RiskAlert): OutgoingMessage {
  const alertId = uuidv5(`${account.customerId} ${account.seq + 1n} alert`, alertNamespace);
  const { businessDay } = work;
  const raisedAt = work.chunk.at.toISOString();
  return accountMessage(work, account, cause, 'RiskAlertRaised.v1', { alertId, ...alert, businessDay, raisedAt });
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
    ...termsData(account),
    heldOrders: account.openHolds,
    exposureIsComplete: !account.hasUnconverted,
    seq: Number(account.seq),
  };
}

/** What is agreed beside the base limit, as far as there is any. */
function termsData({ terms, currency }: CreditAccount): object {
  const { temporaryLimit, segmentLimits, reviewOn, collateral, forcedHolds } = terms;
  return {
    ...(temporaryLimit && {
      temporaryLimit: {
        limit: limitData(temporaryLimit.limit, currency!),
        validFrom: temporaryLimit.from,
        validUntil: temporaryLimit.until,
      },
    }),
    ...(segmentLimits && {
      segmentLimits: Object.entries(segmentLimits).map(([segment, { limit, validUntil }]) => ({
        segment,
        limit: limitData(limit, currency!),
        ...(validUntil && { validUntil }),
      })),
    }),
    ...(reviewOn && { reviewOn }),
    ...(collateral && { collateral: collateral.map((one) => collateralData(one, currency!)) }),
    ...(forcedHolds && {
      forcedHolds: forcedHolds.map(({ holdId, orderId, ...said }) => ({
        forcedHoldId: holdId,
        ...(orderId && { orderId }),
        ...said,
      })),
    }),
  };
}
