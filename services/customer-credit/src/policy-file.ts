import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import { barePolicy, type Policy } from './domain/policy/policy.ts';
import { laidOver } from './domain/policy/select-parameters.ts';
import { checkAgainstSchema, pathText, type Problem } from './policy-document/check-document.ts';
import { checkMeaning } from './policy-document/check-meaning.ts';
import { rulesAlwaysOn } from './policy-document/policy-schema.ts';

/**
 * Reads a policy document. Throws with everything that is wrong, each with file, line, column and what would be right; a
 * misspelt rule or parameter is an error, since it would silently not run.
 */
export function readPolicy(text: string, file: string): Policy {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const broken = document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message.split('\n')[0]}`);
  if (broken.length > 0) throw new Error(broken.join('\n'));
  if (document.contents === null) throw new Error(`${at(0)}: the policy is empty; it needs at least a version`);

  const named: unknown = document.toJS();
  const wrong = [...checkAgainstSchema(named), ...checkMeaning(named)];
  if (wrong.length > 0) throw new Error(inOrder(wrong, document, at).join('\n'));
  return laidOver(barePolicy, asText(named) as object, '');
}

/** From the top of the file downwards. */
function inOrder(problems: readonly Problem[], document: Document, at: (offset: number) => string): string[] {
  return problems
    .map(({ path, problem }) => ({
      offset: offsetOf(document, path),
      text: `${pathText(path) || 'the policy'} ${problem}`,
    }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => `${at(offset)}: ${text}`);
}

/** Where the name at the path stands; of what is missing, the mapping in which it is missing. */
function offsetOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1]!;
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && String(item.key) === name) : undefined;
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

const decimals = [
  'securedPercent',
  'percentMin',
  'maxPercent',
  'daysLateMax',
  'factor',
  'tolerancePercent',
  'percentMax',
];

/** As the domain takes it: decimals as text, and nothing of the rules that are always on. */
function asText(value: unknown, name = ''): unknown {
  if (typeof value === 'number' && decimals.includes(name)) return String(value);
  if (Array.isArray(value)) return value.map((item) => asText(item));
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).filter(([part]) => !(name === 'rules' && rulesAlwaysOn.includes(part)));
  return Object.fromEntries(parts.map(([part, its]) => [part, asText(its, part)]));
}
