import { addDays } from '@ordergate/money';
import { noRecord, weightedDaysLate } from '../../../../services/collections/src/domain/standing/payment-record.ts';
import { openItemFacts } from '../../../../services/customer-credit/src/domain/account/open-items.ts';
import { nothingOpen } from '../../../../services/customer-credit/src/domain/gate/facts-record.ts';
import type { GateFacts, OpenItemFacts } from '../../../../services/customer-credit/src/domain/gate/rule.ts';
import type { Parameters } from '../../../../services/customer-credit/src/domain/policy/parameters.ts';
import type { InvoicedPart } from '../payment-outcome.ts';
import { earlierOrders, type OrdersThen } from './orders-then.ts';
import { partsOf, ReceivablesThen, type StoredItem } from './receivables-then.ts';

/** What a customer paid on a day, so many days late. Minor units of the account's currency. */
export interface PaidPart {
  paidOn: string;
  daysLate: number;
  amount: bigint;
}

interface Known {
  items: readonly StoredItem[];
  paid: readonly PaidPart[];
  /** null: nobody asks about earlier orders. */
  orders: OrdersThen | null;
  linked: readonly OrdersThen[];
}

/** One customer as it was on earlier days, from what the database knows beside its decisions. Days only go forward. */
export class CustomerThen {
  private readonly known: Known;
  private readonly receivables: ReceivablesThen;
  private readonly itemsByOrder: Map<string | null, StoredItem[]>;

  constructor(known: Known) {
    this.known = known;
    this.receivables = new ReceivablesThen(known.items);
    this.itemsByOrder = Map.groupBy(known.items, ({ orderId }) => orderId);
  }

  /** What became of an order's invoices. */
  invoiced(orderId: string): InvoicedPart[] {
    return (this.itemsByOrder.get(orderId) ?? []).flatMap(partsOf);
  }

  /**
   * What was open on the day: once if nothing was ever disputed, else with those items excused and with them counted.
   * Promises are not remembered: nothing is excused by one.
   */
  openItems(day: string, parameters: Parameters): readonly OpenItemFacts[] {
    const { excused, counted } = this.receivables.on(day);
    const variants = excused === counted ? [excused] : [excused, counted];
    return variants.map((items) => (items.length === 0 ? nothingOpen : openItemFacts(items, parameters, day)));
  }

  /** Hundredths of a day, over so many days up to the day. */
  daysLate(windowDays: number, day: string): bigint {
    const since = addDays(day, 1 - windowDays);
    const sums = { ...noRecord };
    for (const { paidOn, daysLate, amount } of this.known.paid) {
      if (paidOn < since || paidOn > day) continue;
      sums.amount += amount;
      sums.days += amount * BigInt(daysLate);
    }
    return weightedDaysLate(sums);
  }

  earlierOrders(orderId: string, total: bigint, parameters: Parameters): Pick<GateFacts['order'], 'demand' | 'split'> {
    const { orders, linked } = this.known;
    return orders === null ? { demand: null, split: null } : earlierOrders(orders, linked, orderId, total, parameters);
  }
}
