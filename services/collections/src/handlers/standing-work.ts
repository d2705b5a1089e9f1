import type { Cause, Chunk, Outgoing } from '@ordergate/messaging';
import { firstDay } from '@ordergate/money';
import {
  applyReceivable,
  loadBooks,
  openItems,
  saveBooks,
  type Book,
  type ReceivableEvent,
  type ReceivableOutcome,
} from '@ordergate/receivables';
import {
  noRecord,
  paidAmounts,
  recordChanges,
  recordKey,
  windowStart,
  type PaidAmount,
} from '../domain/standing/payment-record.ts';
import { isSameStanding, standingOf, standsUntil, type StandingFacts } from '../domain/standing/standing.ts';
import { addToRecord, readRecord, readRecordSums, sumsOf, type CustomerPaid } from '../store/payment-record.store.ts';
import { loadStandings, saveStandings, type KeptStanding, type SavedStanding } from '../store/standing.store.ts';
import { eachCurrencyByItself } from './each-currency-by-itself.ts';
import { standingChanged } from './standing-message.ts';

interface CustomerWork {
  readonly book: Book;
  readonly kept: KeptStanding;
  readonly paidBefore: ReadonlyMap<string, PaidAmount>;
  /** What the standing is told in: the account's; before its record has come, that of the first document. */
  currency: string | null;
  /** The last message about the customer: what its standing changes by. */
  readonly cause: Cause;
}

/**
 * What one chunk does to customers' standings: loaded once, changed in memory message by message, saved and told once.
 * So a batch ends where one by one ends.
 */
export class StandingWork {
  private readonly chunk: Chunk;
  private readonly customers: ReadonlyMap<string, CustomerWork>;

  private constructor(chunk: Chunk, customers: ReadonlyMap<string, CustomerWork>) {
    this.chunk = chunk;
    this.customers = customers;
  }

  /** Everything of the customers that these messages are about. */
  static async load(
    chunk: Chunk,
    causes: readonly Cause[],
    events: readonly ReceivableEvent[] = [],
  ): Promise<StandingWork> {
    const lastCause = new Map(causes.map((cause) => [cause.customerId, cause]));
    const customerIds = [...lastCause.keys()];
    const [books, kept] = await Promise.all([
      loadBooks(chunk.sql, customerIds, events),
      loadStandings(chunk.sql, customerIds),
    ]);
    const customers = customerIds.map((customerId): [string, CustomerWork] => {
      const book = books.get(customerId)!;
      const known = kept.get(customerId)!;
      const cause = lastCause.get(customerId)!;
      return [customerId, { book, cause, kept: known, currency: known.currency, paidBefore: paidAmounts(book) }];
    });
    return new StandingWork(chunk, new Map(customers));
  }

  /** Applies a receivable to its customer's book. */
  apply(event: ReceivableEvent): ReceivableOutcome {
    const work = this.customers.get(event.customerId)!;
    const outcome = applyReceivable(work.book, event, eachCurrencyByItself);
    if (outcome.outcome === 'applied' && 'total' in event) work.currency ??= event.total.currency;
    return outcome;
  }

  /** Saves what the chunk has changed, and returns what must be told of it. */
  async save(): Promise<Outgoing[]> {
    const { sql, businessDay } = this.chunk;
    const paid = await addToRecord(sql, this.paidChanges());
    await saveBooks(sql, new Map([...this.customers].map(([customerId, { book }]) => [customerId, book])));
    if (businessDay === null) {
      await this.saveUntold();
      return [];
    }
    return this.tell(businessDay, paid);
  }

  private paidChanges(): CustomerPaid[] {
    return [...this.customers].flatMap(([customerId, { book, paidBefore }]) =>
      recordChanges(paidBefore, paidAmounts(book)).map((change) => ({ customerId, ...change })),
    );
  }

  /** Without a business day nothing is overdue or late; the first day's round computes all that waits here. */
  private async saveUntold(): Promise<void> {
    const untold = [...this.customers.values()].flatMap(({ book, kept, currency }): SavedStanding[] => {
      if (kept.standing !== null || currency === null) return [];
      const standing = standingOf({
        ...{ currency, openItems: [], record: noRecord, dunningLevel: 0, businessDay: firstDay },
      });
      return [{ customerId: book.customerId, toldOn: null, standsUntil: firstDay, standing }];
    });
    await saveStandings(this.chunk.sql, untold);
  }

  private async tell(businessDay: string, paid: readonly CustomerPaid[]): Promise<Outgoing[]> {
    const { sql } = this.chunk;
    const known = [...this.customers].flatMap(([customerId, { currency, ...work }]) =>
      currency === null || !hasBegun(work) ? [] : [{ ...work, customerId, currency }],
    );
    const [sums, untold] = await Promise.all([
      readRecordSums(sql, known, windowStart(businessDay)),
      readRecord(
        sql,
        // Nobody has heard of what was paid before a first day, or in another currency.
        known.filter(({ kept, currency }) => isUntold(kept, currency)).map(({ customerId }) => customerId),
      ),
    ]);
    const changed = Map.groupBy(uniqueParts([...paid, ...untold]), ({ customerId }) => customerId);
    const saved: SavedStanding[] = [];
    const outgoing: Outgoing[] = [];
    for (const { customerId, currency, book, kept, cause } of known) {
      const facts: StandingFacts = {
        ...{ currency, businessDay },
        openItems: openItems(book),
        record: sumsOf(sums, customerId),
        dunningLevel: kept.standing?.dunningLevel ?? 0,
      };
      const standing = standingOf(facts);
      const told = (changed.get(customerId) ?? []).filter((part) => part.currency === currency);
      const isNews = isUntold(kept, currency) || told.length > 0 || !isSameStanding(kept.standing!, standing);
      saved.push({
        ...{ customerId, standing },
        toldOn: isNews ? businessDay : kept.toldOn,
        standsUntil: standsUntil(facts),
      });
      if (isNews) outgoing.push(...standingChanged({ customerId, businessDay, standing, paid: told }, cause));
    }
    await saveStandings(sql, saved);
    return outgoing;
  }
}

/** A standing begins with the first document. */
const hasBegun = ({ kept, book }: Pick<CustomerWork, 'kept' | 'book'>): boolean =>
  kept.standing !== null || book.items.size > 0 || book.credits.size > 0;

const isUntold = ({ toldOn, standing }: KeptStanding, currency: string): boolean =>
  toldOn === null || standing?.currency !== currency;

const uniqueParts = (parts: readonly CustomerPaid[]): CustomerPaid[] => [
  ...new Map(parts.map((part) => [`${part.customerId} ${recordKey(part)}`, part])).values(),
];
