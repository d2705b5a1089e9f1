import type { Sql } from '@ordergate/database';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { paymentWindows } from '../domain/policy/select-parameters.ts';
import type { PoliciesInForce } from '../policies.ts';
import { loadDaysLate, windowKey } from '../store/standing.store.ts';

/** How late the accounts of a chunk have paid, over the windows that the policies ask for. */
export class PaymentLateness {
  private readonly customers: ReadonlySet<string>;
  private readonly averages: ReadonlyMap<string, bigint>;

  constructor(customers: Iterable<string> = [], averages: ReadonlyMap<string, bigint> = new Map()) {
    this.customers = new Set(customers);
    this.averages = averages;
  }

  /** Reads nothing for accounts that no window can hold, since they were never later than the policies allow. */
  static async load(
    sql: Sql,
    accounts: readonly CreditAccount[],
    { live, shadow }: PoliciesInForce,
    businessDay: string,
  ): Promise<PaymentLateness> {
    const asked = [live, ...(shadow ? [shadow] : [])].map(paymentWindows);
    const daysLateMax = Math.min(...asked.map((windows) => windows.daysLateMax));
    const late = accounts.filter(({ standing }) => standing.mostDaysLate > daysLateMax);
    if (late.length === 0) return new PaymentLateness();
    const windows = [...new Set(asked.flatMap(({ days }) => days))];
    const customers = late.map(({ customerId }) => customerId);
    return new PaymentLateness(customers, await loadDaysLate(sql, late, windows, businessDay));
  }

  /** The average over the window in hundredths of a day; undefined for an account that no window can hold. */
  of({ customerId }: CreditAccount, windowDays: number): bigint | undefined {
    if (!this.customers.has(customerId)) return undefined;
    return this.averages.get(windowKey(customerId, windowDays)) ?? 0n;
  }
}
