import { openItems } from '@ordergate/receivables';
import { decideDunning } from '../../../../services/collections/src/domain/dunning/decide-dunning.ts';
import { dunnableItems } from '../../../../services/collections/src/domain/dunning/dunnable-items.ts';
import { dunningRulesFor } from '../../../../services/collections/src/domain/dunning/dunning-policy.ts';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import type { Customer } from './customer.ts';

/** What a run of reminders does to one customer: a level up when the policy says so, none when nothing is overdue. */
export function remind(customer: Customer, policy: Policy, businessDay: string): void {
  const { account, book, dunnedOn } = customer;
  const { customerId, currency, segment, riskClass, creditGroupId, oldestDueOn, standing } = account;
  if (oldestDueOn === null || oldestDueOn >= businessDay) {
    if (standing.dunningLevel > 0) account.standing = { ...standing, dunningLevel: 0 };
    customer.dunnedOn = null;
    return;
  }
  const decided = decideDunning({
    currency: currency!,
    items: dunnableItems(openItems(book), new Map(), businessDay),
    level: standing.dunningLevel,
    dunnedOn,
    rules: dunningRulesFor(policy, { customerId, segment, riskClass, creditGroupId }),
    businessDay,
  });
  if (decided.outcome !== 'raised') return;
  account.standing = { ...standing, dunningLevel: decided.level };
  customer.dunnedOn = businessDay;
}
