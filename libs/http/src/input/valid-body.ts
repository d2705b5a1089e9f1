import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiBody, type ApiBodyOptions } from '@nestjs/swagger';
import { jsonSchemaOf, parseAs } from '@ordergate/contracts';
import type { Request } from 'express';
import { ProblemException } from '../problems/problem.ts';

// The contract's schema is JSON Schema 2020-12, which is what OpenAPI 3.1 takes.
type ApiSchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

const bodyAs = createParamDecorator((type: Type, context: ExecutionContext): unknown => {
  const { body } = context.switchToHttp().getRequest<Request>();
  if (body === undefined) {
    throw new ProblemException(400, 'validation-failed', 'A JSON body is missing (Content-Type: application/json)');
  }
  const result = parseAs(type, body);
  if (result.ok) return result.message;
  const { violations } = result;
  throw new ProblemException(
    400,
    'validation-failed',
    violations.length === 1 ? 'One field is not valid' : `${violations.length} fields are not valid`,
    violations,
  );
});

/** The request's body, checked against a contract class: `@ValidBody(OrderPlaced) order: OrderPlaced`. 400 names every violation. */
export function ValidBody(type: Type): ParameterDecorator {
  return (target, key, index) => {
    bodyAs(type)(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiBody({ schema: jsonSchemaOf(type) as ApiSchema })(target, key!, method);
  };
}
