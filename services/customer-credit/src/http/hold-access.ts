import { ProblemException } from '@ordergate/http';
import type { Role, User } from '@ordergate/identity';
import type { CreditHold } from '../domain/hold/credit-hold.ts';

/** These see every hold; `sales` sees those of the representatives that the token names (SEMANTICS.md 25). */
const allHoldReaders: Role[] = ['credit-analyst', 'credit-manager', 'auditor'];
export const holdReaders: Role[] = [...allHoldReaders, 'sales'];

/** Whose holds a user sees; undefined: everybody's. */
export function salesRepsOf({ roles, salesReps }: User): string[] | undefined {
  return roles.some((role) => allHoldReaders.includes(role)) ? undefined : salesReps;
}

/** The first of these holds that the user may see. Throws 404 as if there were none, so that nobody learns whose it is. */
export function seenBy(user: User, holds: readonly CreditHold[], orderId: string): CreditHold {
  const salesReps = salesRepsOf(user);
  const hold = holds.find(({ salesRepId }) => salesReps === undefined || salesReps.includes(salesRepId ?? ''));
  if (!hold) throw new ProblemException(404, 'hold-not-found', `No order ${orderId} is or was held`);
  return hold;
}
