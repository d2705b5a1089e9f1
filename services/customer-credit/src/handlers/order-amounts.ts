import {
  convert,
  divideHalfEven,
  fractionDigits,
  maxMinor,
  parseDecimal,
  tenToThe,
  type Money,
} from '@ordergate/money';
import type { CustomerOrder, UncomparedAmount } from '../domain/order/customer-order.ts';
import type { OrderVersion } from '../domain/order/take-version.ts';
import type { AccountWork } from './account-work.ts';

type Bucket = UncomparedAmount['of'];

/**
 * Counts an amount told for an order, negative when it is taken back, in the order's currency. An order that is not known
 * yet takes the currency of what came first. `booked`: what it was booked at in the account's currency, so that it is
 * taken back at the rate at which it came.
 */
export function countAmount(
  work: AccountWork,
  order: CustomerOrder,
  of: Bucket,
  { minor, currency }: Money,
  booked?: bigint,
): void {
  const accountCurrency = work.account(order.customerId).currency;
  order.currency ??= currency;
  order.rate ??= work.rate(order.currency, accountCurrency);
  if (order.currency === currency) return add(order, of, minor);
  if (minor === 0n) return;
  const toAccount = work.rate(currency, accountCurrency);
  const inAccountCurrency =
    booked ?? (toAccount && accountCurrency ? convert(minor, currency, accountCurrency, toAccount) : null);
  // What is taken back of a sum that waits waits with it, or the two would be told at two rates.
  const waits = (waiting: string): boolean => order.uncompared.some((one) => one.of === of && one.currency === waiting);
  if (inAccountCurrency === null || accountCurrency === null || waits(currency))
    return wait(order, of, { minor, currency }, accountCurrency);
  if (!order.rate || waits(accountCurrency))
    return wait(order, of, { minor: inAccountCurrency, currency: accountCurrency }, accountCurrency);
  add(order, of, fromAccountCurrency(inAccountCurrency, accountCurrency, order.currency, order.rate));
}

/** Roundings, and a part taken back of what could not be compared, never make it less than nothing. */
function add(order: CustomerOrder, of: Bucket, minor: bigint): void {
  order[of] = maxMinor(0n, order[of] + minor);
}

/** Without a rate a sum counts as the whole order rather than as nothing, and is kept to be told right when the rate comes. */
function wait(order: CustomerOrder, of: Bucket, { minor, currency }: Money, accountCurrency: string | null): void {
  const isSame = (one: UncomparedAmount): boolean => one.of === of && one.currency === currency;
  const before = order.uncompared.find(isSame) ?? { minor: 0n, countedAs: 0n };
  const sum = before.minor + minor;
  const countedAs = sum > 0n ? before.countedAs || order.total : 0n;
  add(order, of, countedAs - before.countedAs);
  const others = order.uncompared.filter((one) => !isSame(one));
  const isBooked = currency === accountCurrency;
  order.uncompared = sum === 0n ? others : [...others, { of, currency, minor: sum, isBooked, countedAs }];
}

/** A rate may have come: what waited for one is told as what it is, as far as it can be. */
export function compareWaiting(work: AccountWork, order: CustomerOrder): void {
  order.rate ??= work.rate(order.currency, work.account(order.customerId).currency);
  const waiting = order.uncompared;
  order.uncompared = [];
  for (const { of, countedAs } of waiting) add(order, of, -countedAs);
  for (const { of, ...amount } of waiting) countAmount(work, order, of, amount);
}

/**
 * The order takes a version in another currency: its reservation goes, and what has left or was invoiced is told in the new
 * one. Through the account's currency at the rate that was booked, so that the exposure of what has left stays what it was.
 */
export function restate(work: AccountWork, order: CustomerOrder, { currency, total }: OrderVersion): void {
  const accountCurrency = work.account(order.customerId).currency;
  const { currency: currencyBefore, rate: rateBefore, uncompared } = order;
  for (const { of, countedAs } of uncompared) add(order, of, -countedAs);
  const compared = (['shipped', 'invoiced'] as const).map((of) =>
    rateBefore && accountCurrency
      ? { of, currency: accountCurrency, minor: convert(order[of], currencyBefore!, accountCurrency, rateBefore) }
      : { of, currency: currencyBefore!, minor: order[of] },
  );
  const rate = work.rate(currency, accountCurrency);
  Object.assign(order, {
    currency,
    rate,
    total,
    approved: 0n,
    shipped: 0n,
    invoiced: 0n,
    uncompared: [],
    approval: null,
  });
  for (const { of, ...amount } of [...compared, ...uncompared]) countAmount(work, order, of, amount);
}

/** The way back of `convert`: exact, rounded half-even once, at the end. */
function fromAccountCurrency(minor: bigint, accountCurrency: string, currency: string, rate: string): bigint {
  const { units, scale } = parseDecimal(rate);
  return divideHalfEven(
    minor * tenToThe(scale + fractionDigits(currency)),
    units * tenToThe(fractionDigits(accountCurrency)),
  );
}
