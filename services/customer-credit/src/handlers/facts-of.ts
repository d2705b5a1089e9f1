import { convert, parseDecimal, tenToThe } from '@ordergate/money';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { coveredBy, insuranceStopOn, limitInForce } from '../domain/account/limit-in-force.ts';
import { promisedOn } from '../domain/account/kept-standing.ts';
import { openItemFacts, type CountedItem } from '../domain/account/open-items.ts';
import { nothingOpen } from '../domain/gate/facts-record.ts';
import type { GateFacts, OpenItemFacts, Standing } from '../domain/gate/rule.ts';
import { addedBy, shareOf, type CustomerOrder } from '../domain/order/customer-order.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Parameters } from '../domain/policy/parameters.ts';
import { selectParameters, type ScopeSubject } from '../domain/policy/select-parameters.ts';
import type { AccountWork } from './account-work.ts';
import { historyFacts } from './order-histories.ts';

/** The facts of an order as the account stands now: what the gate decides on. */
export function factsOf(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  rate: string | null,
  policy: Policy = work.policy,
): GateFacts {
  const { currency, terms } = account;
  const { businessDay } = work;
  const collateral = terms.collateral ?? [];
  const { limit, validUntil } = limitInForce(account, businessDay);
  const parameters = parametersFor(work, account, order, policy);
  const inAccountCurrency = (minor: bigint): bigint | null =>
    rate === null || currency === null ? null : convert(minor, order.currency!, currency, rate);
  const exposure = exposureBefore(account, order, rate);
  const facts = orderFacts(order, businessDay, inAccountCurrency);
  return {
    account: {
      customerId: account.customerId,
      currency,
      limit,
      limitValidUntil: validUntil,
      reviewOn: terms.reviewOn ?? null,
      blocks: account.blocks,
      forcedHolds: (terms.forcedHolds ?? []).filter(({ orderId }) => orderId === null || orderId === order.orderId),
      screening: account.screening,
      riskClass: account.riskClass,
      segment: account.segment,
      paymentTermsDays: account.paymentTermsDays,
      exposure,
      hasUnconverted: account.hasUnconverted,
      openItems:
        currency === null
          ? nothingOpen
          : itemsAsked(work.openItems(account), parameters, businessDay, promisedOn(account, businessDay)),
      secured: coveredBy(collateral, businessDay),
      insuranceStopOn: insuranceStopOn(collateral),
      standing: standingIn(work, account, parameters),
      segmentLimit: work.segments.facts(account, order, facts.adds),
      groups: work.pools.facts(account, exposure, facts.adds),
    },
    order: { ...facts, ...historyFacts(work, account, order, facts.total, parameters) },
    parameters,
    businessDay,
  };
}

/** What the policy says of an order. */
export function parametersFor(
  work: AccountWork,
  account: CreditAccount,
  order: CustomerOrder,
  policy: Policy = work.policy,
): Parameters {
  return selectParameters(policy, {
    ...subjectOf(work, account, order),
    currency: account.currency ?? order.currency!,
  });
}

/** Whom and what the policy's scopes are asked about: known of an order that could not be read, too. */
export function subjectOf(work: AccountWork, account: CreditAccount, order: CustomerOrder): ScopeSubject {
  return {
    customerId: account.customerId,
    segment: order.conditions.segment ?? account.segment,
    riskClass: account.riskClass,
    groups: work.pools.chain(account).map(({ groupId }) => groupId),
  };
}

interface ItemsAsked {
  overdueItems: Parameters['overdueItems'];
  businessDay: string;
  promised: bigint;
  facts: OpenItemFacts;
}
const itemsAskedLast = new WeakMap<readonly CountedItem[], ItemsAsked>();

/** Held orders of one account are asked one after the other, and all ask the same of its items: they are summed once. */
function itemsAsked(
  items: readonly CountedItem[],
  { overdueItems }: Parameters,
  businessDay: string,
  promised: bigint,
): OpenItemFacts {
  if (items.length === 0) return nothingOpen;
  const last = itemsAskedLast.get(items);
  if (last?.overdueItems === overdueItems && last?.businessDay === businessDay && last.promised === promised)
    return last.facts;
  const facts = openItemFacts(items, { overdueItems }, businessDay, promised);
  itemsAskedLast.set(items, { overdueItems, businessDay, promised, facts });
  return facts;
}

/** Over the window that the rule asks for; without the rule over that of collections. */
function standingIn(work: AccountWork, account: CreditAccount, { paymentBehaviour }: Parameters): Standing {
  const { dunningLevel, daysLate, score } = account.standing;
  const windowed = paymentBehaviour && work.lateness.of(account, paymentBehaviour.windowDays);
  return { dunningLevel, daysLate: windowed ?? daysLate, score };
}

function orderFacts(
  order: CustomerOrder,
  businessDay: string,
  inAccountCurrency: (minor: bigint) => bigint | null,
): Omit<GateFacts['order'], 'demand' | 'split'> {
  const { paymentMethod, paymentTermsDays, instrumentDueOn, segment, salesRepId, discounts } = order.conditions;
  return {
    total: inAccountCurrency(order.total),
    adds: inAccountCurrency(addedBy(order)) ?? 0n,
    currency: order.currency!,
    prepaid: order.prepaid,
    paymentMethod,
    paymentTermsDays,
    instrumentDueOn,
    placedOn: order.placedAt?.toISOString().slice(0, 10) ?? businessDay,
    segment,
    salesRepId,
    discountPercent: largest(discounts),
  };
}

/** Exposure without the order's own reservation, and with its goods at the rate of the day. */
function exposureBefore(
  account: CreditAccount,
  order: CustomerOrder,
  rate: string | null,
): GateFacts['account']['exposure'] {
  const { currency, exposure } = account;
  const own = shareOf(order, currency);
  // An order has one rate: deciding it at another day's revalues what has left, and that must fit the limit as well.
  const hasNewRate = rate !== null && rate !== order.rate && order.shipped !== 0n;
  const goods = hasNewRate ? shareOf({ ...order, rate }, currency) : own;
  return {
    ...exposure,
    openOrders: exposure.openOrders - own.openOrders,
    shippedNotInvoiced: exposure.shippedNotInvoiced - own.shippedNotInvoiced + goods.shippedNotInvoiced,
  };
}

/** In hundredths of a percent; what is finer counts as the next one, so that 10.001 % is more than 10 %. */
function largest(discounts: readonly string[]): bigint {
  return discounts.reduce((most, text) => {
    const { units, scale } = parseDecimal(text);
    const finer = scale > 2 ? tenToThe(scale - 2) : 1n;
    const hundredths = scale > 2 ? (units + finer - 1n) / finer : units * tenToThe(2 - scale);
    return hundredths > most ? hundredths : most;
  }, 0n);
}
