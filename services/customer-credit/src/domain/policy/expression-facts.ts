import { Amount, languageOver, type Expression, type Fact, type FactTable } from '@ordergate/expressions';
import { totalOf } from '../account/exposure.ts';
import type { KnownAccountFacts } from '../gate/rule.ts';

type ExpressionFact = Fact<KnownAccountFacts>;
export type RuleExpression = Expression<KnownAccountFacts>;

const amount = (meaning: string, minorOf: (facts: KnownAccountFacts) => bigint | null | undefined): ExpressionFact => ({
  ...{ type: 'Amount', meaning },
  of: (facts) => {
    const minor = minorOf(facts);
    return minor === null || minor === undefined ? undefined : Amount.ofMinor(minor, facts.account.currency);
  },
});
const text = (meaning: string, of: (facts: KnownAccountFacts) => string | null): ExpressionFact => ({
  ...{ type: 'string', meaning },
  of: (facts) => of(facts) ?? '',
});
const whole = (meaning: string, of: (facts: KnownAccountFacts) => number | null): ExpressionFact => ({
  ...{ type: 'int', meaning },
  of: (facts) => {
    const value = of(facts);
    return value === null ? undefined : BigInt(value);
  },
});
const hundredths = (meaning: string, of: (facts: KnownAccountFacts) => bigint): ExpressionFact => ({
  ...{ type: 'double', meaning },
  of: (facts) => Number(of(facts)) / 100,
});

/** What the policy's own rules may read. Texts that are not known are empty; other facts that are not known are absent. */
export const expressionFacts = {
  order: {
    total: amount('what the order is worth', ({ order }) => order.total),
    adds: amount('what it would add to the exposure: its total less what has left, nothing if prepaid', ({ order }) =>
      order.total === null ? null : order.adds,
    ),
    currency: text('the order’s own currency', ({ order }) => order.currency),
    prepaid: { type: 'bool', meaning: 'paid before delivery', of: ({ order }) => order.prepaid },
    paymentMethod: text(
      '`open-account`, `prepaid`, `instrument` or `letter-of-credit`',
      ({ order }) => order.paymentMethod,
    ),
    paymentTermsDays: whole(
      'days from invoice to due day: the order’s, else the agreed ones; may be absent',
      ({ order, account }) => order.paymentTermsDays ?? account.paymentTermsDays,
    ),
    instrumentDueOn: text('the day on which its cheque or note falls due, or ""', ({ order }) => order.instrumentDueOn),
    placedOn: text('the day on which it was placed', ({ order }) => order.placedOn),
    decidedOn: {
      ...{ type: 'string', meaning: 'the business day on which it is decided' },
      of: ({ businessDay }) => businessDay,
    },
    segment: text('its segment, else the customer’s, or ""', ({ order, account }) => order.segment ?? account.segment),
    salesRepId: text('the representative that the order names, or ""', ({ order }) => order.salesRepId),
    discountPercent: hundredths('the largest discount of a line, in percent', ({ order }) => order.discountPercent),
  },
  account: {
    customerId: text('the customer', ({ account }) => account.customerId),
    currency: text('the currency of the account', ({ account }) => account.currency),
    limitKind: text('`amount`, `unlimited` or `none`', ({ account }) => account.limit.kind),
    limit: amount('the limit in force; absent unless it is an amount', ({ account }) =>
      account.limit.kind === 'amount' ? account.limit.minor : null,
    ),
    limitValidUntil: text('the last day of the limit, or ""', ({ account }) => account.limitValidUntil),
    exposure: amount('what the customer owes and has ordered, before this order', ({ account }) =>
      totalOf(account.exposure),
    ),
    openOrders: amount('of it: approved and not shipped', ({ account }) => account.exposure.openOrders),
    shippedNotInvoiced: amount('of it: shipped and not invoiced', ({ account }) => account.exposure.shippedNotInvoiced),
    receivables: amount('of it: invoiced and not paid', ({ account }) => account.exposure.receivables),
    instrumentsInHand: amount(
      'of it: cheques and notes not yet cleared',
      ({ account }) => account.exposure.instrumentsInHand,
    ),
    unallocatedCredits: amount(
      'taken off it: paid and not allocated',
      ({ account }) => account.exposure.unallocatedCredits,
    ),
    secured: amount('what valid collateral covers', ({ account }) => account.secured),
    riskClass: text('`A` to `E`, or ""', ({ account }) => account.riskClass),
    screening: text('`passed`, `pending` or `failed`', ({ account }) => account.screening),
    groups: {
      ...{ type: 'list<string>', meaning: 'credit groups with a limit, from the customer’s own upwards' },
      of: ({ account }) => account.groups.map(({ id }) => id),
    },
    isBlocked: { type: 'bool', meaning: 'some block is set', of: ({ account }) => account.blocks.length > 0 },
    paymentTermsDays: whole('the agreed terms; may be absent', ({ account }) => account.paymentTermsDays),
    reviewOn: text('the day on which it is to be reviewed, or ""', ({ account }) => account.reviewOn),
    oldestOverdueDays: whole(
      'days that the oldest undisputed item is overdue, 0 if none is',
      ({ account }) => account.openItems.oldestOverdueDays,
    ),
    dunningLevel: whole('how far reminders have gone, 0 for none', ({ account }) => account.standing.dunningLevel),
    daysLate: hundredths(
      'average days late of what was paid, weighted by amount',
      ({ account }) => account.standing.daysLate,
    ),
    score: whole('payment score from 0 to 100; may be absent', ({ account }) => account.standing.score),
  },
} satisfies FactTable<KnownAccountFacts>;

/** Checks an expression of the policy, and makes it callable. */
export const compileExpression = languageOver<KnownAccountFacts>(expressionFacts);

const amounts = Object.entries(expressionFacts).flatMap(([variable, facts]) =>
  Object.entries(facts).flatMap(([name, { type }]) => (type === 'Amount' ? [`${variable}.${name}`] : [])),
);

/** Such an expression is not asked while some amount has no rate. */
export const readsAmounts = ({ reads }: RuleExpression): boolean => amounts.some((name) => reads.has(name));
