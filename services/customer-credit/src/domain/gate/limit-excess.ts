import type { CreditLimit } from '../account/credit-account.ts';
import { amountText, moneyReason, type Reason } from './reason.ts';
import type { PoolFacts } from './rule.ts';

/** What a limit allows when `wanted` is beyond it, else null. Exactly the limit still passes; `none` grants nothing at all. */
export function allowedWhenExceeded(limit: CreditLimit, wanted: bigint): bigint | null {
  switch (limit.kind) {
    case 'unlimited':
      return null;
    case 'none':
      return 0n;
    case 'amount':
      return wanted <= limit.minor ? null : limit.minor;
  }
}

/** The limit of a segment or a credit group is exceeded. Without a rate to the pool's currency it cannot be asked. */
export function poolReason(
  code: string,
  what: string,
  { id, currency, limit, exposure, adds }: PoolFacts,
): Reason | null {
  if (adds === null || adds === 0n) return null;
  const wanted = exposure + adds;
  const allowed = allowedWhenExceeded(limit, wanted);
  if (allowed === null) return null;

  const message =
    limit.kind === 'none'
      ? `No credit is granted to ${what} ${id}; the order would add ${amountText(adds, currency)}`
      : `Exposure ${amountText(exposure, currency)} of ${what} ${id} and this order of ${amountText(adds, currency)} exceed its limit of ${amountText(allowed, currency)} by ${amountText(wanted - allowed, currency)}`;
  return { ...moneyReason(code, currency, wanted, allowed, message), subject: id };
}
