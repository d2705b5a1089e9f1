import { hash } from 'node:crypto';
import type { OrderAmendedV1, OrderPlacedV1 } from '@ordergate/contracts';
import { convert, divideHalfEven, fractionDigits, minorOf, parseDecimal, tenToThe, type Money } from '@ordergate/money';
import type { Undecided } from '@ordergate/messaging';
import type { CustomerOrder } from '../domain/order/customer-order.ts';
import type { OrderVersion } from '../domain/order/take-version.ts';
import type { AccountWork } from './account-work.ts';

/** The placed or amended order as the domain takes it. */
export function versionOf(message: OrderPlacedV1 | OrderAmendedV1): OrderVersion {
  const { orderId, orderVersion, total, paymentMethod = 'open-account', placedAt } = message;
  return {
    orderId,
    version: orderVersion,
    contentHash: hash('sha1', JSON.stringify(message), 'base64'),
    currency: total.currency,
    total: minorOf(total.amount, total.currency),
    conditions: {
      paymentMethod,
      paymentTermsDays: message.paymentTermsDays ?? null,
      instrumentDueOn: message.instrumentDueOn ?? null,
      segment: message.segment ?? null,
      salesRepId: message.salesRepId ?? null,
      discounts: message.lines?.map(({ discountPercent }) => discountPercent ?? '0') ?? [],
    },
    prepaid: paymentMethod === 'prepaid',
    placedAt: new Date(placedAt),
  };
}

export function applyVersion(order: CustomerOrder, incoming: OrderVersion): void {
  const { version, contentHash, currency, total, conditions, prepaid, placedAt } = incoming;
  Object.assign(order, { version, contentHash, currency, total, conditions, prepaid, placedAt });
}

/**
 * An amount told for an order, in the order's currency. An order that is not known yet takes the currency of what came first.
 * `booked`: what it was booked at in the account's currency, so that it is taken back at the rate at which it came.
 */
export function inOrderCurrency(
  work: AccountWork,
  order: CustomerOrder,
  { minor, currency }: Money,
  booked?: bigint,
): bigint {
  const accountCurrency = work.account(order.customerId).currency;
  order.currency ??= currency;
  order.rate ??= work.rate(order.currency, accountCurrency);
  if (order.currency === currency) return minor;
  if (minor === 0n) return 0n;
  const toAccount = work.rate(currency, accountCurrency);
  const inAccountCurrency =
    booked ?? (toAccount && accountCurrency ? convert(minor, currency, accountCurrency, toAccount) : null);
  // Without a rate the amount cannot be compared: it counts as the whole order rather than as nothing, both ways alike.
  if (inAccountCurrency === null || !order.rate || !accountCurrency) return minor < 0n ? -order.total : order.total;
  return fromAccountCurrency(inAccountCurrency, accountCurrency, order.currency, order.rate);
}

/**
 * The order takes a version in another currency: its reservation goes, and what has left or was invoiced is told in the new
 * one. Through the account's currency at the rate that was booked, so that the exposure of what has left stays what it was.
 */
export function restate(work: AccountWork, order: CustomerOrder, incoming: OrderVersion): void {
  const accountCurrency = work.account(order.customerId).currency;
  const rate = work.rate(incoming.currency, accountCurrency);
  const { currency: currencyBefore, rate: rateBefore } = order;
  const told = (minor: bigint): bigint => {
    if (minor === 0n) return 0n;
    // Without a rate it cannot be compared: the whole order rather than nothing.
    if (!currencyBefore || !rateBefore || !rate || !accountCurrency) return incoming.total;
    const inAccountCurrency = convert(minor, currencyBefore, accountCurrency, rateBefore);
    return fromAccountCurrency(inAccountCurrency, accountCurrency, incoming.currency, rate);
  };
  const { currency } = incoming;
  Object.assign(order, { shipped: told(order.shipped), invoiced: told(order.invoiced), approved: 0n, currency, rate });
}

/** The way back of `convert`: exact, rounded half-even once, at the end. */
function fromAccountCurrency(minor: bigint, accountCurrency: string, currency: string, rate: string): bigint {
  const { units, scale } = parseDecimal(rate);
  return divideHalfEven(
    minor * tenToThe(scale + fractionDigits(currency)),
    units * tenToThe(fractionDigits(accountCurrency)),
  );
}

const placing: readonly (string | undefined)[] = ['OrderPlaced.v1', 'OrderAmended.v1', undefined];
const identifier = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** The order that a broken or waiting message asks about, as far as it can be read; null if that is not enough. */
export function namedOrder({
  type,
  data,
  customerId,
}: Undecided): { customerId: string; orderId: string; version: number | null } | null {
  const { orderId, orderVersion } = (data ?? {}) as { orderId?: unknown; orderVersion?: unknown };
  if (!placing.includes(type) && !type?.startsWith('OrderPlaced')) return null;
  if (customerId === '' || typeof orderId !== 'string' || !identifier.test(orderId)) return null;
  const isVersion = Number.isInteger(orderVersion) && Number(orderVersion) > 0 && Number(orderVersion) < 2 ** 31;
  return { customerId, orderId, version: isVersion ? Number(orderVersion) : null };
}
