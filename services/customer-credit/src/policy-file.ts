import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { Count, Decimal, Identifier, Nested, parseAs } from '@ordergate/contracts';
import { barePolicy, type Policy } from './domain/policy/policy.ts';
import { laidOver } from './domain/policy/select-parameters.ts';

class OverdueItems {
  @Count(0, 3650)
  days!: number;
  @Decimal('not-negative')
  amountMin!: string;
  @Decimal('not-negative', { optional: true })
  percentMin?: string;
}
class OldestOpenItem {
  @Count(0, 3650)
  days!: number;
}
class OrderValue {
  @Decimal('not-negative')
  max!: string;
}
class Rules {
  @Nested(() => OverdueItems, { optional: true })
  'overdue-items'?: OverdueItems;
  @Nested(() => OldestOpenItem, { optional: true })
  'oldest-open-item'?: OldestOpenItem;
  @Nested(() => OrderValue, { optional: true })
  'order-value'?: OrderValue;
}
class Approval {
  @Decimal('not-negative', { optional: true })
  tolerancePercent?: string;
  @Count(0, 3650, { optional: true })
  validDays?: number;
}
class PolicyDocument {
  @Identifier()
  version!: string;
  @Nested(() => Rules, { optional: true })
  rules?: Rules;
  @Nested(() => Approval, { optional: true })
  approval?: Approval;
}

const known: readonly { path: readonly string[]; names: readonly string[] }[] = [
  { path: [], names: ['version', 'rules', 'approval'] },
  { path: ['rules'], names: ['overdue-items', 'oldest-open-item', 'order-value'] },
  { path: ['rules', 'overdue-items'], names: ['days', 'amountMin', 'percentMin'] },
  { path: ['rules', 'oldest-open-item'], names: ['days'] },
  { path: ['rules', 'order-value'], names: ['max'] },
  { path: ['approval'], names: ['tolerancePercent', 'validDays'] },
];

/** Reads a policy document. Throws with file, line and what is wrong; a misspelt rule or parameter is an error, since it would silently not run. */
export function readPolicy(text: string, file: string): Policy {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const lineOf = (node: unknown): string => {
    const offset = (node as { range?: [number] } | null | undefined)?.range?.[0];
    return offset === undefined ? file : `${file}:${lineCounter.linePos(offset).line}`;
  };
  const [broken] = document.errors;
  if (broken) throw new Error(`${file}:${broken.linePos?.[0].line ?? 1}: ${broken.message.split('\n')[0]}`);
  const problems = misspeltOrEmpty(document, lineOf);
  const parsed = parseAs(PolicyDocument, document.toJS());
  if (!parsed.ok) {
    for (const { field, problem } of parsed.violations)
      problems.push(`${lineOf(nearest(document, field.split('.')))}: ${field} ${problem}`);
  }
  if (!parsed.ok || problems.length > 0) throw new Error(problems.join('\n'));
  return laidOver(barePolicy, parsed.message, '');
}

function misspeltOrEmpty(document: Document, lineOf: (node: unknown) => string): string[] {
  return known.flatMap(({ path, names }) => {
    const section = path.length > 0 ? document.getIn(path, true) : document.contents;
    if (!isMap(section)) return [];
    const where = path.join('.') || 'the policy';
    return section.items.flatMap(({ key, value }) => {
      const name = String(key);
      if (!names.includes(name)) return [`${lineOf(key)}: ${where} has no "${name}"; it knows ${names.join(', ')}`];
      const isEmpty = value === null || (isScalar(value) && value.value === null);
      return isEmpty ? [`${lineOf(key)}: ${[...path, name].join('.')} has no value`] : [];
    });
  });
}

/** What stands at the path; if nothing does, the section in which it is missing. */
function nearest(document: Document, path: readonly string[]): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if ((node as { range?: unknown } | null | undefined)?.range) return node;
  }
  return document.contents;
}
