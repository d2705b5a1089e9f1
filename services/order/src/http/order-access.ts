import type { Role, User } from '@ordergate/identity';
import type { OrderReading } from '../store/order-reading.store.ts';

/** These see every order; `sales` sees those of the representatives that the token names (SEMANTICS.md 25). */
export const allOrderReaders: Role[] = ['order-system', 'credit-analyst', 'credit-manager', 'auditor'];

/** Whose orders a user sees; undefined: everybody's. */
export const salesRepsOf = ({ roles, salesReps }: User): string[] | undefined =>
  roles.some((role) => allOrderReaders.includes(role)) ? undefined : salesReps;

export function isSeenBy(user: User, { order }: OrderReading): boolean {
  const salesReps = salesRepsOf(user);
  return salesReps === undefined || salesReps.includes(order.newest?.salesRepId ?? '');
}
