import { convert } from '@ordergate/money';
import {
  dayNumber,
  ordersKept,
  readHistory,
  withOrder,
  type OrderHistory,
} from '../../../../services/customer-credit/src/domain/account/order-history.ts';
import { splitOrders } from '../../../../services/customer-credit/src/domain/account/split-orders.ts';
import { unusualDemand } from '../../../../services/customer-credit/src/domain/account/unusual-demand.ts';
import type { GateFacts } from '../../../../services/customer-credit/src/domain/gate/rule.ts';
import type { CustomerOrder } from '../../../../services/customer-credit/src/domain/order/customer-order.ts';
import type { Parameters } from '../../../../services/customer-credit/src/domain/policy/parameters.ts';

export interface Buyer {
  currency: string;
  /** Who sells to it where an order does not say so. */
  salesRepId: string | null;
}

const inForce: readonly string[] = ['approved', 'released', 'held'];

/** A customer's orders, for the rules that ask about those before an order. Cancelled ones are not remembered as they were. */
export class OrdersThen {
  readonly buyer: Buyer;
  private readonly orders: readonly CustomerOrder[];
  private readonly byId: ReadonlyMap<string, CustomerOrder>;

  constructor(buyer: Buyer, orders: readonly CustomerOrder[]) {
    this.buyer = buyer;
    this.orders = orders
      .filter(({ status, rate, placedAt }) => inForce.includes(status) && rate !== null && placedAt !== null)
      .sort(byPlacing);
    this.byId = new Map(this.orders.map((order) => [order.orderId, order]));
  }

  order(orderId: string): CustomerOrder | undefined {
    return this.byId.get(orderId);
  }

  /** The newest orders that were placed before this one, be it this customer's or another's. */
  before(order: CustomerOrder): OrderHistory {
    const end = this.placeOf(order);
    const newest = this.orders.slice(Math.max(0, end - ordersKept), end);
    return readHistory(newest.reduce((text, one) => withOrder(text, this.asPast(one)), ''));
  }

  salesRepOf({ conditions }: CustomerOrder): string | null {
    return conditions.salesRepId ?? this.buyer.salesRepId;
  }

  private asPast(order: CustomerOrder) {
    const total = convert(order.total, order.currency!, this.buyer.currency, order.rate!);
    return { orderId: order.orderId, day: dayOf(order), total, salesRepId: this.salesRepOf(order) };
  }

  private placeOf(order: CustomerOrder): number {
    let [low, high] = [0, this.orders.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byPlacing(this.orders[middle]!, order) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * What the rules about earlier orders would have seen at an order. Customers are linked as they are now; a linked one with
 * an account in another currency is left out.
 */
export function earlierOrders(
  own: OrdersThen,
  linked: readonly OrdersThen[],
  orderId: string,
  total: bigint,
  { demandSpike, orderSplitting }: Parameters,
): Pick<GateFacts['order'], 'demand' | 'split'> {
  const order = own.order(orderId);
  if (!order) return { demand: null, split: null };
  const history = own.before(order);
  const asked = { orderId, day: dayOf(order), total };
  const salesRepId = own.salesRepOf(order);
  const others = linked
    .filter(({ buyer }) => buyer.currency === own.buyer.currency)
    .map((other) => ({ history: other.before(order), inAccountCurrency: (minor: bigint) => minor }));
  return {
    demand: demandSpike ? unusualDemand(history, asked, demandSpike) : null,
    split:
      orderSplitting && salesRepId !== null
        ? splitOrders(history, others, { ...asked, salesRepId }, orderSplitting)
        : null,
  };
}

const dayOf = ({ placedAt }: CustomerOrder): number => dayNumber(placedAt!);

function byPlacing(one: CustomerOrder, other: CustomerOrder): number {
  return (
    one.placedAt!.getTime() - other.placedAt!.getTime() ||
    (one.orderId < other.orderId ? -1 : one.orderId > other.orderId ? 1 : 0)
  );
}
