import type { Policy, PolicySections, Scope } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import {
  sectionsFor,
  type PolicySubject,
} from '../../../services/customer-credit/src/domain/policy/select-parameters.ts';
import { effectOfChange, type Effect } from './effect-of-change.ts';
import { byPlace, keyOf, partsOf, valueText, type Part, type Place, type Value } from './policy-parts.ts';

/** Something that two policies say differently. */
export interface Difference extends Place {
  /** null: not said; the rule is off. */
  before: Value | null;
  after: Value | null;
  effect: Effect;
}

type When = Scope['when'];

/** What is otherwise for some orders, as far as it is not the difference that there is for everybody. */
export interface ScopeDifferences {
  /** The orders: any of the values of each kind. */
  when: When;
  differences: Difference[];
  /** What changes for everybody and stays for these, since a scope says so in both policies. */
  unchanged: Part[];
}

export interface ComparedPolicies {
  before: string;
  after: string;
  /** They decide every order alike and treat what is held alike. */
  isSame: boolean;
  general: Difference[];
  scopes: ScopeDifferences[];
}

/**
 * What two policies decide differently: for everybody, and for whom a scope of either says otherwise. Compares what is in
 * force, not what is written: scopes that say the same in another way are no difference. Whom several scopes of credit
 * groups fit, since a group has one above it, is not looked at.
 */
export function comparePolicies(before: Policy, after: Policy): ComparedPolicies {
  const general = differences(sectionsFor(before, nobody), sectionsFor(after, nobody));
  const scopes = together(
    [...before.scopes, ...after.scopes].flatMap(({ when }) => singles(when)),
    (when) => differencesFor(when, before, after, general),
  );
  const isSame = general.length === 0 && scopes.every(({ differences: its }) => its.length === 0);
  return { before: before.version, after: after.version, isSame, general, scopes };
}

// No scope fits: every scope names somebody. The currency counts in no section.
const nobody: PolicySubject = { currency: '', customerId: '', segment: null, riskClass: null, groups: [] };

function subjectOf({ segment, riskClass, group, customer }: When): PolicySubject {
  return {
    ...nobody,
    customerId: customer?.[0] ?? '',
    segment: segment?.[0] ?? null,
    riskClass: riskClass?.[0] ?? null,
    groups: group ?? [],
  };
}

/** What the sections say differently. A rule that is on in one of them only is one difference, with all its parameters. */
export function differences(before: PolicySections, after: PolicySections): Difference[] {
  const [were, are] = [partsOf(before), partsOf(after)];
  const keys = new Set([...were.keys(), ...are.keys()]);
  const found = [...keys].flatMap((key) => {
    const [was, is] = [were.get(key)?.value ?? null, are.get(key)?.value ?? null];
    const { section, rule, parameter } = (are.get(key) ?? were.get(key))!;
    const whole = keyOf({ section, rule, parameter: null });
    const isOnInBoth = rule === null || (were.has(whole) && are.has(whole));
    // What is different in a rule that is on in both, its parameters say.
    if (isOnInBoth === (rule !== null && parameter === null) || isSameValue(was, is)) return [];
    const effect = rule === null ? null : effectOfChange(rule, parameter, was, is);
    return [{ section, rule, parameter, before: was, after: is, effect }];
  });
  return found.sort(byPlace);
}

const isSameValue = (one: Value | null, other: Value | null): boolean =>
  one !== null && other !== null && valueText(one) === valueText(other);

function differencesFor(
  when: When,
  before: Policy,
  after: Policy,
  general: readonly Difference[],
): Omit<ScopeDifferences, 'when'> {
  const subject = subjectOf(when);
  const own = sectionsFor(after, subject);
  const all = differences(sectionsFor(before, subject), own);
  const said = partsOf(own);
  return {
    differences: all.filter((one) => !general.some((other) => isSame(one, other))),
    unchanged: general
      .map(keyOf)
      .filter((key) => said.has(key) && !all.some((one) => keyOf(one) === key))
      .map((key) => said.get(key)!),
  };
}

const isSame = (one: Difference, other: Difference): boolean => JSON.stringify(one) === JSON.stringify(other);

const kinds = ['segment', 'riskClass', 'group', 'customer'] as const;

/** One for each value, or combination of values, that a scope names. */
function singles(when: When): When[] {
  return kinds.reduce<When[]>(
    (found, kind) =>
      when[kind] ? found.flatMap((one) => when[kind]!.map((value) => ({ ...one, [kind]: [value] }))) : found,
    [{}],
  );
}

/** Those for whom the same is different, told as one where only one kind of value differs. */
function together(whens: readonly When[], of: (when: When) => Omit<ScopeDifferences, 'when'>): ScopeDifferences[] {
  const unique = [...new Map(whens.map((when) => [JSON.stringify(when), when])).values()];
  const told = unique
    .map((when) => ({ when, ...of(when) }))
    .filter((one) => one.differences.length > 0 || one.unchanged.length > 0);
  const alike = Map.groupBy(told, ({ when, ...its }) => `${Object.keys(when).join(' ')} ${JSON.stringify(its)}`);
  return [...alike.values()].flatMap((group) => {
    const kindsNamed = Object.keys(group[0]!.when) as (keyof When)[];
    const [kind] = kindsNamed;
    if (kindsNamed.length > 1 || kind === undefined) return group;
    return [{ ...group[0]!, when: { [kind]: group.flatMap(({ when }) => when[kind]!) } }];
  });
}
