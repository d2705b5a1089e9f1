import { isDecimal, parseDecimal } from '@ordergate/money';
import type {
  CustomRule,
  PolicySections,
  RuleName,
} from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { ruleSchemas } from '../../../services/customer-credit/src/policy-document/policy-schema.ts';
import type { SchemaPart } from '../../../services/customer-credit/src/policy-document/schema-parts.ts';

export type Section = 'rules' | 'approval' | 'holds' | 'dunning' | 'release' | 'shipments';
export type Value = string | number | boolean | readonly string[] | { readonly [parameter: string]: Value };

/** What a part is about. */
export interface Place {
  section: Section;
  /** null in sections other than `rules`. */
  rule: string | null;
  /** `days`, `level 2`; null: the rule as a whole, which is on with these parameters. */
  parameter: string | null;
}

/** One thing that a policy says. */
export interface Part extends Place {
  value: Value;
}

/** What a rule means where the document names no such parameter. */
const unsaid: { [Name in RuleName]?: Record<string, Value> } = { 'demand-spike': { ordersMin: 5 } };

/** Two policies speak of the same thing under the same key. */
export const keyOf = ({ section, rule, parameter }: Place): string =>
  [section, rule, parameter].filter((name) => name !== null).join(' ');

const sections: readonly Section[] = ['rules', 'approval', 'holds', 'dunning', 'release', 'shipments'];
const ruleNames = Object.keys(ruleSchemas);

/** Sections, and in them rules, in the order in which documents and reasons name them; rules of one's own come last. */
export function byPlace(one: Place, other: Place): number {
  const rank = ({ section, rule }: Place): number => {
    const at = ruleNames.indexOf(rule ?? '');
    return sections.indexOf(section) * 1_000 + (at < 0 ? ruleNames.length : at);
  };
  return rank(one) - rank(other);
}

/**
 * Everything that the sections say, by its key; rules in the order in which their reasons are published. Told in one way,
 * whatever way it was written: "5.0" is 5, a rule that is off is not there, a parameter that is left out is what it means then.
 */
export function partsOf(said: PolicySections): Map<string, Part> {
  const parts = [...ruleParts(said), ...otherParts(said)].sort(byPlace);
  return new Map(parts.map((part) => [keyOf(part), part]));
}

function ruleParts({ rules }: PolicySections): Part[] {
  return Object.entries(rules).flatMap(([rule, its]) => {
    if (its === undefined || its === 'off') return [];
    const named = parametersOf(rule, its);
    const on: Part = { section: 'rules', rule, parameter: null, value: named };
    return [on, ...Object.entries(named).map(([parameter, value]): Part => ({ ...on, parameter, value }))];
  });
}

function parametersOf(rule: string, its: object): Record<string, Value> {
  if (rule.startsWith('custom:')) return customParameters(its as CustomRule);
  const inOrder = Object.keys((ruleSchemas[rule]?.else as SchemaPart | undefined)?.properties ?? {});
  const said: Record<string, unknown> = { ...unsaid[rule as RuleName], ...its };
  return inOneWay(Object.fromEntries(inOrder.map((name) => [name, said[name]])));
}

function customParameters({ expression, message = expression }: CustomRule): Record<string, Value> {
  return { expression, message };
}

function otherParts({ approval, holds, dunning, release, shipments }: PolicySections): Part[] {
  const levels = dunning.levels.map(({ level, ...step }) => [`level ${level}`, inOneWay({ ...step })] as const);
  const authority = release.authority.map(({ role, ...most }) => [role, inOneWay({ ...most })] as const);
  const { authority: _, ...otherwise } = release;
  const all: [Section, Record<string, unknown>][] = [
    ['approval', { ...approval }],
    ['holds', { ...holds }],
    ['dunning', { intervalDays: dunning.intervalDays, ...Object.fromEntries(levels) }],
    ['release', { ...Object.fromEntries(authority), ...otherwise }],
    ['shipments', { ...shipments }],
  ];
  return all.flatMap(([section, said]) =>
    Object.entries(inOneWay(said)).map(([parameter, value]): Part => ({ section, rule: null, parameter, value })),
  );
}

function inOneWay(said: Record<string, unknown>): Record<string, Value> {
  const named = Object.entries(said).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    named.map(([name, value]) => [
      name,
      typeof value === 'string' && isDecimal(value)
        ? shortest(value)
        : Array.isArray(value)
          ? (value as string[]).toSorted()
          : (value as Value),
    ]),
  );
}

/** "500.00" → "500", "12.50" → "12.5" */
function shortest(decimal: string): string {
  const { units, scale } = parseDecimal(decimal);
  if (scale === 0) return String(units);
  const digits = String(units).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
}

/** A value as people read it: `10`, `A, B`, `days 10, amountMin 500`. */
export function valueText(value: Value): string {
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.join(', ');
  return Object.entries(value)
    .map(([name, its]) => `${name} ${valueText(its)}`)
    .join(', ');
}
