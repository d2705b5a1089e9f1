import type { JsonSchema } from '../fields/json-schema.ts';

/**
 * What of `current` differs from the `released` schema of the same message beyond new optional fields, one sentence each.
 * Words that only explain (descriptions, examples) may change.
 */
export function breakingChanges(released: JsonSchema, current: JsonSchema, path = ''): string[] {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const [before, now] = [released.properties ?? {}, current.properties ?? {}];
  const changes: string[] = [];
  for (const [name, schema] of Object.entries(before)) {
    const successor = now[name];
    if (successor === undefined) changes.push(`${at(name)} is gone`);
    else changes.push(...breakingChanges(schema, successor, at(name)));
    if (successor !== undefined && requires(released, name) !== requires(current, name)) {
      changes.push(`${at(name)} ${requires(current, name) ? 'became required' : 'is not required any more'}`);
    }
  }
  for (const name of Object.keys(now)) {
    if (!(name in before) && requires(current, name)) changes.push(`${at(name)} is new and required`);
  }
  if (released.items !== undefined && current.items !== undefined) {
    changes.push(...breakingChanges(released.items, current.items, `${path}[]`));
  }
  return constraintsOf(released) === constraintsOf(current)
    ? changes
    : [...changes, `${path || 'the message'} takes other values`];
}

const requires = ({ required = [] }: JsonSchema, name: string): boolean => required.includes(name);

/** What the schema itself demands of a value, without its fields and its explanations, as comparable text. */
function constraintsOf(schema: JsonSchema): string {
  const { properties, required, items, description, ...constraints } = schema;
  const entries = Object.entries({ ...constraints, list: items !== undefined, object: properties !== undefined });
  return JSON.stringify(entries.filter(([key]) => !['$schema', '$id', 'title', 'examples'].includes(key)).sort());
}
