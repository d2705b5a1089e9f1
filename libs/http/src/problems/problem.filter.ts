import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOGGER, type Logger } from '@ordergate/observability';
import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { problem9457, type Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';

/** Answers every error as problem+json. What is our fault says only an id, under which the log has the rest. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger: Logger;

  constructor(@Inject(LOGGER) logger: Logger) {
    this.logger = logger;
  }

  catch(exception: unknown, host: ArgumentsHost): void {
    // Messages have their own treatment of errors (libs/messaging).
    if (host.getType() !== 'http') throw exception;
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(exception) ?? this.ourFault(exception, request);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (problem.status === 503) response.setHeader('Retry-After', '1');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private ourFault(exception: unknown, request: Request): Problem {
    const errorId = randomUUID();
    const call = `${request.method} ${request.path}`;
    this.logger.error({ error: exception, errorId }, `${call} failed unexpectedly (error ${errorId})`);
    const detail = `The service's log has the details under the error id ${errorId}`;
    return { ...problem9457(500, 'internal-error', detail), instance: `urn:uuid:${errorId}` };
  }
}
