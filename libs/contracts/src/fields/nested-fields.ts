import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { constraint, declareField, type FieldOptions } from './declare-field.ts';
import type { Shape } from './field-registry.ts';
import { isStorable } from './text.ts';

/** An object of another decorated class; a function, since the class may be declared further down. */
export const Nested = (shape: () => Shape, options: FieldOptions = {}): PropertyDecorator =>
  declareField({ shape }, options, [
    IsObject({ message: 'must be an object' }),
    ValidateNested({ message: 'must be an object' }),
  ]);

/** A list of objects of another decorated class. */
export function ListOf(
  shape: () => Shape,
  { itemsMin = 0, itemsMax = 1000, ...options }: FieldOptions & { itemsMin?: number; itemsMax?: number } = {},
): PropertyDecorator {
  return declareField({ shape, list: { itemsMin, itemsMax } }, options, [
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(itemsMin, { message: `must have at least ${itemsMin} entries` }),
    ArrayMaxSize(itemsMax, { message: `must have at most ${itemsMax} entries` }),
    // class-validator lets null pass as an entry of a nested list
    IsObject({ each: true, message: 'must be a list of objects' }),
    ValidateNested({ each: true, message: 'must be a list of objects' }),
  ]);
}

/** Any JSON object, kept as it is: for documents that have a schema of their own (policies). */
export const Document = (options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    { schema: { type: 'object' }, accepts: (value) => isObject(value) && documentProblem(value) === null },
    options,
    [
      IsObject({ message: 'must be an object' }),
      constraint('document', (value) => (isObject(value) ? documentProblem(value) : '')),
    ],
  );

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const depthMax = 50;

function documentProblem(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : 'must not contain NUL or half a surrogate pair';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === depthMax) return `must be nested at most ${depthMax} deep`;
  for (const [key, entry] of Object.entries(value)) {
    const problem = documentProblem(key) ?? documentProblem(entry, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}
