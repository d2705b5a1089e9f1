import { type Field, fieldsOf, type Json, lawsOf, type Shape } from '../fields/field-registry.ts';

/**
 * Reading is the hot path: class-validator takes some 50 µs for an order, these closures under 2. They accept exactly what
 * class-validator accepts (a property test holds them together) and it is asked only to name what is wrong.
 */
type Reader = (value: unknown) => object | undefined;
type Step = (source: Json, target: Record<string, unknown>) => boolean;

const readers = new Map<Shape, { fields: Reader; whole: Reader }>();

/** The declared fields of `value` as a new object, or undefined when they do not fit the shape. Unknown fields are left behind. */
export const readAs = <T extends object>(shape: Shape<T>, value: unknown): T | undefined =>
  readersOf(shape).whole(value) as T | undefined;

/** Whether every field fits by itself, laws between fields not asked. */
export const fieldsFit = (shape: Shape, value: unknown): boolean => readersOf(shape).fields(value) !== undefined;

function readersOf(shape: Shape): { fields: Reader; whole: Reader } {
  const known = readers.get(shape);
  if (known !== undefined) return known;
  const fields = fieldsReader(shape);
  const built = { fields, whole: withLaws(shape, fields) };
  readers.set(shape, built);
  return built;
}

function fieldsReader(shape: Shape): Reader {
  const steps = fieldsOf(shape).map(stepOf);
  return (value) => {
    if (!isObject(value)) return undefined;
    const target: Record<string, unknown> = {};
    for (let at = 0; at < steps.length; at++) if (!steps[at]!(value, target)) return undefined;
    return target;
  };
}

function withLaws(shape: Shape, fields: Reader): Reader {
  const laws = lawsOf(shape);
  if (laws.length === 0) return fields;
  return (value) => {
    const read = fields(value);
    if (read === undefined) return undefined;
    return laws.every(({ field, holds }) => !(field in read) || holds(read as never)) ? read : undefined;
  };
}

function stepOf(field: Field): Step {
  const { name, onlyWhen } = field;
  const take =
    'shape' in field.kind
      ? nestedStep(name, field.kind.shape(), field.kind.list)
      : scalarStep(name, field.kind.accepts);
  if (onlyWhen !== undefined) {
    return (source, target) =>
      source[onlyWhen.field] === onlyWhen.is
        ? isPresent(source[name]) && take(source, target)
        : !isPresent(source[name]);
  }
  if (field.optional) return (source, target) => !isPresent(source[name]) || take(source, target);
  return take;
}

function scalarStep(name: string, accepts: (value: unknown, owner: Json) => boolean): Step {
  return (source, target) => {
    const value = source[name];
    if (!accepts(value, source)) return false;
    target[name] = value;
    return true;
  };
}

function nestedStep(name: string, shape: Shape, list: { itemsMin: number; itemsMax: number } | undefined): Step {
  const readOne = readersOf(shape).whole;
  return (source, target) => {
    const value = source[name];
    const read = list === undefined ? readOne(value) : readList(value, readOne, list.itemsMin, list.itemsMax);
    if (read === undefined) return false;
    target[name] = read;
    return true;
  };
}

function readList(value: unknown, readOne: Reader, itemsMin: number, itemsMax: number): object[] | undefined {
  if (!Array.isArray(value) || value.length < itemsMin || value.length > itemsMax) return undefined;
  const items: object[] = [];
  for (const entry of value) {
    const item = readOne(entry);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
