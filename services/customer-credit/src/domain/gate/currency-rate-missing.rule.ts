import type { Rule } from './rule.ts';

/** Without a rate of the last 7 days the amounts cannot be compared, so the gate fails closed until the rate comes. */
export const currencyRateMissingRule: Rule = ({ account, order }) => {
  if (order.total === null) {
    return {
      code: 'currency-rate-missing',
      message: `There is no rate from ${order.currency} to ${account.currency} that is at most 7 days old`,
    };
  }
  if (!account.hasUnconverted) return null;
  return {
    code: 'currency-rate-missing',
    message: `Some receivables of the account have no rate to ${account.currency}, so its exposure is not known`,
  };
};
