import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** What a handler returns when the status depends on what happened. */
export class Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly location: string | undefined;

  /** `location`: path of the resource, for the header of that name. */
  constructor(status: number, body: T, location?: string) {
    this.status = status;
    this.body = body;
    this.location = location;
  }
}

/** 202: taken; its effect will be seen at `location`. */
export const accepted = <T>(location: string, body: T): Answer<T> => new Answer(202, body, location);

/** 201: done; the resource is at `location`. */
export const created = <T>(location: string, body: T): Answer<T> => new Answer(201, body, location);

/** Puts an Answer's status and location on the response. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value: unknown) => (value instanceof Answer ? apply(value, context) : value)));
  }
}

function apply({ status, body, location }: Answer, context: ExecutionContext): unknown {
  const response = context.switchToHttp().getResponse<Response>();
  response.status(status);
  if (location !== undefined) response.location(location);
  return body;
}
