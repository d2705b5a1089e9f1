import type { ApiBodyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** A contract's JSON Schema as part of an OpenAPI document: its inner references resolved, since `#` is another root there. */
export function schemaForOpenApi(schema: object): Schema {
  const { $schema: _dialect, $id: _id, $defs: definitions = {}, ...rest } = schema as Record<string, unknown>;
  return inlined(rest, definitions as Record<string, unknown>) as Schema;
}

function inlined(node: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => inlined(item, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref: reference, ...rest } = node as Record<string, unknown>;
  const name = typeof reference === 'string' ? /^#\/\$defs\/(.+)$/.exec(reference)?.[1] : undefined;
  const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inlined(value, definitions)]));
  return name === undefined
    ? { ...own, ...(reference !== undefined && { $ref: reference }) }
    : { ...(inlined(definitions[name], definitions) as object), ...own };
}
