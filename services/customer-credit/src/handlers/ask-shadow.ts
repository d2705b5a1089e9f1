import type { CreditAccount } from '../domain/account/credit-account.ts';
import { decideOrder } from '../domain/gate/decide-order.ts';
import type { Reason } from '../domain/gate/reason.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { ShadowDifference } from '../store/shadow-difference.store.ts';
import type { AccountWork } from './account-work.ts';
import { factsOf } from './facts-of.ts';

interface Asked {
  order: CustomerOrder;
  rate: string | null;
  seq: bigint;
  /** What the live policy answered. */
  reasons: readonly Reason[];
}

/** What a candidate would have answered on the same account; null when it is the same. It reserves and tells nothing. */
export function askShadow(
  work: AccountWork,
  shadow: Policy,
  account: CreditAccount,
  { order, rate, seq, reasons }: Asked,
): ShadowDifference | null {
  const shadowReasons = decideOrder(factsOf(work, account, order, rate, shadow));
  if (codesOf(shadowReasons) === codesOf(reasons)) return null;
  const { customerId } = account;
  const { orderId } = order;
  const { at: decidedAt } = work.chunk;
  return { customerId, seq, shadowVersion: shadow.version, orderId, reasons, shadowReasons, decidedAt };
}

function codesOf(reasons: readonly Reason[]): string {
  return reasons.map(({ code }) => code).join(' ');
}
