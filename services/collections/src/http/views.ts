import { formatMoney, type WireMoney } from '@ordergate/money';
import { overdueDays, type Credit, type OpenItem } from '@ordergate/receivables';

export interface ItemView {
  invoiceId: string;
  instalmentNo: number;
  orderId?: string;
  amount: WireMoney;
  open: WireMoney;
  disputed: WireMoney;
  issuedOn: string;
  dueOn: string;
  /** 0 while not overdue or paid; absent before the first business day. */
  overdueDays?: number;
}

export type ViewedItem = Pick<
  OpenItem,
  'invoiceId' | 'instalmentNo' | 'orderId' | 'currency' | 'amount' | 'open' | 'disputed' | 'issuedOn' | 'dueOn'
>;

/** An open item as callers see it. */
export function itemView(item: ViewedItem, businessDay: string | null): ItemView {
  const { invoiceId, instalmentNo, orderId, issuedOn, dueOn } = item;
  const inCurrency = (minor: bigint): WireMoney => formatMoney({ minor, currency: item.currency });
  return {
    invoiceId,
    instalmentNo,
    ...(orderId !== null && { orderId }),
    amount: inCurrency(item.amount),
    open: inCurrency(item.open),
    disputed: inCurrency(item.disputed),
    issuedOn,
    dueOn,
    ...(businessDay !== null && { overdueDays: item.open === 0n ? 0 : Math.max(0, overdueDays(item, businessDay)) }),
  };
}

/** A payment or instrument with what it has paid, in its own currency. */
export function creditView({ currency, amount, unallocated, state, receivedOn, allocations }: Credit) {
  const inCurrency = (minor: bigint): WireMoney => formatMoney({ minor, currency });
  return {
    state,
    receivedOn,
    total: inCurrency(amount),
    unallocated: inCurrency(unallocated),
    allocations: allocations.map(({ invoiceId, instalmentNo, creditAmount }) => ({
      invoiceId,
      instalmentNo,
      amount: inCurrency(creditAmount),
    })),
  };
}
