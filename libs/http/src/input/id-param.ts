import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { ProblemException } from '../problems/problem.ts';

/** Identifiers of CONTRACTS.md: 1–64 characters of letters, digits, `. _ : / -`, starting with a letter or digit. */
export const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** The id in the path of a request. Throws 400 if it is none. */
export function pathId({ params }: Pick<Request, 'params'>, name: string): string {
  const value = params[name];
  if (typeof value === 'string' && IDENTIFIER.test(value)) return value;
  const problem = 'must be 1–64 characters of letters, digits, . _ : / -, starting with a letter or digit';
  throw new ProblemException(400, 'validation-failed', `${name} in the path is not an identifier`, [
    { field: name, value, problem },
  ]);
}

const idFromPath = createParamDecorator((name: string, context: ExecutionContext): string =>
  pathId(context.switchToHttp().getRequest<Request>(), name),
);

/** An id in the path, checked: `@IdParam('orderId') orderId: string`. A `/` in it is sent as %2F. */
export function IdParam(name: string): ParameterDecorator {
  return (target, key, index) => {
    idFromPath(name)(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiParam({ name, schema: { type: 'string', pattern: IDENTIFIER.source } })(target, key!, method);
  };
}
