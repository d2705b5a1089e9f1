import { daysBetween } from '@ordergate/money';
import { daysReason, type Reason } from '../gate/reason.ts';
import type { HoldPolicy } from '../policy/policy.ts';

/**
 * A hold that nobody has answered for too long ends with no. Exactly the allowed days still wait; without a number in the
 * policy a hold waits for ever. `heldSince` is the business day on which it was opened.
 */
export function holdExpired(
  heldSince: string,
  businessDay: string,
  { expireAfterDays }: Pick<HoldPolicy, 'expireAfterDays'>,
): Reason | null {
  if (expireAfterDays === undefined) return null;
  const days = daysBetween(heldSince, businessDay);
  if (days <= expireAfterDays) return null;

  const message = `Held since ${heldSince}, and nobody has answered for ${days} days; the hold waits for ${expireAfterDays}`;
  return daysReason('hold-expired', days, expireAfterDays, message);
}
