import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { isDay } from '@ordergate/money';
import type { Request } from 'express';
import { ProblemException } from '../problems/problem.ts';
import { IDENTIFIER } from './id-param.ts';

/** What a query parameter may be: an identifier, a day `YYYY-MM-DD`, a whole number, a short text, or one of these words. */
export type QueryKind = 'identifier' | 'day' | 'count' | 'text' | readonly string[];

const textCharactersMax = 200;

interface Options {
  name: string;
  kind: QueryKind;
}

/** The one text of a query parameter; undefined if it is absent. Throws 400 if it is given twice. */
export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw queryProblem(name, undefined, 'must be given once');
}

export const queryProblem = (name: string, value: unknown, problem: string): ProblemException =>
  new ProblemException(400, 'validation-failed', `The query parameter ${name} ${problem}`, [
    { field: name, value, problem },
  ]);

function readOne(request: Request, { name, kind }: Options): string | undefined {
  const value = queryText(request, name);
  if (value === undefined) return undefined;
  const problem = problemWith(value, kind);
  if (problem) throw queryProblem(name, value, problem);
  return value;
}

const fromQuery = createParamDecorator((options: Options, context: ExecutionContext): string | undefined =>
  readOne(context.switchToHttp().getRequest<Request>(), options),
);

const allFromQuery = createParamDecorator((kinds: Record<string, QueryKind>, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, readOne(request, { name, kind })]));
});

function problemWith(value: string, kind: QueryKind): string | undefined {
  if (kind === 'identifier') return IDENTIFIER.test(value) ? undefined : 'must be an identifier';
  if (kind === 'day') return isDay(value) ? undefined : 'must be a day, YYYY-MM-DD';
  if (kind === 'count') return /^\d{1,5}$/.test(value) ? undefined : 'must be a whole number of at most five digits';
  if (kind === 'text') return isText(value) ? undefined : `must be 1 to ${textCharactersMax} printable characters`;
  return kind.includes(value) ? undefined : `must be one of ${kind.join(', ')}`;
}

const isText = (value: string): boolean =>
  value.length > 0 && value.length <= textCharactersMax && !/[\u0000-\u001f\u007f\ud800-\udfff]/.test(value);

/** An optional query parameter, checked: `@QueryParam('status', ['open', 'closed']) status?: string`. */
export function QueryParam(name: string, kind: QueryKind): ParameterDecorator {
  return (target, key, index) => {
    fromQuery({ name, kind })(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiQuery({ name, required: false, schema: schemaOf(kind) })(target, key!, method);
  };
}

/** Several at once, for lists with many filters: `@QueryParams({ status: ['open', 'closed'], day: 'day' }) query`. */
export function QueryParams(kinds: Record<string, QueryKind>): ParameterDecorator {
  return (target, key, index) => {
    allFromQuery(kinds)(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    for (const [name, kind] of Object.entries(kinds))
      ApiQuery({ name, required: false, schema: schemaOf(kind) })(target, key!, method);
  };
}

function schemaOf(kind: QueryKind) {
  if (kind === 'identifier') return { type: 'string' as const, pattern: IDENTIFIER.source };
  if (kind === 'day') return { type: 'string' as const, format: 'date' };
  if (kind === 'count') return { type: 'integer' as const, minimum: 0, maximum: 99_999 };
  if (kind === 'text') return { type: 'string' as const, maxLength: textCharactersMax };
  return { type: 'string' as const, enum: [...kind] };
}
