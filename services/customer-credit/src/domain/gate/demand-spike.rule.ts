import { divideHalfEven } from '@ordergate/money';
import { amountText, hundredthsText, moneyReason } from './reason.ts';
import type { Rule } from './rule.ts';

/**
 * The order, or all of the window with it, is far above what this customer usually orders: a sudden spike comes before
 * many a default. Exactly the factor still passes; too short a history says nothing, nor does one of free orders.
 */
export const demandSpikeRule: Rule = ({ account, order, parameters }) => {
  const { demandSpike } = parameters;
  const { demand, total } = order;
  if (!demandSpike || demand === null || total === null || demand.orders < demandSpike.ordersMin) return null;

  const { factor, windowDays } = demandSpike;
  const exceeds = (measured: bigint, usual: bigint): boolean => usual > 0n && measured * 100n > usual * factor;
  const spike = (measured: bigint, usual: bigint, what: string) =>
    moneyReason(
      'demand-spike',
      account.currency,
      measured,
      divideHalfEven(usual * factor, 100n),
      `${what} ${amountText(measured, account.currency)}, more than ${hundredthsText(factor)} times the usual ${amountText(usual, account.currency)}`,
    );
  if (exceeds(total, demand.usualOrder)) return spike(total, demand.usualOrder, 'The order is worth');
  const { inWindow, usualInWindow } = demand;
  if (inWindow === null || usualInWindow === null || !exceeds(inWindow, usualInWindow)) return null;
  return spike(inWindow, usualInWindow, `The orders of ${windowDays} days come to`);
};
