import type { Sql } from '@ordergate/database';
import type { Delivery } from '@ordergate/messaging';
import { dueOrdersTypes, type CheckUninvoicedGoodsV1, type DueOrdersCommand } from '../commands/due-orders.ts';
import { amountText } from '../domain/gate/reason.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { uninvoicedGoods } from '../domain/shipment/uninvoiced-goods.ts';
import type { OrderKey } from '../store/customer-order.store.ts';
import { loadGoodsOut, markAlerted, type ShippedGoods } from '../store/shipment.store.ts';
import { riskAlert } from './account-messages.ts';
import type { AccountWork } from './account-work.ts';
import { expireApprovals } from './expire-approvals.ts';
import { expireHolds } from './expire-holds.ts';
import { parametersFor } from './facts-of.ts';

type Due = Delivery<DueOrdersCommand>;
type AboutGoods = Delivery<CheckUninvoicedGoodsV1>;

const isAboutGoods = (delivery: Delivery): delivery is AboutGoods => delivery.type === 'CheckUninvoicedGoods.v1';
const isDue = (delivery: Delivery): delivery is Due => dueOrdersTypes.includes(delivery.type);

/** What a business day brings to single orders: approvals and holds that expire, goods that are out for too long without an invoice. */
export class DueOrders {
  private readonly goods: readonly ShippedGoods[];
  private readonly alerted: ShippedGoods[] = [];

  private constructor(goods: readonly ShippedGoods[]) {
    this.goods = goods;
  }

  /** The orders that commands name. */
  static keysOf(deliveries: readonly Delivery[]): OrderKey[] {
    return deliveries
      .filter(isDue)
      .flatMap(({ message: { customerId, orders } }) => orders.map(({ orderId }) => ({ customerId, orderId })));
  }

  /** Loads what has left of the orders whose goods are asked about; without such commands it asks nothing. */
  static async load(sql: Sql, deliveries: readonly Delivery[]): Promise<DueOrders> {
    return new DueOrders(await loadGoodsOut(sql, DueOrders.keysOf(deliveries.filter(isAboutGoods))));
  }

  /** Says whether the command is one of these. */
  obey(work: AccountWork, delivery: Delivery): boolean {
    if (!isDue(delivery)) return false;
    const orders = DueOrders.keysOf([delivery]).map(({ customerId, orderId }) => work.order(customerId, orderId));
    if (delivery.type === 'ExpireApprovals.v1') expireApprovals(work, orders, delivery);
    if (delivery.type === 'ExpireHolds.v1') expireHolds(work, orders, delivery);
    if (isAboutGoods(delivery)) for (const order of orders) this.alert(work, order, delivery);
    return true;
  }

  private alert(work: AccountWork, order: CustomerOrder, cause: Delivery): void {
    if (order.currency === null) return;
    const account = work.account(order.customerId);
    const { uninvoicedDays } = parametersFor(work, account, order).shipments;
    if (uninvoicedDays === undefined) return;
    const its = this.goods.filter(
      ({ customerId, orderId }) => customerId === order.customerId && orderId === order.orderId,
    );
    const found = uninvoicedGoods(order, its, { daysMax: uninvoicedDays, businessDay: work.businessDay });
    if (found === null) return;
    const worth = amountText(found.minor, order.currency);
    const message = `Goods of ${worth} of order ${order.orderId} left on ${found.leftOn}, and no invoice has come`;
    const figures = { measured: String(found.days), threshold: String(uninvoicedDays), unit: 'days' };
    work.outgoing.push(riskAlert(work, account, cause, { kind: 'goods-uninvoiced', message, ...figures }));
    for (const one of found.goods) one.isAlerted = true;
    this.alerted.push(...found.goods);
  }

  save(sql: Sql, businessDay: string): Promise<void> {
    return markAlerted(sql, this.alerted, businessDay);
  }
}
