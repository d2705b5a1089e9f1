/** One step of the reminders: reached when the oldest dunnable item is at least `days` overdue. */
export interface DunningLevel {
  readonly level: number;
  readonly days: number;
  /** Decimal string in the account's currency, like `amountMin`: less than that is not dunned at this level. */
  readonly fee?: string;
  readonly amountMin?: string;
}

export interface DunningRules {
  readonly levels: readonly DunningLevel[];
  /** At least so many days lie between two notices. */
  readonly intervalDays: number;
}

/** Says otherwise for some customers: all that `when` names must fit. */
export interface DunningScope {
  readonly when: {
    readonly segment?: readonly string[];
    readonly riskClass?: readonly string[];
    readonly group?: readonly string[];
    readonly customer?: readonly string[];
  };
  readonly dunning?: Partial<DunningRules>;
}

/** The policy as far as it is about dunning. */
export interface DunningPolicy {
  readonly version: string;
  readonly dunning: DunningRules;
  readonly scopes: readonly DunningScope[];
}

/** Before the first policy is activated: a reminder after a week, then every fortnight or so. */
export const defaultDunning: DunningPolicy = {
  version: 'default.1',
  dunning: {
    levels: [
      { level: 1, days: 7 },
      { level: 2, days: 21 },
      { level: 3, days: 42 },
    ],
    intervalDays: 7,
  },
  scopes: [],
};

export interface WhoIsDunned {
  customerId: string;
  segment: string | null;
  riskClass: string | null;
  creditGroupId: string | null;
}

// Of scopes that fit, the later kind wins (SEMANTICS.md, Policy).
const kinds = ['segment', 'riskClass', 'group', 'customer'] as const;

/** The rules for one customer: mappings merge key by key, lists are replaced. */
export function dunningRulesFor({ dunning, scopes }: DunningPolicy, who: WhoIsDunned): DunningRules {
  const is = { segment: who.segment, riskClass: who.riskClass, group: who.creditGroupId, customer: who.customerId };
  const specificity = ({ when }: DunningScope): number => Math.max(...kinds.map((kind, at) => (when[kind] ? at : -1)));
  return scopes
    .filter(({ when }) => kinds.every((kind) => !when[kind] || (is[kind] !== null && when[kind].includes(is[kind]))))
    .sort((left, right) => specificity(left) - specificity(right))
    .reduce((rules, scope) => ({ ...rules, ...scope.dunning }), dunning);
}
