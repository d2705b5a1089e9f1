import type { Sql } from '@ordergate/database';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { paymentWindows } from '../domain/policy/select-parameters.ts';
import type { PoliciesInForce } from '../policies.ts';
import { loadDaysLate, windowKey } from '../store/standing.store.ts';

/** Days late by the length of the window, in hundredths. */
interface Averages {
  /** All that they depend on, the customer aside. */
  asOf: string;
  byWindow: ReadonlyMap<number, bigint>;
}

/** By the policy that asks, then by customer: an average is asked for with every order, and changes with payments and days. */
const kept = new WeakMap<Policy, Map<string, Averages>>();
const customersKeptMax = 50_000;

/** How late the accounts of a chunk have paid, over the windows that the policies ask for. */
export class PaymentLateness {
  private readonly averages = new Map<string, Averages>();

  /**
   * Reads nothing for accounts that no window can hold, since they were never later than the policies allow, and nothing
   * again that is known as of the account's payment record and the day.
   */
  static async load(
    sql: Sql,
    accounts: readonly CreditAccount[],
    { live, shadow }: PoliciesInForce,
    businessDay: string,
  ): Promise<PaymentLateness> {
    const lateness = new PaymentLateness();
    const asked = [live, ...(shadow ? [shadow] : [])].map(paymentWindows);
    const daysLateMax = Math.min(...asked.map((windows) => windows.daysLateMax));
    const late = accounts.filter(({ standing }) => standing.mostDaysLate > daysLateMax);
    if (late.length === 0) return lateness;
    const windows = [...new Set(asked.flatMap(({ days }) => days))];
    const known = knownUnder(live);
    const unknown: CreditAccount[] = [];
    for (const account of late) {
      const averages = known.get(account.customerId);
      const isCurrent = averages?.asOf === stateOf(account, businessDay);
      if (isCurrent && windows.every((days) => averages.byWindow.has(days)))
        lateness.averages.set(account.customerId, averages);
      else unknown.push(account);
    }

    const loaded = await loadDaysLate(sql, unknown, windows, businessDay);
    for (const account of unknown) {
      const { customerId } = account;
      const byWindow = new Map(windows.map((days) => [days, loaded.get(windowKey(customerId, days)) ?? 0n]));
      const averages = { asOf: stateOf(account, businessDay), byWindow };
      lateness.averages.set(customerId, averages);
      known.set(customerId, averages);
    }
    return lateness;
  }

  /** The average over the window in hundredths of a day; undefined for an account that no window can hold. */
  of({ customerId }: CreditAccount, windowDays: number): bigint | undefined {
    return this.averages.get(customerId)?.byWindow.get(windowDays);
  }
}

const stateOf = ({ currency, standing }: CreditAccount, businessDay: string): string =>
  `${businessDay} ${currency} ${standing.paidToldBy}`;

function knownUnder(policy: Policy): Map<string, Averages> {
  let known = kept.get(policy);
  if (!known || known.size > customersKeptMax) kept.set(policy, (known = new Map()));
  return known;
}
