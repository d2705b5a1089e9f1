import type { Cause, Chunk, Outgoing } from '@ordergate/messaging';
import { firstDay } from '@ordergate/money';
import {
  applyReceivable,
  loadBooks,
  saveBooks,
  type ReceivableEvent,
  type ReceivableOutcome,
} from '@ordergate/receivables';
import { noRecord, paidAmounts, recordChanges } from '../domain/standing/payment-record.ts';
import { standingOf } from '../domain/standing/standing.ts';
import { loadCommitments, saveCommitments, type KeptCommitment } from '../store/commitment.store.ts';
import { addToRecord, type CustomerPaid } from '../store/payment-record.store.ts';
import { loadStandings, saveStandings, type SavedStanding } from '../store/standing.store.ts';
import { commitmentBroken, commitmentKept, commitmentMade } from './commitment-messages.ts';
import { breakMissed, noteMoney, noteNothingOverdue, type CustomerInHand } from './customer-in-hand.ts';
import { eachCurrencyByItself } from './each-currency-by-itself.ts';
import { tellStandings } from './tell-standings.ts';

interface Named {
  /** Receivables of the chunk. */
  events?: readonly ReceivableEvent[];
  /** Promises and plans that the chunk names. */
  commitmentIds?: readonly string[];
}

/**
 * What one chunk does to customers' standings: loaded once, changed in memory message by message, saved and told once.
 * So a batch ends where one by one ends.
 */
export class StandingWork {
  readonly chunk: Chunk;
  readonly outgoing: Outgoing[] = [];
  private readonly customers: ReadonlyMap<string, CustomerInHand>;

  private constructor(chunk: Chunk, customers: ReadonlyMap<string, CustomerInHand>) {
    this.chunk = chunk;
    this.customers = customers;
  }

  /** Everything of the customers that these messages are about. */
  static async load(
    chunk: Chunk,
    causes: readonly Cause[],
    { events = [], commitmentIds = [] }: Named = {},
  ): Promise<StandingWork> {
    const lastCause = new Map(causes.map((cause) => [cause.customerId, cause]));
    const customerIds = [...lastCause.keys()];
    const [books, standings, commitments] = await Promise.all([
      loadBooks(chunk.sql, customerIds, events),
      loadStandings(chunk.sql, customerIds),
      loadCommitments(chunk.sql, customerIds, commitmentIds),
    ]);
    const commitmentsOf = Map.groupBy(commitments, ({ customerId }) => customerId);
    const customers = customerIds.map((customerId): CustomerInHand => {
      const [book, kept] = [books.get(customerId)!, standings.get(customerId)!];
      return {
        ...{ customerId, book, kept, currency: kept.currency, paidBefore: paidAmounts(book) },
        ...{ commitments: commitmentsOf.get(customerId) ?? [], changedCommitments: new Set() },
        ...{ dunningLevel: kept.standing?.dunningLevel ?? 0, dunnedOn: kept.dunnedOn },
        cause: lastCause.get(customerId)!,
      };
    });
    const work = new StandingWork(chunk, new Map(customers.map((customer) => [customer.customerId, customer])));
    work.startDay();
    return work;
  }

  /** What a new day has done to a customer is done before anything else happens to it, whether its round has come or not. */
  private startDay(): void {
    for (const customer of this.customers.values()) this.breakMissed(customer, customer.cause);
  }

  private breakMissed(customer: CustomerInHand, cause: Cause): void {
    const { businessDay } = this.chunk;
    if (businessDay === null) return;
    for (const { commitment, missed } of breakMissed(customer, businessDay))
      this.outgoing.push(commitmentBroken(commitment, missed, businessDay, cause));
  }

  customer(customerId: string): CustomerInHand {
    return this.customers.get(customerId)!;
  }

  /** Applies a receivable to its customer's book, to what it has promised, and to its dunning level. */
  apply(event: ReceivableEvent, cause: Cause): ReceivableOutcome {
    const customer = this.customer(event.customerId);
    const outcome = applyReceivable(customer.book, event, eachCurrencyByItself);
    if (outcome.outcome !== 'applied') return outcome;
    if ('total' in event) customer.currency ??= event.total.currency;
    const { businessDay } = this.chunk;
    const receivedOn = 'receivedOn' in event ? event.receivedOn : firstDay;
    for (const commitment of noteMoney(customer, event))
      this.outgoing.push(...commitmentKept(commitment, businessDay ?? receivedOn, cause));
    if (businessDay !== null) noteNothingOverdue(customer, businessDay);
    return outcome;
  }

  /** A promise or a plan; one that is known already changes nothing. */
  commit(commitment: KeptCommitment, cause: Cause): void {
    const customer = this.customer(commitment.customerId);
    if (customer.commitments.some(({ kind, id }) => kind === commitment.kind && id === commitment.id)) return;
    customer.commitments.push(commitment);
    customer.changedCommitments.add(commitment);
    customer.currency ??= commitment.currency;
    this.outgoing.push(commitmentMade(commitment, cause));
    // Its day may have passed while it was on its way: money that comes now is too late, whatever chunk it comes in.
    this.breakMissed(customer, cause);
  }

  /** Saves what the chunk has changed, and returns what must be told of it. */
  async save(): Promise<Outgoing[]> {
    const { sql, businessDay } = this.chunk;
    const customers = [...this.customers.values()];
    const paid = await addToRecord(sql, customers.flatMap(paidChanges));
    await saveBooks(sql, new Map(customers.map(({ customerId, book }) => [customerId, book])));
    await saveCommitments(
      sql,
      customers.flatMap(({ changedCommitments }) => [...changedCommitments]),
    );
    if (businessDay !== null) this.outgoing.push(...(await tellStandings(sql, businessDay, customers, paid)));
    else await saveStandings(sql, customers.flatMap(untold));
    return this.outgoing;
  }
}

const paidChanges = ({ customerId, book, paidBefore }: CustomerInHand): CustomerPaid[] =>
  recordChanges(paidBefore, paidAmounts(book)).map((change) => ({ customerId, ...change }));

/** Without a business day nothing is overdue or late; the first day's round computes all that waits here. */
function untold({ customerId, kept, currency }: CustomerInHand): SavedStanding[] {
  if (kept.standing !== null || currency === null) return [];
  const nothing = { openItems: [], commitments: [], record: noRecord, dunningLevel: 0, businessDay: firstDay };
  const standing = standingOf({ currency, ...nothing });
  return [{ customerId, standing, toldOn: null, standsUntil: firstDay, dunnedOn: null }];
}
