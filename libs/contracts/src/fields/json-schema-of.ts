import { meaningOf } from './field-meanings.ts';
import { type Field, fieldsOf, type Shape } from './field-registry.ts';
import type { JsonSchema } from './json-schema.ts';

/**
 * The contract of a class as JSON Schema 2020-12, nested shapes in place. Laws between fields (sums) and the number of
 * fraction digits per currency are beyond it.
 */
export function jsonSchemaOf(shape: Shape): JsonSchema {
  const fields = fieldsOf(shape);
  const conditions = fields.flatMap(conditionOf);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(shape, field)])),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    ...(conditions.length > 0 && { allOf: conditions }),
  };
}

function fieldSchema(shape: Shape, field: Field): JsonSchema {
  const description = field.meaning ?? meaningOf(field.name, shape.name);
  const { kind } = field;
  if (!('shape' in kind)) return { ...kind.schema, description };
  const nested = jsonSchemaOf(kind.shape());
  if (kind.list === undefined) return { ...nested, description };
  const { itemsMin, itemsMax } = kind.list;
  return { type: 'array', items: nested, ...(itemsMin > 0 && { minItems: itemsMin }), maxItems: itemsMax, description };
}

function conditionOf({ name, onlyWhen }: Field): JsonSchema[] {
  if (onlyWhen === undefined) return [];
  return [
    {
      if: { properties: { [onlyWhen.field]: { type: 'string', const: onlyWhen.is } }, required: [onlyWhen.field] },
      then: { required: [name] },
      else: { not: { required: [name] } },
    },
  ];
}
