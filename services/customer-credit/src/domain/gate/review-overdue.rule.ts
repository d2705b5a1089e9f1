import { daysBetween } from '@ordergate/money';
import { daysReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** The account should have been reviewed. Exactly the days of grace still pass. */
export const reviewOverdueRule: Rule = ({ account, parameters, businessDay }) => {
  const { reviewOverdue } = parameters;
  if (!reviewOverdue || account.reviewOn === null) return null;
  const days = daysBetween(account.reviewOn, businessDay);
  if (days <= reviewOverdue.graceDays) return null;

  const message = `The review of the account, due on ${account.reviewOn}, is ${days} days overdue`;
  return daysReason('review-overdue', days, reviewOverdue.graceDays, message);
};
