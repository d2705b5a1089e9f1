import { amountText, moneyReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** Too much unpaid for too long. Exactly the allowed days and the allowed amount still pass; disputed items are left out. */
export const overdueItemsRule: Rule = ({ account, order, parameters }) => {
  const { overdueItems } = parameters;
  if (!overdueItems || order.prepaid || account.hasUnconverted) return null;

  const { overdue, open } = account.openItems;
  if (overdue <= overdueItems.amountMin) return null;
  if (overdueItems.percentMin !== undefined && overdue * 10_000n <= open * overdueItems.percentMin) return null;

  return moneyReason(
    'overdue-items',
    account.currency,
    overdue,
    overdueItems.amountMin,
    `Items more than ${overdueItems.days} days overdue sum to ${amountText(overdue, account.currency)}`,
  );
};
