import { readFileSync } from 'node:fs';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { Count, Decimal, Identifier, Nested, parseAs } from '@ordergate/contracts';
import { barePolicy, type Policy } from './domain/policy/policy.ts';

/** Injection token of the policy that is in force. */
export const POLICY = Symbol('POLICY');

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

const known: Record<string, readonly string[]> = {
  '': ['version', 'rules', 'approval'],
  rules: ['overdue-items', 'oldest-open-item', 'order-value'],
  approval: ['tolerancePercent', 'validDays'],
};

/** The policy of ORDERGATE_POLICY_FILE, or the bare policy. Throws with file, line and what is wrong. */
export function policyFromEnvironment(env: NodeJS.ProcessEnv = process.env): Policy {
  const file = env['ORDERGATE_POLICY_FILE'];
  return file ? readPolicy(readFileSync(file, 'utf8'), file) : barePolicy;
}

/** Reads a policy document; a misspelt rule is an error, since it would silently not run. */
export function readPolicy(text: string, file: string): Policy {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const at = (path: string[]): string => {
    const node = path.length > 0 ? document.getIn(path, true) : document.contents;
    const offset = (node as { range?: [number] } | undefined)?.range?.[0];
    return offset === undefined ? file : `${file}:${lineCounter.linePos(offset).line}`;
  };
  const [broken] = document.errors;
  if (broken) throw new Error(`${file}:${broken.linePos?.[0].line ?? 1}: ${broken.message.split('\n')[0]}`);
  for (const [section, names] of Object.entries(known)) {
    const node = section === '' ? document.contents : document.get(section, true);
    if (!isMap(node)) continue;
    for (const { key } of node.items) {
      const name = String(key);
      if (!names.includes(name))
        throw new Error(
          `${at([...(section ? [section] : []), name])}: ${section || 'the policy'} has no "${name}"; it knows ${names.join(', ')}`,
        );
    }
  }
  const parsed = parseAs(PolicyDocument, document.toJS());
  if (!parsed.ok) {
    throw new Error(
      parsed.violations.map(({ field, problem }) => `${at(field.split('.'))}: ${field} ${problem}`).join('\n'),
    );
  }
  const { version, rules = {}, approval = {} } = parsed.message;
  return { version, rules, approval: { ...barePolicy.approval, ...approval } } as Policy;
}
