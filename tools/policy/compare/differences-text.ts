import type { Scope } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import type { ComparedPolicies, Difference } from './compare-policies.ts';
import { valueText, type Part, type Place, type Value } from './policy-parts.ts';

/** What two policies say differently, for people. */
export function differencesText(compared: ComparedPolicies, beforeFile: string, afterFile: string): string {
  const { before, after, isSame, general, scopes } = compared;
  const head = [`  before  ${before}  (${beforeFile})`, `  after   ${after}  (${afterFile})`];
  if (isSame) return [...head, '', 'They say the same.'].join('\n');
  const chapters = scopes.flatMap(({ when, differences, unchanged }) => [
    '',
    `For ${whenText(when)}`,
    ...differenceTable(differences),
    ...unchanged.map((part) => `  ${placeText(part)} stays ${stayedText(part)}`),
  ]);
  return [
    ...head,
    '',
    'For everybody',
    ...(general.length > 0 ? differenceTable(general) : ['  nothing']),
    ...chapters,
  ].join('\n');
}

/** riskClass A or B, segment export */
export const whenText = (when: Scope['when']): string =>
  Object.entries(when)
    .map(([kind, values]) => `${kind} ${values.join(' or ')}`)
    .join(', ');

export const placeText = ({ section, rule, parameter }: Place): string =>
  [rule ?? section, parameter].filter((name) => name !== null).join(' ');

/** `off → on: days 10`, `5 → 10` */
export function changeText(difference: Difference): string {
  const { before, after } = difference;
  return `${valueOf(difference, before)} → ${valueOf(difference, after)}`;
}

/** A rule stays on, whatever its parameters. */
const stayedText = (part: Part): string => (isRule(part) ? 'on' : valueOf(part, part.value));

const isRule = ({ rule, parameter }: Place): boolean => rule !== null && parameter === null;

function valueOf(place: Place, value: Value | null): string {
  if (value === null) return isRule(place) ? 'off' : 'not set';
  const text = valueText(value);
  if (isRule(place)) return text === '' ? 'on' : `on (${text})`;
  // A role without a limit to what it may release.
  return text === '' ? 'anything' : text;
}

export function differenceTable(all: readonly Difference[]): string[] {
  const rows = all.map((one) => [placeText(one), changeText(one), one.effect ?? '']);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([place, change, effect]) =>
    `  ${place!.padEnd(widths[0]!)}  ${change!.padEnd(Math.min(widths[1]!, 60))}  ${effect}`.trimEnd(),
  );
}
