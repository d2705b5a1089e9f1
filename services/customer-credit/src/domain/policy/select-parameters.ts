import { parametersOf, type Parameters } from './parameters.ts';
import type { CustomRule, Policy, PolicySections, Scope } from './policy.ts';

/** Whom and what an order is for: decides which scopes of the policy fit it. */
export interface ScopeSubject {
  customerId: string;
  /** The order's, else the customer's. */
  segment: string | null;
  riskClass: string | null;
  /** The customer's credit group and every group above it. */
  groups: readonly string[];
}

/** The same with the currency in which the policy's amounts are. */
export interface PolicySubject extends ScopeSubject {
  currency: string;
}

/** From the most general to the most specific: of scopes that fit, one of a later kind wins (SEMANTICS.md, "Policy"). */
const kinds = ['segment', 'riskClass', 'group', 'customer'] as const;
type Kind = (typeof kinds)[number];

interface ScopeIndex {
  /** By the most specific kind that a scope names, then by each value it names: the places of the scopes in the document. */
  byValue: ReadonlyMap<Kind, ReadonlyMap<string, readonly number[]>>;
  parameters: Map<string, Parameters>;
}

const indexes = new WeakMap<Policy, ScopeIndex>();
const parametersMax = 10_000;

/** The parameters for an order. Made once for each set of scopes that fit and currency: the gate asks for every order. */
export function selectParameters(policy: Policy, subject: PolicySubject): Parameters {
  const index = indexOf(policy);
  const fitting = fittingScopes(policy, index, subject);
  const key = `${subject.currency} ${fitting.join(' ')}`;
  let parameters = index.parameters.get(key);
  if (!parameters) {
    if (index.parameters.size >= parametersMax) index.parameters.clear();
    parameters = merged(policy, fitting, subject.currency);
    index.parameters.set(key, parameters);
  }
  return parameters;
}

function indexOf(policy: Policy): ScopeIndex {
  let index = indexes.get(policy);
  if (!index) {
    const byValue = new Map<Kind, Map<string, number[]>>();
    for (const [at, { when }] of policy.scopes.entries()) {
      const kind = mostSpecific(when);
      if (!kind) continue;
      const places = byValue.get(kind) ?? new Map<string, number[]>();
      byValue.set(kind, places);
      for (const value of when[kind]!) places.set(value, [...(places.get(value) ?? []), at]);
    }
    indexes.set(policy, (index = { byValue, parameters: new Map() }));
  }
  return index;
}

function mostSpecific(when: Scope['when']): Kind | undefined {
  return kinds.findLast((kind) => when[kind] !== undefined);
}

function valuesOf({ segment, riskClass, groups, customerId }: ScopeSubject, kind: Kind): readonly string[] {
  switch (kind) {
    case 'segment':
      return segment === null ? [] : [segment];
    case 'riskClass':
      return riskClass === null ? [] : [riskClass];
    case 'group':
      return groups;
    case 'customer':
      return [customerId];
  }
}

/** In the order in which they are laid over one another. */
function fittingScopes(policy: Policy, { byValue }: ScopeIndex, subject: ScopeSubject): number[] {
  const fitting: number[] = [];
  for (const kind of kinds) {
    const placesOf = byValue.get(kind);
    if (!placesOf) continue;
    const places = valuesOf(subject, kind).flatMap((value) => placesOf.get(value) ?? []);
    const inDocument = [...new Set(places)].sort((a, b) => a - b);
    fitting.push(...inDocument.filter((at) => fits(policy.scopes[at]!.when, subject)));
  }
  return fitting;
}

function fits(when: Scope['when'], subject: ScopeSubject): boolean {
  return kinds.every((kind) => !when[kind] || valuesOf(subject, kind).some((value) => when[kind]!.includes(value)));
}

function merged(policy: Policy, fitting: readonly number[], currency: string): Parameters {
  const { origins, ...sections } = laidTogether(policy, fitting);
  return parametersOf(sections, currency, origins);
}

/** The policy's sections as they are for an order, and where each parameter comes from that is not from its general part. */
export function sectionsFor(policy: Policy, subject: ScopeSubject): Laid {
  return laidTogether(policy, fittingScopes(policy, indexOf(policy), subject));
}

type Laid = PolicySections & { origins: Record<string, string> };

