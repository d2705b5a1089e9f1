import { fractionDigits, minorOf } from '@ordergate/money';
import { compileExpression, type RuleExpression } from './expression-facts.ts';
import { hundredths } from '../hundredths.ts';
import type {
  CustomRule,
  CustomRuleName,
  HoldOrder,
  PolicySections,
  ReleaseSection,
  RuleName,
  Rules,
  ShipmentPolicy,
} from './policy.ts';

/** The policy's parameters for one order: amounts in minor units of the account's currency, percentages in hundredths. */
export interface Parameters {
  reviewOverdue?: { graceDays: number };
  collateralShortfall?: { securedPercent: bigint };
  overdueItems?: { days: number; amountMin: bigint; percentMin?: bigint };
  oldestOpenItem?: { days: number };
  dunningLevel?: { max: number };
  orderValue?: { max: bigint };
  paymentTerms?: { maxDays?: number };
  discountAuthority?: { maxPercent: bigint };
  paymentBehaviour?: { windowDays: number; daysLateMax?: bigint; scoreMin?: number };
  riskClass?: { prepaidOnly: readonly string[] };
  demandSpike?: { factor: bigint; windowDays?: number; ordersMin: number };
  orderSplitting?: { windowDays: number; threshold: bigint };
  instrumentTenor?: { maxDays: number };
  custom: readonly (CustomRule & { name: CustomRuleName; asked: RuleExpression })[];
  approval: PolicySections['approval'];
  holdOrder: HoldOrder;
  release: ReleaseParameters;
  shipments: ShipmentPolicy;
  /** Where a parameter comes from when not from the policy's general part: `overdue-items.days` → `customer C-42`. */
  scopes: Readonly<Record<string, string>>;
}

/** Who may release what: amounts in minor units of the account's currency, percentages in hundredths. */
export interface ReleaseParameters extends Omit<ReleaseSection, 'authority' | 'fourEyesAbove'> {
  authority: readonly ReleaseAuthority[];
  fourEyesAbove?: bigint;
}

export interface ReleaseAuthority {
  role: string;
  amountMax?: bigint;
  percentMax?: bigint;
  overrules?: readonly string[];
}

// Fewer orders than this are no habit, so nothing is unusual yet.
const ordersMinDefault = 5;

/** The sections as they apply to an order, in the units that the gate counts in. */
export function parametersOf(
  { rules, approval, holds, release, shipments }: PolicySections,
  currency: string,
  scopes: Readonly<Record<string, string>>,
): Parameters {
  const on = <Name extends RuleName>(name: Name) => {
    const rule = rules[name];
    return rule === 'off' ? undefined : (rule as Exclude<Rules[Name], 'off'>);
  };
  const money = (amount: string): bigint => threshold(amount, currency);
  const collateral = on('collateral-shortfall');
  const overdue = on('overdue-items');
  const value = on('order-value');
  const discount = on('discount-authority');
  const behaviour = on('payment-behaviour');
  const spike = on('demand-spike');
  const splitting = on('order-splitting');
  return {
    ...defined({
      reviewOverdue: on('review-overdue'),
      collateralShortfall: collateral && { securedPercent: hundredths(collateral.securedPercent) },
      overdueItems: overdue && {
        days: overdue.days,
        amountMin: money(overdue.amountMin),
        ...(overdue.percentMin !== undefined && { percentMin: hundredths(overdue.percentMin) }),
      },
      oldestOpenItem: on('oldest-open-item'),
      dunningLevel: on('dunning-level'),
      orderValue: value && { max: money(value.max) },
      paymentTerms: on('payment-terms'),
      discountAuthority: discount && { maxPercent: hundredths(discount.maxPercent) },
      paymentBehaviour:
        behaviour &&
        ({
          ...behaviour,
          ...(behaviour.daysLateMax !== undefined && { daysLateMax: hundredths(behaviour.daysLateMax) }),
        } as Parameters['paymentBehaviour']),
      riskClass: on('risk-class'),
      demandSpike: spike && { ordersMin: ordersMinDefault, ...spike, factor: hundredths(spike.factor) },
      orderSplitting: splitting && { windowDays: splitting.windowDays, threshold: money(splitting.threshold) },
      instrumentTenor: on('instrument-tenor'),
    }),
    custom: customRules(rules),
    approval,
    holdOrder: holds.order,
    release: releaseParameters(release, money),
    shipments,
    scopes,
  };
}

function releaseParameters(
  { authority, fourEyesAbove, ...rest }: ReleaseSection,
  money: (amount: string) => bigint,
): ReleaseParameters {
  return {
    ...rest,
    authority: authority.map(({ role, amountMax, percentMax, overrules }) => ({
      role,
      ...(amountMax !== undefined && { amountMax: money(amountMax) }),
      ...(percentMax !== undefined && { percentMax: hundredths(percentMax) }),
      ...(overrules && { overrules }),
    })),
    ...(fourEyesAbove !== undefined && { fourEyesAbove: money(fourEyesAbove) }),
  };
}

function customRules(rules: Rules): Parameters['custom'] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    if (!name.startsWith('custom:') || rule === undefined || rule === 'off') return [];
    const custom = rule as CustomRule;
    return [{ name: name as CustomRuleName, ...custom, asked: expressionOf(custom) }];
  });
}

// A policy's parameters are made for every scope and currency, its expressions once.
const expressions = new Map<string, RuleExpression>();
const expressionsMax = 1_000;

/** A document is refused if an expression is wrong, so this one was accepted by another release: it holds, and says so. */
function expressionOf({ expression }: CustomRule): RuleExpression {
  let known = expressions.get(expression);
  if (!known) {
    const compiled = compileExpression(expression);
    known = compiled.outcome === 'compiled' ? compiled.expression : unanswerable(compiled.problem);
    if (expressions.size >= expressionsMax) expressions.clear();
    expressions.set(expression, known);
  }
  return known;
}

function unanswerable(failed: string): RuleExpression {
  const answer = { failed };
  return { reads: new Set(), isTrue: () => answer };
}

function defined<T extends object>(all: T): { [Key in keyof T]: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;
}

/** "99.50" is a threshold for yen accounts, too: what lies between two minor units is cut off, so exactly it still passes. */
function threshold(amount: string, currency: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, fractionDigits(currency));
  return minorOf(digits ? `${whole}.${digits}` : whole, currency);
}
