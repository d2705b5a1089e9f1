import { daysBetween, maxMinor } from '@ordergate/money';
import { nothingOpen } from '../gate/facts-record.ts';
import type { OpenItemFacts } from '../gate/rule.ts';
import type { Parameters } from '../policy/parameters.ts';

/** An open item as the gate counts it, in minor units of the account's currency. */
export interface CountedItem {
  dueOn: string;
  /** What is open and not disputed. */
  undisputed: bigint;
  /** All that is open. */
  open: bigint;
}

/**
 * What the open items say on the business day. Due today is not overdue; what is disputed is left out, and of the overdue sum
 * what is promised: promises excuse the oldest items first, which are those that the sum is of.
 */
export function openItemFacts(
  items: readonly CountedItem[],
  { overdueItems }: Pick<Parameters, 'overdueItems'>,
  businessDay: string,
  promised = 0n,
): OpenItemFacts {
  if (items.length === 0) return nothingOpen;
  const facts: OpenItemFacts = { overdue: 0n, open: 0n, oldestOverdueDays: 0 };
  for (const { dueOn, undisputed, open } of items) {
    facts.open += open;
    if (undisputed === 0n) continue;
    const days = daysBetween(dueOn, businessDay);
    if (overdueItems && days > overdueItems.days) facts.overdue += undisputed;
    if (days > facts.oldestOverdueDays) facts.oldestOverdueDays = days;
  }
  facts.overdue = maxMinor(0n, facts.overdue - promised);
  return facts;
}

/** The earliest due day of what is open and not disputed; null when nothing is. */
export function oldestDueDay(items: readonly CountedItem[]): string | null {
  return items.reduce<string | null>(
    (oldest, { dueOn, undisputed }) => (undisputed > 0n && (oldest === null || dueOn < oldest) ? dueOn : oldest),
    null,
  );
}