function laidTogether(policy: Policy, fitting: readonly number[]): Laid {
  let sections: PolicySections = policy;
  const origins: Record<string, string> = {};
  for (const at of fitting) {
    const { when, ...otherwise } = policy.scopes[at]!;
    const kind = mostSpecific(when)!;
    sections = laidOver(sections, otherwise, '', (path) => (origins[path] = `${kind} ${when[kind]!.join(', ')}`));
  }
  return { ...sections, origins };
}

/** Mappings merge key by key, lists and single values are replaced. Tells each path that was set, without `rules.` before it. */
export function laidOver<T extends object>(
  general: T,
  otherwise: object,
  path: string,
  onSet: (path: string) => void = () => undefined,
): T {
  const result = { ...general } as Record<string, unknown>;
  for (const [key, value] of Object.entries(otherwise)) {
    const here = path === '' && key === 'rules' ? '' : path === '' ? key : `${path}.${key}`;
    const before = result[key];
    if (isMapping(value) && Object.keys(value).length > 0)
      result[key] = laidOver(isMapping(before) ? before : {}, value, here, onSet);
    else {
      // A rule that is on already keeps its parameters when a scope only says that it is on.
      if (!(isMapping(value) && isMapping(before))) result[key] = value;
      onSet(here);
    }
  }
  return result as T;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const fewestDays = new WeakMap<Policy, number>();

/** Open items that are at most this many days overdue hold no order under any scope: they need not be loaded. Infinity: none is asked for. */
export function fewestOverdueDays(policy: Policy): number {
  let days = fewestDays.get(policy);
  if (days === undefined) {
    const asked = [policy, ...policy.scopes].flatMap(({ rules = {} }) => [
      rules['overdue-items'],
      rules['oldest-open-item'],
      ...(Object.entries(rules).some(readsOpenItems) ? [{ days: 0 }] : []),
    ]);
    days = Math.min(...asked.map((rule) => (typeof rule === 'object' ? (rule.days ?? Infinity) : Infinity)));
    fewestDays.set(policy, days);
  }
  return days;
}

function readsOpenItems([name, rule]: [name: string, rule: unknown]): boolean {
  return name.startsWith('custom:') && ((rule as Partial<CustomRule>).expression ?? '').includes('oldestOverdueDays');
}

/** The fewest days that a policy says somewhere, worked out once. Infinity: it says them nowhere. */
function fewest(daysIn: (said: Policy | Scope) => number | undefined): (policy: Policy) => number {
  const known = new WeakMap<Policy, number>();
  return (policy) => {
    let days = known.get(policy);
    if (days === undefined) {
      days = Math.min(...[policy, ...policy.scopes].map((said) => daysIn(said) ?? Infinity));
      known.set(policy, days);
    }
    return days;
  };
}

/** Goods that are out for at most this many days without an invoice are told under no scope. Infinity: none are. */
export const fewestUninvoicedDays = fewest(({ shipments }) => shipments?.uninvoicedDays);

/** A hold that is open for at most this many days expires under no scope. Infinity: none does. */
export const fewestHoldDays = fewest(({ holds }) => holds?.expireAfterDays);

interface PaymentWindows {
  days: readonly number[];
  /** Nobody who was never later than this is held. Infinity: none is asked. */
  daysLateMax: number;
}

const windowsOf = new WeakMap<Policy, PaymentWindows>();
const noWindows: PaymentWindows = { days: [], daysLateMax: Infinity };

/** The windows over which a policy asks for days late, under any scope, and the fewest days late that it allows. */
export function paymentWindows(policy: Policy): PaymentWindows {
  let windows = windowsOf.get(policy);
  if (!windows) {
    const rules = [policy, ...policy.scopes].flatMap(({ rules: its }) => {
      const rule = its?.['payment-behaviour'];
      return typeof rule === 'object' ? [rule] : [];
    });
    const days = [...new Set(rules.flatMap(({ windowDays }) => windowDays ?? []))];
    const allowed = rules.flatMap(({ daysLateMax }) => (daysLateMax === undefined ? [] : [Number(daysLateMax)]));
    windows = allowed.length === 0 ? noWindows : { days, daysLateMax: Math.min(...allowed) };
    windowsOf.set(policy, windows);
  }
  return windows;
}
