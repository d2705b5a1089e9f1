import { compileExpression, expressionFacts } from '../domain/policy/expression-facts.ts';
import { laidOver } from '../domain/policy/select-parameters.ts';
import { missing, type Problem } from './check-document.ts';
import { ruleSchemas } from './policy-schema.ts';
import { nearestName } from './nearest-name.ts';
import type { SchemaPart } from './schema-parts.ts';

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const mapping = (value: unknown): Mapping => (isMapping(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What no schema can say. Takes documents that do not fit the schema, too, so that everything wrong is told at once. */
export function checkMeaning(document: unknown): Problem[] {
  const policy = mapping(document);
  const problems: Problem[] = [];
  const places: [Mapping, string[]][] = [
    [policy, []],
    ...list(policy['scopes']).map((scope, at): [Mapping, string[]] => [mapping(scope), ['scopes', String(at)]]),
  ];
  for (const [place, path] of places) {
    problems.push(...levelProblems(place, path), ...expressionProblems(place, path));
    const general = mapping(policy['rules']);
    const rules = path.length === 0 ? general : laidOver(general, mapping(place['rules']), '');
    for (const name of Object.keys(mapping(place['rules'])))
      problems.push(...ruleProblems(name, rules[name], [...path, 'rules', name]));
  }
  return problems;
}

function ruleProblems(name: string, rule: unknown, path: string[]): Problem[] {
  if (!isMapping(rule)) return [];
  const isScoped = path[0] === 'scopes';
  const { required = [], properties = {} } = (ruleSchemas[name]?.else ?? {}) as SchemaPart;
  // In the general part the schema says so; in a scope what the general part names counts as well.
  const absent = isScoped ? required.filter((parameter) => rule[parameter] === undefined) : [];
  const problems = absent.map((parameter) => ({
    path: [...path, parameter],
    problem: `${missing(properties[parameter])}; the general part does not name it either`,
  }));
  if (name.startsWith('custom:') && isScoped && rule['expression'] === undefined)
    problems.push({ path: [...path, 'expression'], problem: 'is missing; the general part does not name it either' });
  if (name === 'payment-behaviour' && rule['daysLateMax'] === undefined && rule['scoreMin'] === undefined)
    problems.push({ path, problem: 'must name daysLateMax, scoreMin or both' });
  return problems;
}

/** Levels go up, and so do their days: a run raises an account by one level at most. */
function levelProblems(place: Mapping, path: string[]): Problem[] {
  const levels = list(mapping(place['dunning'])['levels']).map(mapping);
  return levels.flatMap((level, at) => {
    const before = levels[at - 1];
    if (!before) return [];
    return (['level', 'days'] as const).flatMap((name) => {
      const [now, earlier] = [level[name], before[name]];
      if (typeof now !== 'number' || typeof earlier !== 'number' || now > earlier) return [];
      const where = [...path, 'dunning', 'levels', String(at), name];
      return [{ path: where, problem: `must be more than the ${earlier} of the level before it` }];
    });
  });
}

function expressionProblems(place: Mapping, path: string[]): Problem[] {
  return Object.entries(mapping(place['rules'])).flatMap(([name, rule]) => {
    const text = mapping(rule)['expression'];
    if (!name.startsWith('custom:') || typeof text !== 'string') return [];
    const compiled = compileExpression(text);
    if (compiled.outcome === 'compiled') return [];
    const where = [...path, 'rules', name, 'expression'];
    return [{ path: where, problem: inWords(compiled) }];
  });
}

function inWords({ problem, where }: { problem: string; where: string }): string {
  const names = Object.entries(expressionFacts).flatMap(([variable, facts]) => [variable, ...Object.keys(facts)]);
  const meant = /^\w+$/.test(where) && !names.includes(where) ? nearestName(where, names) : undefined;
  return `${problem}${where ? `, in ${where}` : ''}${meant ? `; did you mean ${meant}?` : ''}`;
}
