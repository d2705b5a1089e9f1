import { amountsFromJson, amountsInJson } from '../amounts-json.ts';
import type { Decision, DecisionFacts } from './decision.ts';
import type { GateFacts, OpenItemFacts, Standing } from './rule.ts';
import type { Parameters } from '../policy/parameters.ts';

export const nothingOpen: OpenItemFacts = { overdue: 0n, open: 0n, oldestOverdueDays: 0 };
export const noStanding: Standing = { dunningLevel: 0, daysLate: 0n, score: null };

type AccountFacts = GateFacts['account'];
type OrderFacts = GateFacts['order'];
/** Kept in columns of the decision, so not in its record. */
type InColumns = 'customerId' | 'currency' | 'limit' | 'exposure';
type OrderInColumns = 'total' | 'adds' | 'currency';

const usualAccount: Omit<AccountFacts, InColumns> = {
  limitValidUntil: null,
  reviewOn: null,
  blocks: [],
  forcedHolds: [],
  screening: 'passed',
  riskClass: null,
  segment: null,
  paymentTermsDays: null,
  hasUnconverted: false,
  openItems: nothingOpen,
  secured: 0n,
  insuranceStopOn: null,
  standing: noStanding,
  segmentLimit: null,
  groups: [],
};
const usualOrder: Omit<OrderFacts, OrderInColumns> = {
  prepaid: false,
  paymentMethod: 'open-account',
  paymentTermsDays: null,
  instrumentDueOn: null,
  placedOn: '',
  segment: null,
  salesRepId: null,
  discountPercent: 0n,
  demand: null,
  split: null,
};

/** What the gate saw beside the figures that every decision has, as JSON can hold it; null when all of it was as usual. */
export function recordOf({ account, order, businessDay }: GateFacts): DecisionFacts | null {
  const unusualAccount = differences(account, usualAccount);
  const unusualOrder = differences(order, { ...usualOrder, placedOn: businessDay });
  if (unusualAccount === null && unusualOrder === null) return null;
  return {
    ...(unusualAccount && { account: unusualAccount }),
    ...(unusualOrder && { order: unusualOrder }),
  } as DecisionFacts;
}

/** The facts of a decision again, from its columns and its record. */
export function factsAgain(
  decision: Decision,
  parametersFor: (facts: Omit<GateFacts, 'parameters'>) => Parameters,
): GateFacts {
  const { facts, businessDay, total, accountCurrency } = decision;
  const again = {
    account: {
      ...usualAccount,
      ...amountsFromJson(facts?.account ?? {}),
      customerId: decision.customerId,
      currency: accountCurrency,
      limit: decision.limit,
      exposure: decision.exposure,
    },
    order: {
      ...usualOrder,
      placedOn: businessDay,
      ...amountsFromJson(facts?.order ?? {}),
      total: decision.totalInAccountCurrency,
      adds: decision.adds ?? 0n,
      currency: total?.currency ?? accountCurrency ?? '',
    },
    businessDay,
  };
  return { ...again, parameters: parametersFor(again) };
}

/** Those that are not as usual; amounts as text, since JSON has no bigint. */
function differences<Usual extends object>(facts: NoInfer<Usual>, usual: Usual): Record<string, unknown> | null {
  let unusual: Record<string, unknown> | null = null;
  for (const name in usual) {
    const value = facts[name];
    if (value === usual[name] || isSame(value, usual[name])) continue;
    (unusual ??= {})[name] = amountsInJson(value);
  }
  return unusual;
}

/** Lists are as usual when they are empty, mappings when they say the same. */
function isSame(value: unknown, usual: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null || typeof usual !== 'object' || usual === null) return false;
  return Object.entries(value).every(([name, part]) => part === (usual as Record<string, unknown>)[name]);
}
