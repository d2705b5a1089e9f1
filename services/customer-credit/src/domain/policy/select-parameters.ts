import { fractionDigits, minorOf } from '@ordergate/money';
import type { Parameters, Policy } from './policy.ts';

const selected = new WeakMap<Policy, Map<string, Parameters>>();

/** The parameters for accounts of a currency. Made once for each: the gate asks for every order. */
export function selectParameters(policy: Policy, currency: string): Parameters {
  let byCurrency = selected.get(policy);
  if (!byCurrency) selected.set(policy, (byCurrency = new Map()));
  let parameters = byCurrency.get(currency);
  if (!parameters) byCurrency.set(currency, (parameters = parametersOf(policy, currency)));
  return parameters;
}

function parametersOf({ rules }: Policy, currency: string): Parameters {
  const overdue = rules['overdue-items'];
  const oldest = rules['oldest-open-item'];
  const value = rules['order-value'];
  return {
    ...(overdue && {
      overdueItems: {
        days: overdue.days,
        amountMin: threshold(overdue.amountMin, currency),
        ...(overdue.percentMin !== undefined && { percentMin: BigInt(Math.round(Number(overdue.percentMin) * 100)) }),
      },
    }),
    ...(oldest && { oldestOpenItem: { days: oldest.days } }),
    ...(value && { orderValue: { max: threshold(value.max, currency) } }),
  };
}

/** "99.50" is a threshold for yen accounts, too: what lies between two minor units is cut off, so exactly it still passes. */
function threshold(amount: string, currency: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, fractionDigits(currency));
  return minorOf(digits ? `${whole}.${digits}` : whole, currency);
}

/** Open items younger than this can hold no order: the fewest days that any rule allows; null when no rule asks for them. */
export function fewestOverdueDays({ overdueItems, oldestOpenItem }: Parameters): number | null {
  const days = [overdueItems?.days, oldestOpenItem?.days].filter((value) => value !== undefined);
  return days.length > 0 ? Math.min(...days) : null;
}
