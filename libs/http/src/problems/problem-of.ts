import { HttpException } from '@nestjs/common';
import { failureKind } from '@ordergate/database';
import { problem9457, ProblemException, PROBLEM_CODES, type Problem, type ProblemCode } from './problem.ts';

const codeOfStatus: Record<number, ProblemCode> = {
  400: 'validation-failed',
  401: 'unauthenticated',
  403: 'role-missing',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed',
  429: 'too-many-requests',
  503: 'not-ready',
};

/** What the caller hears of an exception; undefined = nothing of it, since it is our fault. */
export function problemOf(exception: unknown): Problem | undefined {
  if (exception instanceof ProblemException) return exception.problem;
  if (exception instanceof HttpException) return problemOfHttpException(exception);
  if (exception instanceof Error && failureKind(exception) === 'outage') {
    return problem9457(503, 'not-ready', 'The database cannot be reached now. Try again in a moment');
  }
  return undefined;
}

function problemOfHttpException(exception: HttpException): Problem | undefined {
  const status = exception.getStatus();
  const response = exception.getResponse();
  const { code, detail } = typeof response === 'object' ? (response as { code?: string; detail?: string }) : {};
  if (isProblemCode(code)) return problem9457(status, code, detail);
  const codeByStatus = codeOfStatus[status];
  return codeByStatus && problem9457(status, codeByStatus, detailOf(status, exception.message));
}

const isProblemCode = (code: string | undefined): code is ProblemCode =>
  code !== undefined && Object.hasOwn(PROBLEM_CODES, code);

function detailOf(status: number, message: string): string {
  // Nest's "Cannot GET /path" and body-parser's words, in ours.
  if (status === 404) return message.replace(/^Cannot (\w+) (\S+)$/, 'There is nothing at $1 $2');
  if (status === 400) return /JSON/.test(message) ? `The body is not valid JSON: ${message}` : message;
  if (status === 413) return 'The body is larger than 1 MB';
  return message;
}
