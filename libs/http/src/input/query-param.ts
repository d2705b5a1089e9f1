import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { isDay } from '@ordergate/money';
import type { Request } from 'express';
import { ProblemException } from '../problems/problem.ts';
import { IDENTIFIER } from './id-param.ts';

/** What a query parameter may be: an identifier, a day `YYYY-MM-DD`, or one of these words. */
export type QueryKind = 'identifier' | 'day' | readonly string[];

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

const fromQuery = createParamDecorator(({ name, kind }: Options, context: ExecutionContext): string | undefined => {
  const value = queryText(context.switchToHttp().getRequest<Request>(), name);
  if (value === undefined) return undefined;
  const problem = problemWith(value, kind);
  if (problem) throw queryProblem(name, value, problem);
  return value;
});

function problemWith(value: string, kind: QueryKind): string | undefined {
  if (kind === 'identifier') return IDENTIFIER.test(value) ? undefined : 'must be an identifier';
  if (kind === 'day') return isDay(value) ? undefined : 'must be a day, YYYY-MM-DD';
  return kind.includes(value) ? undefined : `must be one of ${kind.join(', ')}`;
}

/** An optional query parameter, checked: `@QueryParam('status', ['open', 'closed']) status?: string`. */
export function QueryParam(name: string, kind: QueryKind): ParameterDecorator {
  return (target, key, index) => {
    fromQuery({ name, kind })(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiQuery({ name, required: false, schema: schemaOf(kind) })(target, key!, method);
  };
}

function schemaOf(kind: QueryKind) {
  if (kind === 'identifier') return { type: 'string' as const, pattern: IDENTIFIER.source };
  if (kind === 'day') return { type: 'string' as const, format: 'date' };
  return { type: 'string' as const, enum: [...kind] };
}
