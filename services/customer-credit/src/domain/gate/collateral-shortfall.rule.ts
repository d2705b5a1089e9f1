import { totalOf } from '../account/exposure.ts';
import { amountText, hundredthsText, percentReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** The exposure with this order must be secured by collateral to a share. Exactly the share passes, less holds. */
export const collateralShortfallRule: Rule = ({ account, order, parameters }) => {
  const { collateralShortfall } = parameters;
  if (!collateralShortfall || order.adds === 0n || order.total === null || account.hasUnconverted) return null;

  const { securedPercent } = collateralShortfall;
  const wanted = totalOf(account.exposure) + order.adds;
  if (account.secured * 100_00n >= wanted * securedPercent) return null;

  const covered = (account.secured * 100_00n) / wanted;
  const message = `Collateral covers ${amountText(account.secured, account.currency)} of the exposure of ${amountText(wanted, account.currency)} with this order; ${hundredthsText(securedPercent)} % must be secured`;
  return percentReason('collateral-shortfall', covered, securedPercent, message);
};
