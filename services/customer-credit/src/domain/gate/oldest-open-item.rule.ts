import { daysReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** The oldest undisputed item has been overdue for too long. Exactly the allowed days still pass. */
export const oldestOpenItemRule: Rule = ({ account, order, parameters }) => {
  const { oldestOpenItem } = parameters;
  const days = account.openItems.oldestOverdueDays;
  if (!oldestOpenItem || order.prepaid || days <= oldestOpenItem.days) return null;

  return daysReason('oldest-open-item', days, oldestOpenItem.days, `The oldest open item is ${days} days overdue`);
};
