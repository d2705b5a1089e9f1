import type { CountedItem } from '../../../../services/customer-credit/src/domain/account/open-items.ts';
import type { InvoicedPart } from '../payment-outcome.ts';

/** What paid, or took back, a part of an item. */
export interface Settlement {
  kind: 'payment' | 'credit-note' | 'instrument' | 'write-off';
  state: 'posted' | 'in-hand' | 'cleared' | 'bounced' | 'reversed';
  receivedOn: string;
  /** Instruments: the day on which they may be presented. */
  dueOn: string | null;
  /** Minor units of the account's currency; null while there is no rate. */
  booked: bigint | null;
}

/** An invoice's instalment as the database has it now. Minor units. */
export interface StoredItem {
  orderId: string | null;
  /** In the account's currency; null while there is no rate. */
  booked: bigint | null;
  /** What is open now, in the item's own currency. */
  open: bigint;
  /** It is, or was, disputed. When, nobody knows afterwards. */
  wasDisputed: boolean;
  issuedOn: string;
  dueOn: string;
  settlements: Settlement[];
}

/** What became of an item, part by part. */
export function partsOf({ open, dueOn, settlements }: StoredItem): InvoicedPart[] {
  const settled = settlements.map((settlement) => partOf(settlement, dueOn));
  return open > 0n ? [...settled, { kind: 'open', dueOn }] : settled;
}

function partOf({ kind, state, receivedOn, dueOn: presentedOn }: Settlement, dueOn: string): InvoicedPart {
  switch (kind) {
    case 'payment':
      return { kind: 'paid', dueOn, paidOn: receivedOn };
    case 'instrument':
      if (state !== 'cleared') return { kind: 'in-hand' };
      return {
        kind: 'paid',
        dueOn,
        paidOn: presentedOn !== null && presentedOn > receivedOn ? presentedOn : receivedOn,
      };
    case 'credit-note':
      return { kind: 'credited' };
    case 'write-off':
      return { kind: 'written-off' };
  }
}

interface Movement {
  day: string;
  item: StoredItem;
  /** By how much more, or less, is open. */
  by: bigint;
}

/** Whether items that were disputed at some time were disputed on the day in question. */
export type Disputes = 'excused' | 'counted';

/**
 * What was open of one customer on days which only go forward: invoices count from the day after they were issued, what
 * settled them from the day it came.
 */
export class ReceivablesThen {
  private readonly movements: Movement[];
  private next = 0;
  private readonly open = new Map<StoredItem, bigint>();
  private counted: Record<Disputes, readonly CountedItem[]> = { excused: [], counted: [] };

  constructor(items: readonly StoredItem[]) {
    this.movements = items
      .flatMap((item) => (item.booked === null ? [] : movementsOf(item, item.booked)))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  }

  on(day: string): Record<Disputes, readonly CountedItem[]> {
    const { movements, open } = this;
    const first = this.next;
    for (; this.next < movements.length && movements[this.next]!.day <= day; this.next += 1) {
      const { item, by } = movements[this.next]!;
      const left = (open.get(item) ?? 0n) + by;
      if (left === 0n) open.delete(item);
      else open.set(item, left);
    }
    if (this.next > first) this.counted = this.count();
    return this.counted;
  }

  /** One and the same list where nothing was ever disputed. */
  private count(): Record<Disputes, readonly CountedItem[]> {
    // What was paid before it was invoiced is no open item yet.
    const items = [...this.open].filter(([, left]) => left > 0n);
    const counted = items.map(([{ dueOn }, left]) => ({ dueOn, open: left, undisputed: left }));
    if (!items.some(([{ wasDisputed }]) => wasDisputed)) return { excused: counted, counted };
    const excused = counted.map((item, at) => (items[at]![0].wasDisputed ? { ...item, undisputed: 0n } : item));
    return { excused, counted };
  }
}

function movementsOf(item: StoredItem, booked: bigint): Movement[] {
  const settled = item.settlements.map(({ receivedOn, booked: part }) => ({
    day: receivedOn,
    item,
    by: -(part ?? 0n),
  }));
  return [{ day: nextDay(item.issuedOn), item, by: booked }, ...settled];
}

/** Sorts after the day itself and before the next one. */
const nextDay = (day: string): string => `${day}~`;
