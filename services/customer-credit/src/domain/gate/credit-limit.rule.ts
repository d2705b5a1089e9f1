import { totalOf } from '../account/exposure.ts';
import { allowedWhenExceeded } from './limit-excess.ts';
import { amountText, moneyReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** Exposure and this order together must stay within the limit. Exactly the limit still passes; `none` grants nothing. */
export const creditLimitRule: Rule = ({ account, order }) => {
  const { limit, currency } = account;
  if (order.adds === 0n || order.total === null || account.hasUnconverted) return null;

  const exposure = totalOf(account.exposure);
  const wanted = exposure + order.adds;
  const allowed = allowedWhenExceeded(limit, wanted);
  if (allowed === null) return null;

  return moneyReason(
    'credit-limit-exceeded',
    currency,
    wanted,
    allowed,
    limit.kind === 'none'
      ? `No credit is granted to this customer; the order would add ${amountText(order.adds, currency)}`
      : `Exposure ${amountText(exposure, currency)} and this order of ${amountText(order.adds, currency)} exceed the limit of ${amountText(allowed, currency)} by ${amountText(wanted - allowed, currency)}`,
  );
};
