import { type ValidationError, validateSync } from 'class-validator';
import { fieldsOf, type Json, type Shape } from '../fields/field-registry.ts';

/** One thing that does not fit: `{ field: 'total.amount', value: '"1.234"', problem: 'must have at most 2 fraction digits for EUR' }`. */
export interface Violation {
  readonly field: string;
  /** The offending value, shortened for people to recognise it. */
  readonly value: string;
  /** What would be right, as the end of a sentence that starts with the field. */
  readonly problem: string;
}

/** More are counted, not listed: a dead letter's headers must stay small. */
const violationsMax = 100;
const shownLengthMax = 60;
/** When one of these fails, what else class-validator says about the value is noise. */
const decisive = ['isDefined', 'isAbsent', 'isString', 'isInt', 'isBoolean', 'isArray', 'isObject', 'nestedValidation'];

/** Every violation that class-validator finds in `value` as a `shape`; empty when it fits. */
export function violationsOf(shape: Shape, value: unknown): Violation[] {
  if (!isObject(value)) return [{ field: '', value: shown(value), problem: 'must be a JSON object' }];
  const errors = validateSync(instanceOf(shape, value), { forbidUnknownValues: false });
  const violations = errors.flatMap((error) => flatten(error, ''));
  if (violations.length <= violationsMax) return violations;
  const more = violations.length - violationsMax;
  return [...violations.slice(0, violationsMax), { field: '', value: '', problem: `has ${more} more violations` }];
}

/** A value for people: strings quoted and shortened, objects and lists only named, since they may be huge or endlessly deep. */
export function shown(value: unknown): string {
  if (value === undefined) return '(absent)';
  if (Array.isArray(value)) return `(a list of ${value.length})`;
  if (typeof value === 'object' && value !== null) return '(an object)';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, shownLengthMax)) : String(value);
  return typeof value === 'string' && value.length > shownLengthMax ? `${text}… (${value.length} characters)` : text;
}

function flatten(error: ValidationError, path: string): Violation[] {
  const field = /^\d+$/.test(error.property)
    ? `${path}[${error.property}]`
    : path === ''
      ? error.property
      : `${path}.${error.property}`;
  const constraints = error.constraints ?? {};
  const first = decisive.find((name) => name in constraints);
  const problems = first === undefined ? Object.values(constraints) : [constraints[first]!];
  const own = problems.map((problem) => ({ field, value: shown(error.value), problem }));
  return first === undefined ? [...own, ...(error.children ?? []).flatMap((child) => flatten(child, field))] : own;
}

/** class-validator judges instances: the declared fields, and those of nested shapes, become instances of their classes. */
function instanceOf(shape: Shape, value: Json): object {
  const instance = new shape() as Record<string, unknown>;
  for (const { name, kind } of fieldsOf(shape)) {
    const entry = value[name];
    instance[name] = 'shape' in kind ? nestedInstance(kind.shape(), entry) : entry;
  }
  return instance;
}

function nestedInstance(shape: Shape, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => (isObject(entry) ? instanceOf(shape, entry) : entry));
  return isObject(value) ? instanceOf(shape, value) : value;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
