import { applyDecorators, Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor, RawBodyRequest } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { Database } from '@ordergate/database';
import type { User } from '@ordergate/identity';
import { LOGGER, type Logger } from '@ordergate/observability';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { problemOf } from '../problems/problem-of.ts';
import { ProblemException, type Problem } from '../problems/problem.ts';
import { routeOf } from './command-id.ts';
import { claimKey, keepAnswer, releaseKey, type KeyedRequest, type StoredAnswer } from './idempotency-key.store.ts';

const NO_IDEMPOTENCY = 'ordergate:no-idempotency';

/** A POST that changes nothing (a question, a preview) and so needs no Idempotency-Key. */
export const NoIdempotency = (): MethodDecorator =>
  applyDecorators(SetMetadata(NO_IDEMPOTENCY, true), ApiExtension('x-no-idempotency', true));

type UserRequest = RawBodyRequest<Request> & { user?: User };

/** SEMANTICS.md 22: the same write sent twice is done once and answered the same way both times. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly modules: ModuleRef;
  private readonly logger: Logger;

  constructor(modules: ModuleRef, @Inject(LOGGER) logger: Logger) {
    this.modules = modules;
    this.logger = logger;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.getType() === 'http' ? keyedRequestOf(context) : undefined;
    return request ? of(await this.once(request, context, next)) : next.handle();
  }

  private async once(request: KeyedRequest, context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const claim = await claimKey(this.database, request);
    switch (claim.outcome) {
      case 'ours':
        return this.handle(claim.attemptId, request, context, next);
      case 'answered':
        return repeat(claim.answer, context);
      case 'in-flight':
        context.switchToHttp().getResponse<Response>().setHeader('Retry-After', '1');
        throw new ProblemException(
          409,
          'idempotency-conflict',
          'The first request with this key is still being handled',
        );
      case 'other-body':
        throw new ProblemException(422, 'idempotency-conflict', 'This key was used with another body');
    }
  }

  private async handle(attemptId: string, request: KeyedRequest, context: ExecutionContext, next: CallHandler) {
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.settle(attemptId, request, answerOf(body, context));
      return body;
    } catch (error) {
      const problem = problemOf(error);
      await this.settle(attemptId, request, problem && isKept(problem) ? answerOfProblem(problem) : undefined);
      throw error;
    }
  }

  /** Without an answer to keep, the key is free again. A failure here must not take the answer from the caller. */
  private async settle(attemptId: string, request: KeyedRequest, answer: StoredAnswer | undefined): Promise<void> {
    try {
      if (answer) await keepAnswer(this.database, attemptId, request, answer);
      else await releaseKey(this.database, attemptId, request);
    } catch (error) {
      this.logger.warn({ error }, `The answer to ${request.route} could not be kept; a repetition is handled anew`);
    }
  }

  private get database(): Database {
    return this.modules.get(Database, { strict: false });
  }
}

function keyedRequestOf(context: ExecutionContext): KeyedRequest | undefined {
  const request = context.switchToHttp().getRequest<UserRequest>();
  if (!['POST', 'PUT', 'DELETE', 'PATCH'].includes(request.method) || isExempt(context)) return undefined;
  const key = request.header('idempotency-key');
  if (key === undefined && request.method !== 'POST') return undefined;
  if (key === undefined || !/^[\x21-\x7e]{1,255}$/.test(key)) throw keyProblem(key);
  // As sent: a client repeats the bytes it has, and numbers keep the digits they were written with.
  const bodyHash = createHash('sha256')
    .update(request.rawBody ?? '')
    .digest();
  return { userId: request.user?.id ?? '', route: routeOf(request), key, bodyHash };
}

const isExempt = (context: ExecutionContext): boolean => Reflect.hasMetadata(NO_IDEMPOTENCY, context.getHandler());

function keyProblem(key: string | undefined): ProblemException {
  const problem = 'must be 1–255 visible ASCII characters, new for each new request, the same for a repetition';
  const detail =
    key === undefined ? 'The header Idempotency-Key is missing' : 'The header Idempotency-Key is not valid';
  return new ProblemException(400, 'validation-failed', detail, [{ field: 'Idempotency-Key', value: key, problem }]);
}

/** A refused form is corrected and sent again under its key; an outage is no answer. */
const isKept = ({ status, code }: Problem): boolean => status < 500 && status !== 429 && code !== 'validation-failed';

function answerOf(body: unknown, context: ExecutionContext): StoredAnswer {
  const response = context.switchToHttp().getResponse<Response>();
  const location = response.getHeader('location');
  return {
    status: response.statusCode,
    location: typeof location === 'string' ? location : null,
    body: body === undefined || body === null ? null : JSON.stringify(body),
  };
}

const answerOfProblem = (problem: Problem): StoredAnswer => ({
  status: problem.status,
  location: null,
  body: JSON.stringify(problem),
});

function repeat({ status, location, body }: StoredAnswer, context: ExecutionContext): unknown {
  const response = context.switchToHttp().getResponse<Response>();
  response.setHeader('Idempotent-Replayed', 'true');
  const value: unknown = body === null ? undefined : JSON.parse(body);
  if (status >= 400) {
    const { code, detail, errors } = value as Problem;
    throw new ProblemException(status, code, detail, errors);
  }
  response.status(status);
  if (location !== null) response.location(location);
  return value;
}
