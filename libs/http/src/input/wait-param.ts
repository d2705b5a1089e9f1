import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { queryProblem, queryText } from './query-param.ts';

// Below the time after which an unanswered Idempotency-Key may be taken again.
const waitMsMax = 20_000;

const waitMs = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const text = queryText(context.switchToHttp().getRequest<Request>(), 'wait');
  if (text === undefined) return 0;
  const [, digits, unit] = /^(\d{1,5})(ms|s)$/.exec(text) ?? [];
  if (digits === undefined) throw queryProblem('wait', text, 'must be a time such as 5s or 500ms');
  const milliseconds = Number(digits) * (unit === 's' ? 1000 : 1);
  if (milliseconds > waitMsMax) throw queryProblem('wait', text, `must be at most ${waitMsMax / 1000}s`);
  return milliseconds;
});

/** `?wait=5s` in milliseconds, 0 if absent, at most 20 s: `@WaitParam() waitMs: number`. */
export function WaitParam(): ParameterDecorator {
  return (target, key, index) => {
    waitMs()(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    const description = 'How long to wait for the effect, such as 5s or 500ms';
    ApiQuery({ name: 'wait', required: false, description, schema: { type: 'string' } })(target, key!, method);
  };
}
