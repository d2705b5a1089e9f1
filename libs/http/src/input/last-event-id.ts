import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { ProblemException } from '../problems/problem.ts';

const name = 'Last-Event-ID';

const lastEventId = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const value = context.switchToHttp().getRequest<Request>().header(name);
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new ProblemException(400, 'validation-failed', `The header ${name} is not the id of an event of this stream`, [
    { field: name, value, problem: 'must be the id of the last event that was read' },
  ]);
});

/** The event after which a stream goes on; undefined for a reader who starts: `@LastEventId() seen: number | undefined`. */
export function LastEventId(): ParameterDecorator {
  return (target, key, index) => {
    lastEventId()(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    const description = 'The id of the last event that was read: the stream goes on after it';
    ApiHeader({ name, required: false, description, schema: { type: 'string' } })(target, key!, method);
  };
}
