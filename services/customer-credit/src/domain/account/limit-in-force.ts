import { divideHalfEven } from '@ordergate/money';
import type { Collateral, CreditAccount, CreditLimit } from './credit-account.ts';

/** The limit of a business day with the last day on which it is valid; null: it does not end. */
export interface LimitInForce {
  limit: CreditLimit;
  validUntil: string | null;
}

/** The temporary limit while it is valid, else the base limit; an amount is raised by collateral that is set to do so. */
export function limitInForce(account: CreditAccount, businessDay: string): LimitInForce {
  const { temporaryLimit, collateral = [] } = account.terms;
  const isTemporary = temporaryLimit && temporaryLimit.from <= businessDay && businessDay <= temporaryLimit.until;
  const { limit, validUntil } = isTemporary
    ? { limit: temporaryLimit.limit, validUntil: temporaryLimit.until }
    : { limit: account.limit, validUntil: account.limitValidUntil };
  if (limit.kind !== 'amount' || collateral.length === 0) return { limit, validUntil };
  const raised = coveredBy(
    collateral.filter(({ raisesLimit }) => raisesLimit),
    businessDay,
  );
  return { limit: { kind: 'amount', minor: limit.minor + raised }, validUntil };
}

/** The covered share of what secures on the business day, in minor units of the account's currency. */
export function coveredBy(collateral: readonly Collateral[], businessDay: string): bigint {
  return collateral.reduce(
    (sum, { amount, coversPercent, validFrom, validUntil }) =>
      (validFrom === null || validFrom <= businessDay) && (validUntil === null || businessDay <= validUntil)
        ? sum + divideHalfEven(amount * coversPercent, 100_00n)
        : sum,
    0n,
  );
}

/** The earliest day from which an insurer wants deliveries stopped; null when none does. */
export function insuranceStopOn(collateral: readonly Collateral[]): string | null {
  const days = collateral.flatMap(({ stopDeliveryOn }) => stopDeliveryOn ?? []);
  return days.length > 0 ? days.reduce((earliest, day) => (day < earliest ? day : earliest)) : null;
}
