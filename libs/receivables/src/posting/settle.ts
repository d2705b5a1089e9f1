import { divideHalfEven, maxMinor, minMinor } from '@ordergate/money';
import type { Credit } from '../book/credit.ts';
import { itemsOf } from '../book/book.ts';
import type { OpenItem } from '../book/open-item.ts';
import { allocate, bookedPart, relieve, take, type Change } from './change.ts';

/** How much goes from a credit to an item: each side in its own currency. */
interface Parts {
  ofCredit: bigint;
  ofItem: bigint;
}

/**
 * Pays items in the given order from a credit, with at most `limit` of its currency; returns what was used of it.
 * Currencies that differ are compared through booked values: SEMANTICS.md 18.
 */
export function settle(change: Change, credit: Credit, items: readonly OpenItem[], limit: bigint): bigint {
  let used = 0n;
  for (const item of items) {
    const parts = partsOf(credit, item, minMinor(limit - used, credit.unallocated), change);
    if (!parts) continue;
    used += parts.ofCredit;
    take(change, credit, parts.ofCredit);
    const booked = relieve(change, item, parts.ofItem);
    const { invoiceId, instalmentNo } = item;
    allocate(change, credit, { invoiceId, instalmentNo, amount: parts.ofItem, booked, creditAmount: parts.ofCredit });
  }
  return used;
}

function partsOf(credit: Credit, item: OpenItem, available: bigint, { rates }: Change): Parts | null {
  if (available === 0n || item.open === 0n) return null;
  if (credit.currency === item.currency) {
    const part = minMinor(available, item.open);
    return { ofCredit: part, ofItem: part };
  }
  const { bookedUnallocated } = credit;
  if (bookedUnallocated === null || item.bookedOpen === null || rates.comparesCurrencies === false) return null;
  const worth = bookedPart(available, credit.unallocated, bookedUnallocated);
  if (worth >= item.bookedOpen) {
    const ofCredit = worth === 0n ? 0n : divideHalfEven(available * item.bookedOpen, worth);
    return { ofCredit: maxMinor(1n, ofCredit), ofItem: item.open };
  }
  // Rounded down: a credit that is worth less than the item never closes it.
  const ofItem = (item.open * worth) / item.bookedOpen;
  return ofItem === 0n ? null : { ofCredit: available, ofItem };
}

/**
 * Applies a part of a credit to the invoice it names. What cannot be applied yet, since the invoice is not posted or its
 * currency cannot be compared, stays with the credit, earmarked (SEMANTICS.md 19); returns whether it was applied.
 */
export function settleInvoice(change: Change, credit: Credit, invoiceId: string, limit: bigint): boolean {
  const items = itemsOf(change.book, invoiceId);
  if (items.length > 0 && isComparable(change, credit, items)) {
    settle(change, credit, items, limit);
    return true;
  }
  credit.earmarks = [...credit.earmarks, { invoiceId, amount: limit }];
  change.book.changes.credits.add(credit);
  return false;
}

function isComparable({ rates }: Change, credit: Credit, [item]: readonly OpenItem[]): boolean {
  if (!item || item.currency === credit.currency) return true;
  return credit.bookedUnallocated !== null && item.bookedOpen !== null && rates.comparesCurrencies !== false;
}
