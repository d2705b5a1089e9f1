/** A rule as the policy names it: its parameters, `{}` for on without any, or `off`. Amounts are decimal strings in the account's currency. */
export interface RuleParameters {
  'review-overdue': { graceDays: number };
  'collateral-shortfall': { securedPercent: string };
  'overdue-items': { days: number; amountMin: string; percentMin?: string };
  'oldest-open-item': { days: number };
  'dunning-level': { max: number };
  'order-value': { max: string };
  'payment-terms': { maxDays?: number };
  'discount-authority': { maxPercent: string };
  'payment-behaviour': { windowDays: number; daysLateMax?: string; scoreMin?: number };
  'risk-class': { prepaidOnly: readonly string[] };
  'demand-spike': { factor: string; windowDays?: number; ordersMin?: number };
  'order-splitting': { windowDays: number; threshold: string };
  'instrument-tenor': { maxDays: number };
}
export type RuleName = keyof RuleParameters;
export type CustomRuleName = `custom:${string}`;

/** A reason for holding that the policy itself brings: a CEL expression over the facts of the decision. */
export interface CustomRule {
  expression: string;
  /** What people read as the reason; the expression itself, when it is left out. */
  message?: string;
}

export type Rules = { readonly [Name in RuleName]?: RuleParameters[Name] | 'off' } & {
  readonly [Name in CustomRuleName]?: CustomRule | 'off';
};

export type HoldOrder = 'oldest-first' | 'smallest-first' | 'priority';

/** `expireAfterDays`: a hold that nobody answers for more days ends with no; without it none does. */
export interface HoldPolicy {
  order: HoldOrder;
  expireAfterDays?: number;
}

/** What a policy says for everybody, and what a scope may say otherwise for some. */
export interface PolicySections {
  rules: Rules;
  approval: { tolerancePercent: string; validDays: number; onExpiry: OnExpiry };
  holds: HoldPolicy;
  dunning: { levels: readonly DunningLevel[]; intervalDays: number };
  release: ReleaseSection;
  shipments: ShipmentPolicy;
}

/** What becomes of an order whose approval has expired: asked again, or closed. */
export type OnExpiry = 'decide-again' | 'close';

/** `optional`: goods that an approval covers may leave without a request. `uninvoicedDays`: more without an invoice is told. */
export interface ShipmentPolicy {
  authorization: 'required' | 'optional';
  uninvoicedDays?: number;
}

export interface ReleaseSection {
  authority: readonly Authority[];
  fourEyesAbove?: string;
  /** Business days that a second person has to answer. */
  requestDays: number;
  /** The reasons that people may give for a release, and for a no; any text, when left out. */
  reasons?: readonly string[];
  declineReasons?: readonly string[];
  /** An insurer's stop can be released by a person. */
  overInsuranceStop: boolean;
}

/** The level is reached when the oldest dunnable item is at least `days` overdue. */
export interface DunningLevel {
  level: number;
  days: number;
  fee?: string;
  amountMin?: string;
}

/** How much excess a role may release, and what may hold the order; what is left out does not bind. */
export interface Authority {
  role: string;
  amountMax?: string;
  percentMax?: string;
  /** Codes of the rules that this role may overrule; `custom:*` stands for all rules of the policy's own. */
  overrules?: readonly string[];
}

/** Says otherwise for some orders: all that `when` names must fit. Mappings merge key by key, lists are replaced. */
export type Scope = { [Section in keyof PolicySections]?: Partial<PolicySections[Section]> } & {
  when: {
    segment?: readonly string[];
    riskClass?: readonly string[];
    group?: readonly string[];
    customer?: readonly string[];
  };
};

/** The versioned document that says which rules run for whom with what parameters. */
export interface Policy extends PolicySections {
  version: string;
  scopes: readonly Scope[];
}

/** Rules with required parameters are off until they are named; the others are on. Scenarios are laid over it. */
export const barePolicy: Policy = {
  version: 'bare.1',
  rules: { 'payment-terms': {} },
  approval: { tolerancePercent: '0', validDays: 30, onExpiry: 'decide-again' },
  holds: { order: 'oldest-first' },
  dunning: { levels: [], intervalDays: 0 },
  release: { authority: [{ role: 'credit-manager' }], requestDays: 3, overInsuranceStop: false },
  shipments: { authorization: 'required' },
  scopes: [],
};
