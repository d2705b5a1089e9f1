import { isDeepStrictEqual } from 'node:util';
import { nothingOpen } from '../../../../services/customer-credit/src/domain/gate/facts-record.ts';
import type { OpenItemFacts } from '../../../../services/customer-credit/src/domain/gate/rule.ts';
import type { Parameters } from '../../../../services/customer-credit/src/domain/policy/parameters.ts';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import { fewestOverdueDays } from '../../../../services/customer-credit/src/domain/policy/select-parameters.ts';
import type { CustomerThen } from './customer-then.ts';

/** A policy with its parameters for one order. */
export interface Asking {
  policy: Policy;
  parameters: Parameters;
}

const isEmpty = (recorded: OpenItemFacts): boolean => isDeepStrictEqual(recorded, nothingOpen);

/**
 * Whether what was recorded of open items is enough for another policy. They were looked at when one was old enough for the
 * policy in force; those beyond its days were summed up.
 */
export function areItemsKnown(recorded: OpenItemFacts, asking: Asking, taken: Asking): boolean {
  const { overdueItems } = asking.parameters;
  if (isEmpty(recorded)) return fewestOverdueDays(asking.policy) >= fewestOverdueDays(taken.policy);
  if (!overdueItems || recorded.oldestOverdueDays <= overdueItems.days) return true;
  return taken.parameters.overdueItems?.days === overdueItems.days;
}

export interface ItemsAnew {
  /** One, or two that differ in what was disputed on the day. */
  possible: readonly OpenItemFacts[];
  /** Whether the same, worked out for the policy in force, is what was recorded; null where nothing was. */
  fitsRecord: boolean | null;
}

/** What another policy would have seen of open items; of what is possible only that which fits the record. */
export function itemsAnew(
  recorded: OpenItemFacts,
  customer: CustomerThen,
  day: string,
  asking: Asking,
  taken: Asking,
): ItemsAnew {
  const then = customer.openItems(day, taken.parameters);
  const possible = customer.openItems(day, asking.parameters);
  const fitting = possible.filter((_, at) => fits(then[at]!, recorded, taken));
  return {
    possible: fitting.length > 0 ? fitting : possible,
    fitsRecord: isEmpty(recorded) ? null : fitting.length > 0,
  };
}

function fits(then: OpenItemFacts, recorded: OpenItemFacts, { policy, parameters }: Asking): boolean {
  if (isEmpty(recorded)) return then.oldestOverdueDays <= fewestOverdueDays(policy);
  const isSameSum = !parameters.overdueItems || then.overdue === recorded.overdue;
  return isSameSum && then.oldestOverdueDays === recorded.oldestOverdueDays;
}
