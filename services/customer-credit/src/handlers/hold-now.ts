import type { Sql } from '@ordergate/database';
import type { Chunk } from '@ordergate/messaging';
import { formatMoney } from '@ordergate/money';
import { stubAccount } from '../domain/account/credit-account.ts';
import type { CreditHold } from '../domain/hold/credit-hold.ts';
import { holdPriority, scoreOf, type PriorityPart } from '../domain/hold/hold-priority.ts';
import { limitExcessOf } from '../domain/hold/limit-excess-of.ts';
import { freeingPayment, whatWouldFree } from '../domain/hold/what-would-free.ts';
import type { Policies } from '../policies.ts';
import { readAccounts } from '../store/credit-account.store.ts';
import { AccountWork } from './account-work.ts';
import { ask } from './decide.ts';
import { availableData, exposureData, limitData } from './decision-message.ts';
import { priorityFactsOf } from './hold-cases.ts';

/** What holds an order by what is committed now, and what would free it. */
export interface HoldNow {
  now: object;
  priorityParts: PriorityPart[];
}

/** Asks the gate about open holds as everything stands now: without locks, and nothing is stored. */
export async function holdsNow(chunk: Chunk, policies: Policies, holds: readonly CreditHold[]): Promise<HoldNow[]> {
  if (holds.length === 0) return [];
  const customerIds = [...new Set(holds.map(({ customerId }) => customerId))];
  const find = async (sql: Sql) => {
    const accounts = await readAccounts(sql, customerIds);
    return new Map(customerIds.map((id) => [id, accounts.get(id) ?? stubAccount(id)]));
  };
  const work = await AccountWork.over(chunk, policies, find, holds);
  await work.withRatesFor([]);
  return holds.map((hold) => holdNow(work, hold));
}

function holdNow(work: AccountWork, hold: CreditHold): HoldNow {
  const account = work.account(hold.customerId);
  const order = work.order(hold.customerId, hold.orderId);
  const cannotBeAsked = order.currency === null || order.heldFor.includes('technical-error');
  const asked = cannotBeAsked ? null : ask(work, order);
  const reasons = asked?.reasons ?? hold.reasons;
  const limit = asked?.facts.account.limit ?? account.limit;
  const excess = limitExcessOf(reasons, account.currency);
  const payment = freeingPayment(reasons, limit);
  const parts = holdPriority({ ...priorityFactsOf(work, account, hold), excess });
  const { currency } = account;
  return {
    now: {
      reasons,
      ...(excess !== null && { excess: formatMoney({ minor: excess, currency: currency! }) }),
      ...(currency !== null &&
        asked && {
          exposure: exposureData(asked.facts.account.exposure, currency),
          limit: limitData(limit, currency),
          ...availableData(limit, asked.facts.account.exposure, currency),
        }),
      wouldFree: whatWouldFree(reasons, limit),
      ...(payment && { freeingPayment: formatMoney(payment) }),
      priority: scoreOf(parts),
    },
    priorityParts: parts,
  };
}
