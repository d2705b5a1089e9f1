import { Ajv, type ErrorObject } from 'ajv';
import { nearestName } from './nearest-name.ts';
import { policySchema } from './policy-schema.ts';
import type { SchemaPart } from './schema-parts.ts';

/** What is wrong, and where: the names and list places from the document's root. */
export interface Problem {
  path: readonly string[];
  problem: string;
  /** The name itself is wrong, not what stands under it. */
  isName?: true;
}

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  multipleOfPrecision: 6,
  allowUnionTypes: true,
  strictTypes: false,
});
ajv.addKeyword('errorMessage');
const isValid = ajv.compile(policySchema);

/** Everything in the document that does not fit the policy's schema. */
export function checkAgainstSchema(document: unknown): Problem[] {
  if (isValid(document)) return [];
  const problems = new Map<string, Problem>();
  for (const error of isValid.errors ?? []) {
    const problem = problemOf(error);
    const key = problem && `${problem.path.join('\n')}\n${problem.isName ? problem.problem : ''}`;
    if (problem && !problems.has(key!)) problems.set(key!, problem);
  }
  return [...problems.values()];
}

function problemOf({ keyword, instancePath, params, parentSchema, schemaPath }: ErrorObject): Problem | null {
  const part = parentSchema as SchemaPart;
  const path = instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  // `if` only says that `then` or `else` failed, which say it themselves.
  if (keyword === 'if') return null;
  if (keyword === 'additionalProperties') {
    const { additionalProperty: name } = params as { additionalProperty: string };
    return { path: [...path, name], problem: unknownName(path, name, part), isName: true };
  }
  if (keyword === 'required') {
    const { missingProperty: name } = params as { missingProperty: string };
    return { path: [...path, name], problem: missing(part.properties?.[name]) };
  }
  return { path, problem: part.errorMessage ?? `${schemaPath} is not met` };
}

/** A parameter is missing: what it would be. */
export function missing(part: SchemaPart | undefined): string {
  return `is missing; it ${part?.errorMessage ?? 'is required'}`;
}

function unknownName(path: readonly string[], name: string, part: SchemaPart): string {
  const names = Object.keys(part.properties ?? {});
  const where = path.length === 0 ? 'the policy' : pathText(path);
  if (name.startsWith('custom:')) return 'must be custom: and a name of small letters, digits and -, at most 56';
  const meant = nearestName(name, names);
  if (meant) return `is no name that ${where} has; did you mean ${meant}?`;
  return names.length > 0
    ? `is no name that ${where} has; it has ${names.join(', ')}`
    : `has no place in ${where}, which has no parameters`;
}

/** ["scopes", "0", "when"] → scopes[0].when */
export function pathText(path: readonly string[]): string {
  return path.reduce((text, name) => (/^\d+$/.test(name) ? `${text}[${name}]` : text ? `${text}.${name}` : name), '');
}
