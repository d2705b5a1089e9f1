import type { Sql } from '@ordergate/database';
import { convert } from '@ordergate/money';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { dayNumber, readHistory, withOrder, withoutOrder, type PastOrder } from '../domain/account/order-history.ts';
import { splitOrders, type LinkedHistory } from '../domain/account/split-orders.ts';
import { unusualDemand } from '../domain/account/unusual-demand.ts';
import type { GateFacts } from '../domain/gate/rule.ts';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import { asksAnywhere } from '../domain/policy/asks-anywhere.ts';
import type { Parameters } from '../domain/policy/parameters.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { loadLinkedCustomers, type LinkedCustomer } from '../store/customer-link.store.ts';
import { loadRecentOrders } from '../store/customer-order.store.ts';
import type { AccountWork } from './account-work.ts';

/**
 * What rules ask of earlier orders. While a policy asks, live or in the shadow, an account keeps its newest orders in its own
 * row; the first time it is asked they are read from its orders.
 */
export class OrderHistories {
  readonly areKept: boolean;
  readonly asksForLinked: boolean;
  private linked = new Map<string, LinkedCustomer[]>();

  constructor(policies: readonly Policy[]) {
    this.asksForLinked = policies.some((policy) => asksAnywhere(policy, 'order-splitting'));
    this.areKept = this.asksForLinked || policies.some((policy) => asksAnywhere(policy, 'demand-spike'));
  }

  /** With every chunk: whatever decides an order again must see what held it. */
  async load(sql: Sql, accounts: ReadonlyMap<string, CreditAccount>): Promise<void> {
    if (!this.areKept || accounts.size === 0) return;
    const unkept = [...accounts.values()].filter(({ recentOrders }) => recentOrders === null);
    const [orders, linked] = await Promise.all([
      loadRecentOrders(
        sql,
        unkept.map(({ customerId }) => customerId),
      ),
      this.asksForLinked ? loadLinkedCustomers(sql, [...accounts.keys()]) : [],
    ]);
    for (const account of unkept) account.recentOrders = '';
    for (const order of orders) {
      const account = accounts.get(order.customerId)!;
      account.recentOrders = withOrder(account.recentOrders!, pastOrder(account, order, bookedTotal(account, order)));
    }
    this.linked = Map.groupBy(linked, ({ linkedTo }) => linkedTo);
  }

  /** Each with the customer for whom it is read. */
  currenciesOfLinked(): (readonly [customerId: string, currency: string])[] {
    return [...this.linked.values()].flat().map(({ linkedTo, currency }) => [linkedTo, currency] as const);
  }

  linkedTo({ customerId }: CreditAccount): readonly LinkedCustomer[] {
    return this.linked.get(customerId) ?? [];
  }
}

function bookedTotal({ currency }: CreditAccount, order: CustomerOrder): bigint {
  return convert(order.total, order.currency!, currency!, order.rate!);
}

function pastOrder(account: CreditAccount, order: CustomerOrder, total: bigint): PastOrder {
  return { orderId: order.orderId, day: dayOf(order), total, salesRepId: salesRepOf(account, order) };
}

const dayOf = ({ placedAt }: CustomerOrder): number => dayNumber(placedAt!);
const salesRepOf = (account: CreditAccount, { conditions }: CustomerOrder): string | null =>
  conditions.salesRepId ?? account.salesRepId;

/** Keeps a decided order with the account's newest; one without a rate is kept when it is decided with one. */
export function noteOrder(work: AccountWork, account: CreditAccount, order: CustomerOrder, total: bigint | null): void {
  // Kept no longer, it would have gaps when a policy asks again.
  if (!work.histories.areKept) account.recentOrders = null;
  else if (total !== null && account.recentOrders !== null)
    account.recentOrders = withOrder(account.recentOrders, pastOrder(account, order, total));
}

export function forgetOrder(account: CreditAccount, { orderId }: CustomerOrder): void {
  if (account.recentOrders !== null) account.recentOrders = withoutOrder(account.recentOrders, orderId);
}

const nothingUnusual = { demand: null, split: null };

/** The order beside the customer's earlier ones, and those of linked customers. */
export function historyFacts(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  total: bigint | null,
  { demandSpike, orderSplitting }: Parameters,
): Pick<GateFacts['order'], 'demand' | 'split'> {
  const { recentOrders } = account;
  if (recentOrders === null || total === null || !(demandSpike || orderSplitting)) return nothingUnusual;
  const history = readHistory(recentOrders);
  const asked = { orderId: order.orderId, day: dayOf(order), total };
  const salesRepId = salesRepOf(account, order);
  return {
    demand: demandSpike ? unusualDemand(history, asked, demandSpike) : null,
    split:
      orderSplitting && salesRepId !== null
        ? splitOrders(history, linkedHistories(work, account), { ...asked, salesRepId }, orderSplitting)
        : null,
  };
}

/** What the customers linked to an account have ordered: as this chunk has it in hand, else as it is committed. */
function linkedHistories(work: AccountWork, account: CreditAccount): LinkedHistory[] {
  return work.histories.linkedTo(account).map(({ customerId, currency, recentOrders }) => {
    const inHand = work.account(customerId) as CreditAccount | undefined;
    const rate = work.rate(currency, account.currency);
    return {
      history: readHistory(inHand?.recentOrders ?? recentOrders),
      inAccountCurrency: (minor) => (rate === null ? null : convert(minor, currency, account.currency!, rate)),
    };
  });
}
