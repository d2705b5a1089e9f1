import type { JsonSchema } from './json-schema.ts';

/** A class whose properties carry our field decorators. */
export type Shape<T extends object = object> = new () => T;
export type Json = Readonly<Record<string, unknown>>;

/** What one decorated property may hold: the declaration that checks, schemas and documents are made from. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  /** Required when the owner's other field has this value, refused otherwise. */
  readonly onlyWhen?: { readonly field: string; readonly is: string } | undefined;
  readonly meaning?: string | undefined;
  readonly kind: ScalarKind | NestedKind;
}

export interface ScalarKind {
  readonly schema: JsonSchema;
  readonly accepts: (value: unknown, owner: Json) => boolean;
}

export interface NestedKind {
  readonly shape: () => Shape;
  /** Absent for a single object. */
  readonly list?: { readonly itemsMin: number; readonly itemsMax: number };
}

/** A law between fields of one message, reported at `field` when that is present and the law is broken. */
export interface CrossFieldLaw {
  readonly field: string;
  readonly problem: string;
  readonly holds: (message: never) => boolean;
}

const fieldsByShape = new Map<unknown, Field[]>();
const lawsByShape = new Map<unknown, CrossFieldLaw[]>();

export const registerField = (shape: unknown, field: Field): void => append(fieldsByShape, shape, field);
export const registerLaw = (shape: unknown, law: CrossFieldLaw): void => append(lawsByShape, shape, law);

/** The declared fields in the order of the class, inherited ones first. */
export const fieldsOf = (shape: Shape): readonly Field[] => withInherited(fieldsByShape, shape);
export const lawsOf = (shape: Shape): readonly CrossFieldLaw[] => withInherited(lawsByShape, shape);

function append<T>(byShape: Map<unknown, T[]>, shape: unknown, entry: T): void {
  byShape.set(shape, [...(byShape.get(shape) ?? []), entry]);
}

function withInherited<T>(byShape: Map<unknown, T[]>, shape: unknown): T[] {
  if (typeof shape !== 'function') return [];
  return [...withInherited(byShape, Object.getPrototypeOf(shape)), ...(byShape.get(shape) ?? [])];
}
