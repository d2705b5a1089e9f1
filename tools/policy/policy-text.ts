import type { Policy, Rules } from '../../services/customer-credit/src/domain/policy/policy.ts';
import { rulesAlwaysOn } from '../../services/customer-credit/src/policy-document/policy-schema.ts';
import { comparePolicies } from './compare/compare-policies.ts';
import { differenceTable, whenText } from './compare/differences-text.ts';
import { partsOf, valueText, type Part } from './compare/policy-parts.ts';

/** What is on in a policy that is right, for people. */
export function policyText(policy: Policy, file: string): string {
  const parts = [...partsOf(policy).values()];
  const rules = parts.filter(({ rule, parameter }) => rule !== null && parameter === null);
  const sections = [...Map.groupBy(parts, ({ section }) => section)].filter(([section]) => section !== 'rules');
  const off = Object.keys(policy.rules).filter((name) => policy.rules[name as keyof Rules] === 'off');
  const { scopes } = comparePolicies({ ...policy, scopes: [] }, policy);
  return [
    `${file} is right: version ${policy.version}`,
    '',
    'On for everybody, unless said otherwise below',
    ...columns(rules.map(({ rule, value }) => [rule!, valueText(value)])),
    ...wrapped('always on', rulesAlwaysOn),
    ...(off.length > 0 ? wrapped('off', off) : []),
    '',
    ...columns(sections.map(([section, said]) => [section, said.map(saidText).join('; ')])),
    ...scopes.flatMap(({ when, differences }) => ['', `For ${whenText(when)}`, ...differenceTable(differences)]),
  ].join('\n');
}

const saidText = ({ parameter, value }: Part): string => `${parameter} ${valueText(value) || 'anything'}`;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd());
}

const lineMax = 110;

/** Names after a word, in lines that a terminal shows. */
function wrapped(word: string, names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < lineMax) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(`  ${lines.length === 0 ? word : ' '.repeat(word.length)}  ${name}`);
  }
  return lines;
}
