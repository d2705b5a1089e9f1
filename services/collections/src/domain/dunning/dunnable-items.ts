import { minMinor } from '@ordergate/money';
import { byDueDay, type OpenItem } from '@ordergate/receivables';
import { undisputedOverdue } from '../standing/standing.ts';

/** An overdue item with what may be asked for of it. */
export interface DunnableItem {
  readonly invoiceId: string;
  readonly currency: string;
  readonly dueOn: string;
  /** Minor units, neither disputed nor promised. */
  readonly amount: bigint;
}

/** What a customer may be reminded of, oldest first: overdue, undisputed, and not excused by what is promised. */
export function dunnableItems(
  openItems: readonly OpenItem[],
  promised: ReadonlyMap<string, bigint>,
  businessDay: string,
): DunnableItem[] {
  const excuses = new Map(promised);
  return undisputedOverdue(openItems, businessDay)
    .sort(byDueDay)
    .flatMap(({ invoiceId, currency, dueOn, open, disputed }) => {
      const undisputed = open - disputed;
      const excused = minMinor(excuses.get(currency) ?? 0n, undisputed);
      excuses.set(currency, (excuses.get(currency) ?? 0n) - excused);
      return excused === undisputed ? [] : [{ invoiceId, currency, dueOn, amount: undisputed - excused }];
    });
}
