import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import { environmentWithAmounts } from './environment.ts';

/** Something that expressions may read. */
export interface Fact<Facts> {
  type: 'Amount' | 'string' | 'int' | 'double' | 'bool' | 'list<string>';
  meaning: string;
  /** undefined: it is not there, and `has()` says so. */
  of(facts: Facts): unknown;
}
/** Variable → name → fact: `order.total`. */
export type FactTable<Facts> = Readonly<Record<string, Readonly<Record<string, Fact<Facts>>>>>;

/** A checked expression. */
export interface Expression<Facts> {
  /** What it reads, as it is written: `order.total`. */
  reads: ReadonlySet<string>;
  /** Never throws: what cannot be answered says why. */
  isTrue(facts: Facts): boolean | { failed: string };
}
export type Compiled<Facts> =
  | { outcome: 'compiled'; expression: Expression<Facts> }
  /** `where`: the part of the text that is wrong, as far as it is known. */
  | { outcome: 'refused'; problem: string; where: string };

/** What an expression may call; the cost of none grows with more than the length of a text. */
export const expressionFunctions: Readonly<Record<string, string>> = {
  amount:
    '`amount("2500.00")`: an amount of the account’s currency; compared, added and subtracted with amounts, multiplied with whole numbers',
  percentOf: '`percentOf(part, whole)`: how many percent of an amount another is, a double',
  daysBetween: '`daysBetween(from, to)`: whole days between two days, negative when `to` comes first',
  has: '`has(account.score)`: whether a fact that may be absent is there',
  size: 'the length of a text or a list',
  startsWith: '`order.segment.startsWith("x")`',
  endsWith: '`order.segment.endsWith("x")`',
  contains: '`order.segment.contains("x")`',
};

type Read = readonly [variable: string, name: string];

/** Expressions over these facts. Their cost is bounded: few nodes, no loops, no regular expressions. */
export function languageOver<Facts>(table: FactTable<Facts>): (text: string) => Compiled<Facts> {
  const environment = environmentWithAmounts();
  const classes: Classes = {};
  for (const [name, facts] of Object.entries(table)) {
    const ctor = (classes[name] = class {});
    const fields = Object.fromEntries(Object.entries(facts).map(([fact, { type }]) => [fact, type]));
    // Instances of a declared class are read as they are; plain mappings would be copied at each read.
    environment.registerType(`${name} facts`, { ctor, fields }).registerVariable(name, `${name} facts`);
  }
  return (text) => compile(text, environment, { table, classes });
}

/** One for each variable. */
type Classes = Record<string, new () => object>;
interface Declared<Facts> {
  table: FactTable<Facts>;
  classes: Classes;
}

function compile<Facts>(text: string, environment: Environment, declared: Declared<Facts>): Compiled<Facts> {
  const checked = environment.check(text);
  if (!checked.valid) {
    const { start = 0, end = 0 } = checked.error?.range ?? {};
    const problem = checked.error?.summary ?? 'cannot be read';
    return { outcome: 'refused', problem, where: text.slice(start, end) };
  }
  if (checked.type !== 'bool')
    return { outcome: 'refused', problem: `must be true or false, but is of type ${checked.type}`, where: '' };
  const parsed = environment.parse(text);
  const reads: Read[] = [];
  const problem = problemIn(parsed.ast, reads);
  return problem ?? { outcome: 'compiled', expression: callable(parsed, reads, declared) };
}

type Refused = Extract<Compiled<never>, { outcome: 'refused' }>;

/** What could cost more than its length, or cannot be checked beforehand; notes what is read. */
function problemIn(node: ASTNode, reads: Read[]): Refused | null {
  const among = (nodes: readonly ASTNode[]): Refused | null =>
    nodes.reduce<Refused | null>((problem, one) => problem ?? problemIn(one, reads), null);
  switch (node.op) {
    case 'value':
    case 'id':
      return null;
    case '.': {
      const [of, name] = node.args;
      if (of.op === 'id') reads.push([of.args, name]);
      return problemIn(of, reads);
    }
    case 'call':
      return callProblem(node, node.args[0], node.args[1]) ?? among(node.args[1]);
    case 'rcall':
      return callProblem(node, node.args[0], node.args[2]) ?? problemIn(node.args[1], reads) ?? among(node.args[2]);
    case '!_':
    case '-_':
      return problemIn(node.args, reads);
    case '[]':
    case '[?]':
    case '.?':
    case 'map':
      return refused('facts are read with a dot, like order.total', node);
    default:
      return among(node.args);
  }
}

function refused(problem: string, { input, start, end }: ASTNode): Refused {
  return { outcome: 'refused', problem, where: input.slice(start, end) };
}

function callProblem(node: ASTNode, name: string, given: readonly ASTNode[]): Refused | null {
  if (!Object.hasOwn(expressionFunctions, name))
    return refused(`${name} is not among the functions: ${Object.keys(expressionFunctions).join(', ')}`, node);
  if (name !== 'amount') return null;
  const [text] = given;
  const isAmount = text?.op === 'value' && typeof text.args === 'string' && /^\d{1,15}(\.\d{1,4})?$/.test(text.args);
  return isAmount ? null : refused('amount is called with an amount in quotes, like amount("2500.00")', node);
}

function callable<Facts>(parsed: ParseResult, reads: readonly Read[], declared: Declared<Facts>): Expression<Facts> {
  return {
    reads: new Set(reads.map(([variable, name]) => `${variable}.${name}`)),
    isTrue: (facts) => {
      try {
        return parsed(contextOf(facts, reads, declared)) === true;
      } catch (error) {
        return { failed: (error as { summary?: string }).summary ?? (error as Error).message };
      }
    },
  };
}

/** Only what the expression reads; what is not there is left out. */
function contextOf<Facts>(facts: Facts, reads: readonly Read[], { table, classes }: Declared<Facts>): object {
  const context: Record<string, Record<string, unknown>> = {};
  for (const [variable, name] of reads) {
    const read = (context[variable] ??= new classes[variable]!() as Record<string, unknown>);
    const value = table[variable]![name]!.of(facts);
    if (value !== undefined) read[name] = value;
  }
  return context;
}
