import { Injectable } from '@nestjs/common';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import {
  applyReceivable,
  itemsOf,
  loadBooks,
  receivableEvent,
  receivableTypes,
  saveBooks,
  type Book,
  type ReceivableEvent,
} from '@ordergate/receivables';
import { Policies } from '../policies.ts';
import { loadOrders, type OrderKey } from '../store/customer-order.store.ts';
import { AccountWork } from './account-work.ts';
import { countAmount } from './order-amounts.ts';
import { Reevaluation } from './reevaluate-holds.ts';
import { exposureOf, invoicedBy, isIncomplete, noteOpenItems, ratesOf } from './receivables-work.ts';
import { tellGroupMembers } from './tell-group-members.ts';

/** Invoices, payments, instruments and disputes move the exposure; what is open and how old it is, the gate asks. */
@Injectable()
export class OnReceivables implements BatchHandler {
  readonly types = receivableTypes;
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery[], chunk: Chunk): Promise<Outgoing[]> {
    const events = deliveries.map(({ type, message }) => receivableEvent(type, message));
    const customerIds = [...new Set(deliveries.map(({ customerId }) => customerId))];
    const work = await AccountWork.load(chunk, this.policies, customerIds);
    const books = await loadBooks(chunk.sql, customerIds, events);
    work.take(
      await loadOrders(
        chunk.sql,
        events.flatMap((event) => orderKeys(books.get(event.customerId)!, event)),
      ),
    );
    await work.withRatesFor(events.flatMap(currenciesOf));
    const reevaluation = await Reevaluation.of(work, events.filter(mayFreeOrders));
    deliveries.forEach((delivery, at) => {
      const [book, event] = [books.get(delivery.customerId)!, events[at]!];
      const account = work.account(delivery.customerId);
      const isApplied = fold(work, book, event, delivery);
      if (!isApplied || !mayFreeOrders(event) || account.openHolds === 0 || account.currency === null) return;
      noteOpenItems(work, book);
      reevaluation.ask(work, account, delivery);
    });
    for (const book of books.values()) noteOpenItems(work, book);
    await saveBooks(chunk.sql, books);
    await tellGroupMembers(work);
    return work.save();
  }
}

/** An invoice only moves exposure or adds to it; all else may change what holds an order. */
const mayFreeOrders = ({ type }: ReceivableEvent): boolean => type !== 'InvoicePosted.v1';

/** False: it changed nothing. */
function fold(work: AccountWork, book: Book, event: ReceivableEvent, delivery: Delivery): boolean {
  const account = work.account(book.customerId);
  const invoiceId = 'invoiceId' in event ? event.invoiceId : undefined;
  const before = invoiceId === undefined ? 0n : invoicedBy(book, invoiceId);
  const applied = applyReceivable(book, event, ratesOf(work, book.customerId));
  if (applied.outcome === 'refused') work.outgoing.push(deadLetter(delivery, ...applied.violations));
  if (applied.outcome !== 'applied') return false;
  noteMissingRates(work, book, event);
  const alongside = exposureOf(applied.movement);
  const [item] = invoiceId === undefined ? [] : itemsOf(book, invoiceId);
  if (!item?.orderId) {
    work.move(account, alongside, delivery);
    return true;
  }
  const invoiced = invoicedBy(book, item.invoiceId) - before;
  const booked = applied.movement.invoicedByOrder.get(item.orderId);
  const order = work.order(book.customerId, item.orderId);
  work.changeOrder(
    account,
    order,
    delivery,
    () => countAmount(work, order, 'invoiced', { minor: invoiced, currency: item.currency }, booked),
    { alongside },
  );
  return true;
}

/** When the last receivable without a rate is gone, nobody brings a rate any more: the held orders are asked without one. */
function noteMissingRates(work: AccountWork, book: Book, event: ReceivableEvent): void {
  const account = work.account(book.customerId);
  const isForeign = currenciesOf(event).some(([, currency]) => currency !== account.currency);
  const comesBack = event.type === 'PaymentReversed.v1' || event.type === 'InstrumentBounced.v1';
  if (account.hasUnconverted || isForeign || comesBack) account.hasUnconverted = isIncomplete(book);
}

/** The order that an event is about: named by the invoice itself, or by the invoice that the event names. */
function orderKeys(book: Book, event: ReceivableEvent): OrderKey[] {
  if (!('invoiceId' in event) || event.invoiceId === undefined) return [];
  const orderId = ('orderId' in event ? event.orderId : undefined) ?? itemsOf(book, event.invoiceId)[0]?.orderId;
  return orderId ? [{ customerId: event.customerId, orderId }] : [];
}

function currenciesOf(event: ReceivableEvent): (readonly [string, string])[] {
  if ('total' in event) return [[event.customerId, event.total.currency]];
  return 'amount' in event && event.amount ? [[event.customerId, event.amount.currency]] : [];
}
