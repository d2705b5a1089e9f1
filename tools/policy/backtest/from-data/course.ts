import type { CustomerRegisteredV1, OrderPlacedV1 } from '@ordergate/contracts';
import { parseMoney } from '@ordergate/money';
import {
  applyReceivable,
  openItems,
  type DisputeOpened,
  type DisputeResolved,
  type InvoicePosted,
  type PaymentReceived,
  type ReceivableEvent,
} from '@ordergate/receivables';
import { paidAmounts, windowDays } from '../../../../services/collections/src/domain/standing/payment-record.ts';
import { standingOf } from '../../../../services/collections/src/domain/standing/standing.ts';
import type { CreditAccount } from '../../../../services/customer-credit/src/domain/account/credit-account.ts';
import {
  afterMovement,
  noExposure,
  totalOf,
  type Exposure,
} from '../../../../services/customer-credit/src/domain/account/exposure.ts';
import { takeMasterRecord } from '../../../../services/customer-credit/src/domain/account/take-master-record.ts';
import { decideOrder } from '../../../../services/customer-credit/src/domain/gate/decide-order.ts';
import {
  shareOf,
  unseenOrder,
  type CustomerOrder,
} from '../../../../services/customer-credit/src/domain/order/customer-order.ts';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import { factsOf } from '../../../../services/customer-credit/src/handlers/facts-of.ts';
import { noteOrder } from '../../../../services/customer-credit/src/handlers/order-histories.ts';
import { applyVersion, versionOf } from '../../../../services/customer-credit/src/handlers/order-version.ts';
import { exposureOf, noteOpenItems } from '../../../../services/customer-credit/src/handlers/receivables-work.ts';
import type { Answer } from '../compared-order.ts';
import { forgetSettled, newCustomer, type Customer } from './customer.ts';
import { remind } from './remind.ts';
import { WorkInMemory } from './work-in-memory.ts';

// One company, one currency an account.
const rates = { toAccountCurrency: (minor: bigint) => minor };

/**
 * A company's history under one policy. Only what the policy approves is delivered, invoiced and paid, so each policy has
 * an exposure of its own: what it holds nobody owes, what it lets through somebody does.
 */
export class Course {
  private readonly work: WorkInMemory;
  private readonly undelivered = new Map<string, CustomerOrder>();
  private readonly reminds: boolean;
  private hasReminded = false;
  /** What all customers owe and have ordered, by currency, in minor units. */
  readonly owed = new Map<string, bigint>();

  constructor(policy: Policy) {
    this.work = new WorkInMemory(policy);
    this.reminds = [policy, ...policy.scopes].some(({ dunning }) => (dunning?.levels ?? []).length > 0);
  }

  startDay(day: string): void {
    this.work.businessDay = day;
    this.hasReminded = false;
  }

  /** On days without orders reminders go out as well. */
  endDay(): void {
    this.remind();
  }

  register({ customerId, currency, limit, segment, salesRepId, paymentTermsDays }: CustomerRegisteredV1): void {
    const customer = newCustomer(customerId);
    takeMasterRecord(customer.account, {
      currency,
      limit: limit?.amount ? { kind: 'amount', minor: parseMoney(limit.amount).minor } : null,
      limitValidUntil: null,
      riskClass: null,
      screening: 'passed',
      segment: segment ?? null,
      salesRepId: salesRepId ?? null,
      creditGroupId: null,
      paymentTermsDays: paymentTermsDays ?? null,
      updatedAt: new Date(`${this.work.businessDay}T00:00:00Z`),
      source: 'file',
    });
    if (this.work.histories.areKept) customer.account.recentOrders = '';
    this.work.customers.set(customerId, customer);
  }

  /** What the policy answers, on what its own course has come to. */
  place(message: OrderPlacedV1): Answer {
    this.remind();
    const { account } = this.review(message.customerId);
    const order = unseenOrder(message.customerId, message.orderId);
    applyVersion(order, versionOf(message));
    const facts = factsOf(this.work.asWork, account, order, '1');
    const reasons = decideOrder(facts);
    order.rate = '1';
    if (reasons.length === 0) {
      const isApproved = (): void =>
        void Object.assign(order, { status: 'approved', approved: order.prepaid ? 0n : order.total });
      this.change(account, order, isApproved);
      this.undelivered.set(order.orderId, order);
    }
    noteOrder(this.work.asWork, account, order, facts.order.total);
    return reasons.map(({ code }) => code);
  }

  /** An approved order is delivered and invoiced at once; one that is held is not. */
  invoice(event: InvoicePosted): void {
    const order = this.undelivered.get(event.orderId!);
    if (!order) return;
    this.undelivered.delete(event.orderId!);
    const { account } = this.work.customers.get(event.customerId)!;
    const moved = this.apply(event);
    this.change(account, order, () => void (order.invoiced += event.total.minor), moved);
  }

  /** Payments and disputes; of an invoice that this policy did not let come about there are none. */
  receive(event: PaymentReceived | DisputeOpened | DisputeResolved): void {
    const { account, book, record } = this.work.customers.get(event.customerId)!;
    const named =
      'invoiceId' in event ? [event.invoiceId] : (event.allocations ?? []).map(({ invoiceId }) => invoiceId);
    if (!named.every((invoiceId) => book.items.has(invoiceId))) return;
    this.move(account, this.apply(event));
    for (const paid of paidAmounts(book).values()) record.add(paid);
    forgetSettled(book);
  }

  private apply(event: ReceivableEvent): Exposure {
    const { book } = this.work.customers.get(event.customerId)!;
    const applied = applyReceivable(book, event, rates);
    if (applied.outcome !== 'applied') throw new Error(`${event.type} does not fit the history before it`);
    noteOpenItems(this.work.asWork, book);
    return exposureOf(applied.movement);
  }

  private change(
    account: CreditAccount,
    order: CustomerOrder,
    change: () => void,
    alongside: Exposure = noExposure,
  ): void {
    const before = shareOf(order, account.currency);
    change();
    const after = shareOf(order, account.currency);
    this.move(account, { ...alongside, openOrders: after.openOrders - before.openOrders });
  }

  private move(account: CreditAccount, movement: Exposure): void {
    account.exposure = afterMovement(account.exposure, movement);
    const currency = account.currency!;
    this.owed.set(currency, (this.owed.get(currency) ?? 0n) + totalOf(movement));
  }

  /** Once a day, after the payments and before the orders. */
  private remind(): void {
    if (this.hasReminded || !this.reminds) return;
    this.hasReminded = true;
    for (const customer of this.work.customers.values()) remind(customer, this.work.policy, this.work.businessDay);
  }

  /** The customer as collections tells of it on the day: nobody in a file promises anything. */
  private review(customerId: string): Customer {
    const customer = this.work.customers.get(customerId)!;
    const { account, book, record } = customer;
    const standing = standingOf({
      currency: account.currency!,
      openItems: openItems(book),
      commitments: [],
      record: record.sums(windowDays, this.work.businessDay),
      dunningLevel: account.standing.dunningLevel,
      businessDay: this.work.businessDay,
    });
    const { dunningLevel, weightedDaysLate: daysLate, score } = standing;
    account.standing = { ...account.standing, dunningLevel, daysLate, score, mostDaysLate: record.mostDaysLate };
    return customer;
  }
}
