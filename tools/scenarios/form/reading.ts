import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** Something that is not a story: where, and what would be right. */
export interface Problem {
  line: number;
  text: string;
}

const textMax = 200;

/** A document being read: where its nodes stand, and what is wrong with them. */
export class Reading {
  readonly problems: Problem[] = [];
  private readonly document: Document;
  private readonly lines: LineCounter;
  private readonly content: string;

  constructor(document: Document, lines: LineCounter, content: string) {
    this.document = document;
    this.lines = lines;
    this.content = content;
  }

  lineOf(node: unknown): number {
    const offset = (node as Node | null | undefined)?.range?.[0] ?? 0;
    return this.lines.linePos(offset).line;
  }

  /** As its author wrote it, on one line. */
  textOf(node: unknown): string {
    const [start, end] = (node as Node | null | undefined)?.range ?? [0, 0];
    const text = this.content.slice(start, end).replace(/\s+/g, ' ').trim();
    return text.length > textMax ? `${text.slice(0, textMax)} …` : text;
  }

  note(node: unknown, text: string): undefined {
    this.problems.push({ line: this.lineOf(node), text });
    return undefined;
  }

  /** What an anchor stands for, else the node itself. */
  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }
}

/** Turns a node into a value, or notes what is wrong with it. `name` begins the sentence: "place.total …". */
export type Read<T> = (node: unknown, name: string, reading: Reading) => T | undefined;

export interface Field<T, IsRequired extends boolean = boolean> {
  read: Read<T>;
  isRequired: IsRequired;
}
export type Fields = Record<string, Field<unknown>>;

export const required = <T>(read: Read<T>): Field<T, true> => ({ read, isRequired: true });
export const optional = <T>(read: Read<T>): Field<T, false> => ({ read, isRequired: false });

type RequiredName<F extends Fields> = { [K in keyof F]: F[K]['isRequired'] extends true ? K : never }[keyof F];
type TypeOf<T> = T extends Field<infer V> ? V : never;
export type ValueOf<F extends Fields> = { [K in RequiredName<F>]: TypeOf<F[K]> } & {
  [K in Exclude<keyof F, RequiredName<F>>]?: TypeOf<F[K]>;
};

/** A mapping with these fields and no others. */
export const mapping =
  <F extends Fields>(fields: F): Read<ValueOf<F>> =>
  (given, name, reading) => {
    const node = reading.resolve(given);
    const names = Object.keys(fields).join(', ');
    if (!isMap(node)) return reading.note(given, `${name} ${shown(node)} must be a mapping like { ${names} }`);
    const value: Record<string, unknown> = {};
    const before = reading.problems.length;
    for (const { key, value: child } of node.items) {
      const field = Object.hasOwn(fields, String(key)) ? fields[String(key)] : undefined;
      if (!field) reading.note(key, `${name} has no "${String(key)}"; it takes ${names}`);
      else value[String(key)] = field.read(child, `${name}.${String(key)}`, reading);
    }
    for (const [key, field] of Object.entries(fields))
      if (field.isRequired && !node.has(key)) reading.note(node, `${name}.${key} is missing`);
    return reading.problems.length === before ? (value as ValueOf<F>) : undefined;
  };

export const listOf =
  <T>(read: Read<T>): Read<T[]> =>
  (given, name, reading) => {
    const node = reading.resolve(given);
    if (!isSeq(node)) return reading.note(given, `${name} ${shown(node)} must be a list like [ …, … ]`);
    const items = node.items.map((item, at) => read(item, `${name}[${at + 1}]`, reading));
    return items.includes(undefined) ? undefined : (items as T[]);
  };

/** The value in the author's own words, for the message. */
export function shown(node: unknown): string {
  if (node === null || node === undefined) return '(nothing)';
  if (isScalar(node)) return JSON.stringify(node.source ?? node.value) ?? '(nothing)';
  return isMap(node) ? '{…}' : isSeq(node) ? '[…]' : String(node);
}
