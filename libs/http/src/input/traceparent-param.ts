import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { childTraceparent } from '@ordergate/observability';
import type { Request } from 'express';

/** The `traceparent` for what a request causes: `@Traceparent() traceparent: string`. A request without one starts a trace. */
export const Traceparent = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  childTraceparent(context.switchToHttp().getRequest<Request>().header('traceparent')),
);
